/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { endOfDay } from '../../../domain/calendar.ts';
import type { PostCheckRow } from '../../../domain/post-check.ts';
import { formatDay } from '../../../i18n/index.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { getJson } from '../http.ts';
import { anyEvent } from '../live.ts';
import { DueMark, Go, PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useAction, useLoad } from '../use-load.ts';

const PATH = '/api/staff/post-checks';

interface Page {
  readonly rows: readonly PostCheckRow[];
  readonly next: string | null;
}

const Row = ({ row }: { readonly row: PostCheckRow }) => {
  const { lang, law, texts, words } = useBase();
  const { me, nameOf, now } = useDesk();
  const { focal, deputy } = row;
  const mine = me.staff === focal || me.staff === deputy;
  return (
    <Go to={{ page: 'tip', tip: row.tip }} class="row" row>
      <span class="row-due">
        <DueMark due={endOfDay(row.day)} now={now()} />
      </span>
      <span class="row-main">
        <span class="row-line">
          {law.checkKind[row.kind]} · {texts.postChecks.on(formatDay(lang, row.day))}
        </span>
        <span class="row-facts">
          <span>
            {row.registerNumber === null ? texts.queue.noNumber : texts.queue.number(row.registerNumber)}
          </span>
          {row.outcome === null ? null : <span>{words.outcome[row.outcome]}</span>}
          <span>{texts.postChecks.people(nameOf(focal), nameOf(deputy))}</span>
        </span>
      </span>
      <span class="row-marks">
        {mine ? <span class="badge badge-new">{texts.postChecks.mine}</span> : null}
      </span>
    </Go>
  );
};

/** Follow-ups that the unit still has to do, the earliest first; each is recorded on its tip's own page. */
export const PostChecksPage = () => {
  const { texts } = useBase();
  const { live } = useDesk();
  const { loaded, again } = useLoad(() => getJson<Page>(PATH), 'post-checks');
  const [more, setMore] = useState<Page | null>(null);
  const { busy, problem, run } = useAction();
  const afresh = (): Promise<void> => {
    setMore(null);
    return again();
  };
  useEffect(() => live.refetch(anyEvent, afresh), [live]);
  const first = loaded.state === 'ready' ? loaded.value : null;
  const rows = [...(first?.rows ?? []), ...(more?.rows ?? [])];
  const next = more === null ? (first?.next ?? null) : more.next;
  const fetchMore = (): void =>
    void run(async () => {
      const page = await getJson<Page>(`${PATH}?after=${next}`);
      setMore({ rows: [...(more?.rows ?? []), ...page.rows], next: page.next });
    });
  return (
    <>
      <PageHead title={texts.postChecks.title} lead={texts.postChecks.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={6} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      <ProblemNotice problem={problem} />
      {first !== null && rows.length === 0 ? <p class="empty">{texts.postChecks.empty}</p> : null}
      {rows.length === 0 ? null : (
        <ol class="rows" aria-label={texts.postChecks.title}>
          {rows.map((row) => (
            <li key={row.tip}>
              <Row row={row} />
            </li>
          ))}
        </ol>
      )}
      {next === null ? null : (
        <div class="buttons">
          <button type="button" class="button" disabled={busy} onClick={fetchMore}>
            {texts.frame.more}
          </button>
        </div>
      )}
    </>
  );
};
