/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { dayOf } from '../../../domain/calendar.ts';
import { formatDay } from '../../../i18n/index.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { getJson } from '../http.ts';
import { Notice, PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import { DueCard } from './due-card.tsx';
import { retentionTexts } from './texts.ts';
import type { DuePage } from './wire.ts';

/** Pages of the list that are looked through at once until one has something to show. */
const AT_ONCE = 20;

/** The list from a cursor on: pages of archived tips in which none is due are passed over. */
async function dueFrom(after: number): Promise<DuePage> {
  let page = await getJson<DuePage>(`/api/staff/retention?after=${after}`);
  const kept: Record<string, number> = { ...page.kept };
  for (let looked = 1; looked < AT_ONCE && page.rows.length === 0 && page.next !== null; looked++) {
    page = await getJson<DuePage>(`/api/staff/retention?after=${page.next}`);
    for (const [why, count] of Object.entries(page.kept)) kept[why] = (kept[why] ?? 0) + count;
  }
  return { ...page, kept };
}

/** Tips that were kept long enough, for leaders: one list, and one step at a time. */
export const RetentionPage = () => {
  const { lang, texts } = useBase();
  const { live } = useDesk();
  const t = retentionTexts(lang);
  const [after, setAfter] = useState(0);
  const { loaded, again } = useLoad(() => dueFrom(after), `retention ${after}`);
  useEffect(() => live.refetch((event) => event.kind === 'changed', again), [live]);
  const page = loaded.state === 'ready' ? loaded.value : null;
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={4} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {page === null ? null : (
        <>
          {page.audited === null ? (
            <Notice kind="warning">
              <p>{t.notAudited}</p>
            </Notice>
          ) : (
            <p class="soft">{t.audited(formatDay(lang, dayOf(page.audited.at)))}</p>
          )}
          {page.rows.length === 0 ? <p class="empty">{t.nothing}</p> : null}
          {page.rows.map((row) => (
            <DueCard row={row} audited={page.audited?.statement ?? null} onDone={again} key={row.tip} />
          ))}
          <KeptList kept={page.kept} />
          {page.next === null ? null : (
            <button type="button" class="button" onClick={() => setAfter(page.next ?? 0)}>
              {texts.frame.next}
            </button>
          )}
        </>
      )}
    </>
  );
};

/** Why the other ended tips stay. */
const KeptList = ({ kept }: Pick<DuePage, 'kept'>) => {
  const { lang } = useBase();
  const t = retentionTexts(lang);
  const all = Object.values(kept).reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  const lines = (Object.keys(t.keptWhy) as (keyof typeof t.keptWhy)[]).flatMap((why) => {
    const count = kept[why] ?? 0;
    return count === 0 ? [] : [{ why, text: t.keptWhy[why](count) }];
  });
  return (
    <section class="section soft">
      <p>{t.kept(all)}</p>
      {lines.map(({ why, text }) => (
        <p class="small" key={why}>
          {text}
        </p>
      ))}
    </section>
  );
};
