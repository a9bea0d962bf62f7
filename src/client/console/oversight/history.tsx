/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import type { TipId } from '../../../domain/ids.ts';
import type { Step } from '../../../domain/life-cycle-types.ts';
import { formatDay, type Lang } from '../../../i18n/index.ts';
import { useBase } from '../context.ts';
import { grouped, hourText, timeText } from '../format.ts';
import { useState } from '../hooks.ts';
import { getJson } from '../http.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import { type ChainCheck, checkChain, type ReadStep } from './check-chain.ts';
import { oversightTexts } from './texts.ts';
import type { History } from './wire.ts';

/** The signed steps of one tip, each checked on this computer before it is shown. */
export const HistoryDialog = ({ tip, onClose }: { readonly tip: TipId; readonly onClose: () => void }) => {
  const { lang, words } = useBase();
  const t = oversightTexts(lang);
  const { loaded } = useLoad(() => getJson<History>(`/api/staff/oversight/tips/${tip}`), tip);
  const [check, setCheck] = useState<ChainCheck | null>(null);
  useEffect(() => {
    if (loaded.state === 'ready') {
      checkChain(loaded.value.events).then(setCheck, () => setCheck({ steps: [], broken: 1 }));
    }
  }, [loaded.state]);
  return (
    <Dialog title={t.history.title} onClose={onClose}>
      <p class="soft">{t.history.lead}</p>
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready' && check !== null ? (
        <>
          <Verdict check={check} />
          {loaded.value.handedOver === null ? null : (
            <p>{t.history.handedOver(timeText(loaded.value.handedOver))}</p>
          )}
          <ol class="steps">
            {check.steps.map((step) => (
              <li key={step.leaf}>
                <span class="strong">{words.stepDone[step.type as Step] ?? step.type}</span>
                <span class="soft">{whenText(step, lang)}</span>
                <span class="small soft">
                  {t.history.signatures(step.signatures)} · {t.history.leaf}{' '}
                  <code>{grouped(step.leaf.slice(0, 16))}</code>
                </span>
              </li>
            ))}
          </ol>
        </>
      ) : loaded.state === 'failed' ? null : (
        <Skeleton lines={6} />
      )}
      <form method="dialog">
        <button type="submit" class="button button-plain">
          {t.drill.close}
        </button>
      </form>
    </Dialog>
  );
};

const Verdict = ({ check }: { readonly check: ChainCheck }) => {
  const { lang } = useBase();
  const t = oversightTexts(lang).history;
  return check.broken === null ? (
    <Notice kind="proven">
      <p>{t.proven(check.steps.length)}</p>
    </Notice>
  ) : (
    <Notice kind="problem">
      <p>{t.broken(check.broken)}</p>
    </Notice>
  );
};

const whenText = (step: ReadStep, lang: Lang): string => {
  if (step.at !== null) return timeText(step.at);
  if (step.hour !== null) return hourText(step.hour, lang);
  return step.day === null ? '' : formatDay(lang, step.day);
};
