/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import type { RegisterEntry } from '../../../domain/register.ts';
import { saveBytes } from '../audit/save.ts';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { getBytes, sendJson } from '../http.ts';
import { readForm, TextField, Tick } from '../ui/fields.tsx';
import { ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';
import { Sheets } from './sheets.tsx';
import { fetchBook, type Summaries } from './use-book.ts';

/** Lines printed at a time: ten sheets. */
const MOST = 200;

interface OnPaper {
  readonly entries: readonly RegisterEntry[];
  readonly summaries: Summaries;
}

/** Lines from one number to another on paper, or as a file without content. Both are recorded first. */
export const PrintForm = (props: {
  readonly year: number;
  readonly last: number;
  readonly open: (entries: readonly RegisterEntry[]) => Promise<Summaries>;
}) => {
  const { lang, texts } = useBase();
  const t = texts.register;
  const { busy, problem, run } = useAction();
  const [wrong, setWrong] = useState(false);
  const [paper, setPaper] = useState<OnPaper | null>(null);
  useEffect(() => {
    if (paper !== null) print();
  }, [paper]);
  const go = (event: Event): void => {
    const read = readForm(event);
    const range = { year: props.year, from: Number(read('from')), to: Number(read('to')) };
    const file = (event as SubmitEvent).submitter?.getAttribute('value') === 'csv';
    const fits = range.to >= range.from && (file || range.to - range.from < MOST);
    setWrong(!fits);
    if (!fits) return;
    const content = read('content') !== '';
    void run(async () => {
      if (file) {
        const query = new URLSearchParams({ ...asText(range), lang });
        saveBytes(`294-${range.year}.csv`, await getBytes(`/api/staff/register.csv?${query}`));
        return;
      }
      const entries = await between(range);
      const summaries = content ? await props.open(entries) : {};
      await sendJson('POST', '/api/staff/register/printed', { ...range, content });
      setPaper({ entries, summaries });
    });
  };
  return (
    <details class="card">
      <summary>{t.printing}</summary>
      <form class="form" onSubmit={go} autocomplete="off">
        <ProblemNotice problem={problem} />
        <div class="filters">
          <TextField name="from" type="number" label={t.from} min="1" value="1" />
          <TextField
            name="to"
            type="number"
            label={t.to}
            min="1"
            value={String(props.last)}
            problem={wrong ? t.range : undefined}
          />
        </div>
        <Tick name="content" label={t.withContent} hint={t.withContentHint} />
        <SubmitRow label={t.print} busy={busy}>
          <button type="submit" name="form" value="csv" class="button" disabled={busy}>
            {t.export}
          </button>
        </SubmitRow>
        <p class="small soft">{t.recorded}</p>
      </form>
      {paper === null ? null : <Sheets {...paper} />}
    </details>
  );
};

interface Range {
  readonly year: number;
  readonly from: number;
  readonly to: number;
}

const asText = ({ year, from, to }: Range) => ({ year: String(year), from: String(from), to: String(to) });

async function between({ year, from, to }: Range): Promise<readonly RegisterEntry[]> {
  const entries: RegisterEntry[] = [];
  for (let after: number | null = from - 1; after !== null && after < to; ) {
    const page = await fetchBook(year, 'up', after);
    entries.push(...page.entries.filter(({ number }) => number <= to));
    after = page.next;
  }
  return entries;
}
