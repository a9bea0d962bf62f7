/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import type { Seconds, UnitId } from '../../../domain/ids.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { getJson, sendJson } from '../http.ts';
import { Dialog } from '../ui/dialog.tsx';
import { PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useAction, useLoad } from '../use-load.ts';
import { GiveForm } from './give-form.tsx';
import { RightRow } from './right-row.tsx';
import type { WireRight, WireRights } from './wire.ts';

/** Who may settle by which paper: in my unit, and in the units right below, where I give and end it. */
export const RightsPage = () => {
  const { texts } = useBase();
  const { live } = useDesk();
  const t = texts.rights;
  const { loaded, again } = useLoad(() => getJson<WireRights>('/api/staff/rights'), 'rights');
  useEffect(() => live.refetch((event) => event.kind === 'unit_changed', again), [live]);
  const told = loaded.state === 'ready' ? loaded.value : null;
  return (
    <>
      <PageHead title={t.title} lead={t.lead} />
      {loaded.state === 'loading' ? <Skeleton lines={4} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {told === null ? null : told.units.length === 0 ? (
        <Own rights={told.own} />
      ) : (
        <>
          <Below told={told} onDone={again} />
          <GiveForm units={told.units} onDone={again} />
        </>
      )}
    </>
  );
};

const Own = ({ rights }: { readonly rights: readonly WireRight[] }) => {
  const { texts } = useBase();
  const { now } = useDesk();
  const t = texts.rights;
  return (
    <section class="section" aria-labelledby="own-rights">
      <h2 id="own-rights">{t.own}</h2>
      {rights.length === 0 ? <p class="empty">{t.ownNothing}</p> : null}
      <ul class="plain-list">
        {rights.map((right) => (
          <RightRow right={right} name={right.name} now={now() as Seconds} key={right.id} />
        ))}
      </ul>
    </section>
  );
};

const Below = ({ told, onDone }: { readonly told: WireRights; readonly onDone: () => Promise<void> }) => {
  const { lang, texts } = useBase();
  const { now, tell } = useDesk();
  const { busy, problem, run, clear } = useAction();
  const [ending, setEnding] = useState<WireRight | null>(null);
  const t = texts.rights;
  const nameIn = (unit: UnitId): string => {
    const found = told.units.find(({ code }) => code === unit);
    return found === undefined ? unit : lang === 'vi' ? found.nameVi : found.nameEn;
  };
  const close = (): void => {
    setEnding(null);
    clear();
  };
  const end = ({ unit, id }: WireRight): Promise<void> =>
    run(async () => {
      await sendJson('DELETE', `/api/staff/rights/${unit}/${id}`, null);
      setEnding(null);
      tell(t.endedNow);
      await onDone();
    });
  return (
    <section class="section" aria-labelledby="rights-below">
      <h2 id="rights-below">{t.below}</h2>
      {told.below.length === 0 ? <p class="empty">{t.nobody}</p> : null}
      <ul class="plain-list">
        {told.below.map((right) => (
          <RightRow
            right={right}
            name={`${right.name} · ${nameIn(right.unit)}`}
            now={now() as Seconds}
            onEnd={() => setEnding(right)}
            key={right.id}
          />
        ))}
      </ul>
      {ending === null ? null : (
        <Dialog title={t.end} onClose={close}>
          <p>{t.endSure(ending.name)}</p>
          <ProblemNotice problem={problem} />
          <div class="buttons">
            <button
              type="button"
              class="button button-danger"
              disabled={busy}
              onClick={() => void end(ending)}
            >
              {t.end}
            </button>
            <button type="button" class="button button-quiet" onClick={close}>
              {texts.frame.cancel}
            </button>
          </div>
        </Dialog>
      )}
    </section>
  );
};
