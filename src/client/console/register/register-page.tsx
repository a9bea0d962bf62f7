/** @jsxImportSource hono/jsx/dom */
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { readForm, SelectField, TextField } from '../ui/fields.tsx';
import { PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import { BookLine, useColumns } from './line.tsx';
import { PrintForm } from './print-form.tsx';
import { type Book, type BookPage, useBook, useSummaries } from './use-book.ts';

/** The unit's register (form 294): numbers, who received, what became of each; what lies in envelopes once it is opened. */
export const RegisterPage = () => {
  const { texts } = useBase();
  const [place, setPlace] = useState<{ readonly year: number | null; readonly from: number | null }>({
    year: null,
    from: null,
  });
  const book = useBook(place.year, place.from);
  const { page } = book;
  return (
    <>
      <PageHead title={texts.register.title} lead={texts.register.lead} />
      <ProblemNotice problem={book.problem} />
      {page === null ? (
        book.problem === null ? (
          <Skeleton lines={8} />
        ) : null
      ) : (
        <Lines book={book} page={page} go={setPlace} />
      )}
    </>
  );
};

const Lines = ({
  book,
  page,
  go,
}: {
  readonly book: Book;
  readonly page: BookPage;
  readonly go: (place: { readonly year: number | null; readonly from: number | null }) => void;
}) => {
  const { texts } = useBase();
  const t = texts.register;
  const columns = useColumns();
  const { known, open } = useSummaries();
  const opening = useAction();
  const { year, years, entries } = page;
  const closed = entries.filter(({ tip }) => tip !== null && known[tip] === undefined);
  const find = (event: Event): void => {
    const number = Number(readForm(event)('number'));
    go({ year, from: number > 0 ? number : null });
  };
  return (
    <>
      <form class="filters" onSubmit={find} autocomplete="off">
        <SelectField
          name="year"
          label={t.year}
          value={String(year)}
          options={[...new Set([year, ...years])].map((one) => ({ value: String(one), label: String(one) }))}
          onChange={(value) => go({ year: Number(value), from: null })}
        />
        <TextField name="number" type="number" min="1" label={t.find} required={false} />
        <button type="submit" class="button">
          {t.findDo}
        </button>
      </form>
      {entries.length === 0 ? (
        <p class="empty">{t.empty}</p>
      ) : (
        <>
          {closed.length === 0 ? null : (
            <div class="buttons">
              <button
                type="button"
                class="button"
                disabled={opening.busy}
                onClick={() => void opening.run(async () => void (await open(closed.slice(0, 100))))}
              >
                {t.show}
              </button>
              <span class="small soft">{t.showHint}</span>
            </div>
          )}
          <ProblemNotice problem={opening.problem} />
          <table class="table book">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th scope="col" key={column}>
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <BookLine
                  entry={entry}
                  summary={entry.tip === null ? undefined : known[entry.tip]}
                  key={entry.number}
                />
              ))}
            </tbody>
          </table>
          <div class="rows-more">
            <span class="small soft" role="status">
              {page.next === null ? t.end : texts.queue.shown(entries.length)}
            </span>
            <span class="buttons">
              {book.changed ? (
                <button type="button" class="button" onClick={book.reload}>
                  {texts.queue.changed}. {texts.queue.reload}
                </button>
              ) : null}
              {page.next === null ? null : (
                <button type="button" class="button" disabled={book.busy} onClick={book.more}>
                  {texts.frame.more}
                </button>
              )}
            </span>
          </div>
          <PrintForm year={year} last={entries[0]?.number ?? 1} open={open} />
        </>
      )}
    </>
  );
};
