/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { useState } from '../hooks.ts';
import { type Call, hasWords } from './call.ts';
import type { CallDesk } from './desk.ts';
import type { DeskView } from './desk-view.ts';
import { stamp } from './stamps.ts';
import type { HotlineTexts } from './texts.ts';

/** Minutes and seconds since a call began. */
export const Elapsed = ({ began, label }: { readonly began: number; readonly label: string }) => {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span class="elapsed">
      <span class="unseen">{label}: </span>
      {stamp(now - began).slice(1, -1)}
    </span>
  );
};

/** What a call is called in the list: its place once there is one. */
const titleOf = (call: Call, texts: HotlineTexts): string =>
  call.kind === 'again' ? texts.hotline.visitNo(call.id) : texts.hotline.callNo(call.id);

/** Calls that are open, the one on the screen marked; each is one press away. */
export const OpenCalls = (props: {
  readonly desk: CallDesk;
  readonly view: DeskView;
  readonly texts: HotlineTexts;
}) => {
  const { desk, view, texts } = props;
  const t = texts.hotline;
  return (
    <section class="hot-side-part" aria-labelledby="open-calls">
      <h2 id="open-calls">{t.calls}</h2>
      {view.calls.length === 0 ? <p class="small soft">{t.noCalls}</p> : null}
      <ul class="call-list">
        {view.calls.map((call) => (
          <li key={String(call.id)}>
            <button
              type="button"
              class="call-line"
              aria-current={call.id === view.active ? 'true' : undefined}
              onClick={() => desk.takeUp(call.id)}
            >
              <span class="strong">{titleOf(call, texts)}</span>
              <Elapsed began={call.began} label={t.elapsed} />
              <span class="small soft">
                {t.stateName[call.state.name]}, {call.id === view.active ? t.onScreen : t.aside}
              </span>
              {call.kind === 'new' && call.draft.commune !== null ? (
                <span class="small soft">{call.draft.commune.name}</span>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** True while a call holds words that are not sealed, or a code that was not read back. */
export const wouldLose = (calls: readonly Call[]): boolean =>
  calls.some((call) =>
    call.kind === 'again' ? call.answer.trim() !== '' : call.state.name === 'code' || hasWords(call.draft),
  );
