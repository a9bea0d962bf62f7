/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { Notice, PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import type { Call } from './call.ts';
import { CallForm } from './call-form.tsx';
import { CodePanel } from './code-panel.tsx';
import { MAX_CALLS } from './desk-view.ts';
import { deskOf, listeningOf, useDeskView, useLeaveGuard, useListeningView } from './desks.ts';
import { focusSpot, spotOf } from './focus.ts';
import { Elapsed, OpenCalls, wouldLose } from './open-calls.tsx';
import { loadReference } from './reference.ts';
import { Review } from './review.tsx';
import { sealCall } from './seal-call.ts';
import { hotlineTexts } from './texts.ts';
import { useHotlineKeys } from './use-hotline-keys.ts';
import { Visit } from './visit.tsx';
import { VoicePanel } from './voice-panel.tsx';
import { Voices } from './voices.tsx';

/** Provinces that the instance serves, as the console's page names them; the operator's own where it does not. */
const provincesServed = (own: string): readonly string[] => {
  const named = document.getElementById('console')?.dataset.provinces?.split(' ') ?? [];
  const codes = named.filter((code) => /^\d{2}$/.test(code));
  // The operator's own first: it is where most calls come from.
  return [own, ...codes.filter((code) => code !== own)].filter((code) => /^\d{2}$/.test(code));
};

/** The sentence to be spoken now: by the state of the call, or by the field that has the focus. */
const sayNow = (call: Call, spot: string): string => {
  if (call.kind === 'new' && call.draft.voicemail) return 'voicemail';
  if (call.state.name !== 'writing') return call.state.name;
  return spot === '' ? 'other' : spot;
};

/** The operator's page: calls are written down, sealed, and their codes read out, by keyboard alone. */
export const HotlinePage = () => {
  const { lang, vault, texts: frame } = useBase();
  const { me } = useDesk();
  const texts = hotlineTexts(lang);
  const t = texts.hotline;
  const desk = deskOf(vault);
  const view = useDeskView(desk);
  const listening = listeningOf(vault);
  const heard = useListeningView(listening);
  const { loaded, again } = useLoad(() => loadReference(provincesServed(me.province)), me.province);
  const reference = loaded.state === 'ready' ? loaded.value : null;
  const [spot, setSpot] = useState('');
  const [said, setSaid] = useState('');
  const [dropping, setDropping] = useState(false);
  const call = desk.active();
  useLeaveGuard(() => wouldLose(desk.view().calls));

  const begin = (voicemail = false): void => {
    const province = reference?.provinces.find(({ code }) => code === me.province) ?? reference?.provinces[0];
    if (province === undefined) return;
    setSaid(desk.begin(province, voicemail) ? '' : t.full);
    setSpot('happeningNow');
  };
  const beginAgain = (): void => {
    const full = desk.view().calls.length >= MAX_CALLS;
    setSaid(desk.beginAgain() ? '' : full ? t.full : t.oneVisit);
  };
  const seal = (id: number): void => {
    if (reference !== null) void sealCall({ desk, listening }, id, reference, lang);
  };
  const ending = useHotlineKeys(desk, { begin: () => begin(), again: beginAgain, seal });
  useEffect(() => {
    if (call?.kind === 'new' && call.state.name === 'writing') focusSpot(spotToBegin(call));
  }, [call?.id, call?.state.name, reference === null]);

  const script = call === null ? '' : (texts.say as Readonly<Record<string, string>>)[sayNow(call, spot)];
  const problem = call !== null && view.problem?.call === call.id ? view.problem.problem : null;
  return (
    <div class="hot">
      <PageHead title={t.title}>
        <div class="buttons no-print">
          <button
            type="button"
            class="button button-main"
            disabled={reference === null}
            onClick={() => begin()}
          >
            {t.begin} <kbd>F2</kbd>
          </button>
          <button type="button" class="button" onClick={beginAgain}>
            {t.again} <kbd>Shift F2</kbd>
          </button>
        </div>
      </PageHead>
      {loaded.state === 'failed' ? (
        <>
          <ProblemNotice problem={loaded.problem} />
          <p>{t.noReference}</p>
          <div class="buttons">
            <button type="button" class="button" onClick={() => void again()}>
              {frame.frame.retry}
            </button>
          </div>
        </>
      ) : null}
      <div role="status">
        {said === '' ? null : (
          <Notice kind="warning">
            <p>{said}</p>
          </Notice>
        )}
        {view.notCounted ? (
          <Notice kind="problem">
            <p>{texts.boxes.notCounted}</p>
          </Notice>
        ) : null}
        {view.ended === null ? null : (
          <p class="said">
            <Icon name="done" />
            {t.ended[view.ended]}
          </p>
        )}
      </div>
      {heard.voice === null ? null : (
        <VoicePanel
          {...{ listening, desk, texts }}
          view={heard}
          voice={heard.voice}
          key={heard.voice.id}
          onWrite={() => begin(true)}
        />
      )}
      <div class="hot-columns">
        <div class="hot-main" onFocusIn={(event: Event) => setSpot(spotOf(event.target))}>
          {call === null ? (
            <div class="hot-ready">
              <h2>{t.ready}</h2>
              <p class="page-lead">{t.readyLead}</p>
            </div>
          ) : (
            <>
              <div class="hot-head">
                <h2 class="unseen">{call.kind === 'new' ? t.callNo(call.id) : t.visitNo(call.id)}</h2>
                <p class="say" aria-live="off">
                  <span class="unseen">
                    {call.kind === 'new' && call.draft.voicemail ? '' : `${t.sayLabel}: `}
                  </span>
                  {script ?? texts.say.other}
                </p>
                <div class="hot-clock">
                  <Elapsed began={call.began} label={t.elapsed} />
                  {call.kind === 'new' && (call.state.name === 'writing' || call.state.name === 'review') ? (
                    <button type="button" class="button button-quiet" onClick={() => setDropping(true)}>
                      {t.drop}
                    </button>
                  ) : null}
                </div>
              </div>
              <ProblemNotice problem={problem} />
              {reference === null ? (
                <Skeleton lines={6} />
              ) : call.kind === 'again' ? (
                <Visit call={call} desk={desk} texts={texts} lang={lang} key={String(call.id)} />
              ) : call.state.name === 'code' ? (
                <CodePanel key={`code-${call.id}`} {...{ call, desk, texts, lang }} hangingUp={ending} />
              ) : call.state.name === 'writing' ? (
                <CallForm key={`call-${call.id}`} {...{ call, desk, view, reference, texts, lang }} />
              ) : (
                <Review
                  key={`review-${call.id}`}
                  {...{ call, desk, view, reference, texts, lang }}
                  onSeal={() => seal(call.id)}
                />
              )}
            </>
          )}
        </div>
        <aside class="hot-side no-print">
          <OpenCalls desk={desk} view={view} texts={texts} />
          <Voices
            listening={listening}
            view={heard}
            texts={texts}
            onOpened={() => {
              if (desk.active() === null) begin(true);
            }}
          />
          <section class="hot-side-part" aria-labelledby="hot-keys">
            <h2 id="hot-keys">{t.keysTitle}</h2>
            <dl class="hot-keys">
              {t.keys.map(([key, meaning]) => (
                <>
                  <dt>
                    {key.split(' ').map((one, at) => (
                      <kbd key={String(at)}>{one}</kbd>
                    ))}
                  </dt>
                  <dd>{meaning}</dd>
                </>
              ))}
            </dl>
          </section>
        </aside>
      </div>
      {dropping && call !== null ? (
        <Dialog title={t.drop} onClose={() => setDropping(false)}>
          <p>{t.dropAsk}</p>
          <div class="buttons">
            <button
              type="button"
              class="button button-danger"
              onClick={() => {
                desk.drop(call.id);
                setDropping(false);
              }}
            >
              {t.dropYes}
            </button>
            <button type="button" class="button" onClick={() => setDropping(false)}>
              {texts.review.back}
            </button>
          </div>
        </Dialog>
      ) : null}
    </div>
  );
};

/** The first question that was not answered; the words once all were. */
const spotToBegin = (call: Extract<Call, { kind: 'new' }>) => {
  const { draft } = call;
  if (draft.happeningNow === '') return 'happeningNow' as const;
  if (draft.commune === null) return draft.minor === '' ? ('danger' as const) : ('place' as const);
  return draft.conduct === null ? ('conduct' as const) : ('what' as const);
};
