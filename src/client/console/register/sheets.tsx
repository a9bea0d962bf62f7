/** @jsxImportSource hono/jsx/dom */
import type { RegisterEntry } from '../../../domain/register.ts';
import { useBase, useDesk } from '../context.ts';
import { timeText } from '../format.ts';
import { BookLine, useColumns } from './line.tsx';
import type { Summaries } from './use-book.ts';

/** Lines of one sheet of A4, lying: what is in envelopes takes room. */
const A_SHEET = { without: 20, with: 8 };

/** Lines on paper as form 294 has them; on the screen they are not shown. */
export const Sheets = ({
  entries,
  summaries,
}: {
  readonly entries: readonly RegisterEntry[];
  readonly summaries: Summaries;
}) => {
  const { lang, texts } = useBase();
  const { me, now } = useDesk();
  const t = texts.register;
  const columns = useColumns();
  const sheets: (readonly RegisterEntry[])[] = [];
  const size = Object.keys(summaries).length === 0 ? A_SHEET.without : A_SHEET.with;
  for (let i = 0; i < entries.length; i += size) sheets.push(entries.slice(i, i + size));
  return (
    <div class="sheets">
      {sheets.map((lines, i) => (
        <section class="sheet" key={lines[0]?.number}>
          <header>
            <span>{me.unitName[lang]}</span>
            <strong>{t.form}</strong>
            <span>
              {me.displayName} · {timeText(now())} · {t.page(i + 1, sheets.length)}
            </span>
          </header>
          <table>
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
              {lines.map((entry) => (
                <BookLine
                  entry={entry}
                  summary={entry.tip === null ? undefined : summaries[entry.tip]}
                  paper
                  key={entry.number}
                />
              ))}
            </tbody>
          </table>
          <footer>{totalsOf(lines, t)}</footer>
        </section>
      ))}
    </div>
  );
};

function totalsOf(
  lines: readonly RegisterEntry[],
  t: { total(count: number): string; totals(settled: number, left: number, open: number): string },
): string {
  const left = lines.filter((line) => line.now === null).length;
  const settled = lines.filter((line) => line.now !== null && line.outcome !== null).length;
  return `${t.total(lines.length)}: ${t.totals(settled, left, lines.length - left - settled)}`;
}
