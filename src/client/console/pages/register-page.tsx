/** @jsxImportSource hono/jsx/dom */
import type { QueueRow } from '../../../domain/tip-row.ts';
import { useBase, useDesk } from '../context.ts';
import { hourText } from '../format.ts';
import { DueMark, Go, PageHead, ProblemNotice, Scroll, Skeleton } from '../ui/parts.tsx';
import { ListFoot } from './queue-page.tsx';
import { conductName } from './rows.tsx';
import { useQueue } from './use-queue.ts';

const Entry = ({ row, now }: { readonly row: QueueRow; readonly now: number }) => {
  const { lang, texts, words } = useBase();
  const { conducts } = useDesk();
  return (
    <tr>
      <th scope="row" class="whole">
        <Go to={{ page: 'tip', tip: row.tip }} row>
          {row.registerNumber ?? texts.queue.noNumber}
        </Go>
      </th>
      <td class="whole">{hourText(row.t0, lang)}</td>
      <td>{row.legalKind === null ? '–' : words.legalKind[row.legalKind]}</td>
      <td>{conductName(row, lang, conducts, words.conductGroup)}</td>
      <td class="whole">{row.overlay === 'none' ? words.stage[row.stage] : words.overlay[row.overlay]}</td>
      <td>{row.outcome === null ? '–' : words.outcome[row.outcome]}</td>
      <td>
        <DueMark due={row.due} now={now} />
      </td>
    </tr>
  );
};

/** The unit's register as a table: numbers, kinds, outcomes. */
export const RegisterPage = () => {
  const { texts } = useBase();
  const { now } = useDesk();
  const queue = useQueue('scope=all');
  const at = now();
  const columns = texts.register.columns;
  return (
    <>
      <PageHead title={texts.register.title} lead={texts.register.lead} />
      <ProblemNotice problem={queue.problem} />
      {queue.rows === null && queue.problem === null ? <Skeleton lines={8} /> : null}
      {queue.rows?.length === 0 ? <p class="empty">{texts.queue.nothing}</p> : null}
      {queue.rows !== null && queue.rows.length > 0 ? (
        <Scroll label={texts.register.title}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{columns.number}</th>
                <th scope="col">{columns.received}</th>
                <th scope="col">{columns.kind}</th>
                <th scope="col">{columns.conduct}</th>
                <th scope="col">{columns.stage}</th>
                <th scope="col">{columns.outcome}</th>
                <th scope="col">{columns.due}</th>
              </tr>
            </thead>
            <tbody>
              {queue.rows.map((row) => (
                <Entry row={row} now={at} key={row.tip} />
              ))}
            </tbody>
          </table>
        </Scroll>
      ) : null}
      <ListFoot queue={queue} />
    </>
  );
};
