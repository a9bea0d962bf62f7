/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import type { WireRecording } from '../../../protocol/wire-hotline.ts';
import { useBase, useDesk } from '../context.ts';
import { hourText } from '../format.ts';
import { getJson } from '../http.ts';
import { Icon } from '../ui/icon.tsx';
import { ProblemNotice } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import type { Listening, ListeningView, WireRecordings } from './listening.ts';
import type { HotlineTexts } from './texts.ts';

/** Messages that wait to be heard, beside the calls. */
export const Voices = (props: {
  readonly listening: Listening;
  readonly view: ListeningView;
  readonly texts: HotlineTexts;
  readonly onOpened: () => void;
}) => {
  const { listening, view, texts } = props;
  const t = texts.voices;
  const { lang } = useBase();
  const { me, live } = useDesk();
  // The list is another one once a voice is gone.
  const { loaded, again } = useLoad(
    () => getJson<WireRecordings>('/api/staff/hotline/recordings'),
    `${me.unit}/${view.ended ? 'ended' : ''}/${view.voice?.id ?? ''}`,
  );
  useEffect(() => live.refetch((event) => event.kind === 'recordings_changed', again), [live, again]);
  const open = (recording: WireRecording): void =>
    void listening.open(recording).then((opened) => {
      if (opened) props.onOpened();
    });
  return (
    <section class="hot-side-part" aria-labelledby="voices">
      <h2 id="voices">{t.title}</h2>
      {loaded.state === 'failed' ? (
        <>
          <ProblemNotice problem={loaded.problem} />
          <button type="button" class="button button-quiet" onClick={() => void again()}>
            {t.again}
          </button>
        </>
      ) : null}
      {loaded.state === 'ready' && loaded.value.recordings.length === 0 ? (
        <p class="small soft">{t.none}</p>
      ) : null}
      <ul class="call-list">
        {loaded.state !== 'ready'
          ? null
          : loaded.value.recordings.map((recording) => (
              <li key={recording.id}>
                <button
                  type="button"
                  class="call-line"
                  disabled={view.busy || view.voice !== null}
                  aria-current={recording.id === view.voice?.id ? 'true' : undefined}
                  onClick={() => open(recording)}
                >
                  <span class="strong">{hourText(recording.hour, lang)}</span>
                  <span class="small soft">{recording.opened ? t.heard : t.fresh}</span>
                </button>
              </li>
            ))}
      </ul>
      <div role="status">
        {view.busy && view.voice === null ? <p class="small soft">{t.opening}</p> : null}
        {view.ended ? (
          <p class="mark mark-proven">
            <Icon name="done" />
            {t.ended}
          </p>
        ) : null}
      </div>
      {view.voice === null ? <ProblemNotice problem={view.problem} /> : null}
    </section>
  );
};
