/** @jsxImportSource hono/jsx/dom */
import { CONVERSATION_LIMITS } from '../../../domain/conversation.ts';
import { useBase } from '../context.ts';
import { hourText } from '../format.ts';
import { useState } from '../hooks.ts';
import { Dialog } from '../ui/dialog.tsx';
import { readForm, TextArea, TextField } from '../ui/fields.tsx';
import { Notice, ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';
import { ViewerFrame } from '../viewer/frame.tsx';
import { eachPart } from '../viewer/load-parts.ts';
import { keptVoice } from './call-files.ts';
import type { CallDesk } from './desk.ts';
import { DraftByMachine } from './draft-by-machine.tsx';
import type { Listening, ListeningView, OpenVoice } from './listening.ts';
import { stamp } from './stamps.ts';
import type { HotlineTexts } from './texts.ts';

/** Longest reason for a message without a tip. */
const REASON = 500;

/** Endings of names by media type, for whoever keeps the voice. */
const ENDINGS: Readonly<Record<string, string>> = {
  'audio/wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
};

interface PanelProps {
  readonly listening: Listening;
  readonly view: ListeningView;
  readonly voice: OpenVoice;
  readonly desk: CallDesk;
  readonly texts: HotlineTexts;
  /** Begins a sheet for what the message says. */
  readonly onWrite: () => void;
}

const fileOf = ({ type, bytes, parts }: OpenVoice, name: string, listening: Listening) => ({
  name: `${name}.${ENDINGS[type] ?? 'audio'}`,
  type,
  size: bytes,
  parts,
  part: (no: number) => listening.part(no),
});

/** Attaches the voice to the tip that is being written, with a reason that lies in the envelope. */
const KeepDialog = (props: PanelProps & { readonly onClose: (kept: boolean) => void }) => {
  const { listening, voice, desk, texts, onClose } = props;
  const { texts: frame } = useBase();
  const t = texts.voices;
  const { busy, problem, run } = useAction();
  const call = desk.active();
  const submit = (event: Event): void => {
    const reason = readForm(event)('keep-reason');
    void run(async () => {
      if (call?.kind !== 'new' || reason === '') return;
      const chunks: Uint8Array<ArrayBuffer>[] = [];
      const file = fileOf(voice, t.name, listening);
      await eachPart(
        file,
        (bytes) => {
          chunks.push(bytes);
        },
        () => undefined,
        () => false,
      );
      const now = desk.active();
      if (now?.kind !== 'new' || now.id !== call.id) return;
      const blob = new Blob(chunks, { type: voice.type });
      desk.write(call.id, {
        voiceKept: reason,
        files: [...now.draft.files, keptVoice(blob, file.name, voice.type)],
      });
      onClose(true);
    });
  };
  return (
    <Dialog title={t.keep} onClose={() => onClose(false)}>
      <p>{t.keepLead}</p>
      <ProblemNotice problem={problem} />
      {call?.kind === 'new' && call.state.name === 'writing' ? (
        <form class="form" onSubmit={submit} autocomplete="off">
          <TextArea
            name="keep-reason"
            label={t.keepReason}
            maxlength={CONVERSATION_LIMITS.voiceKept}
            rows={3}
          />
          <SubmitRow label={t.keepYes} busy={busy}>
            <button type="button" class="button" onClick={() => onClose(false)}>
              {frame.frame.cancel}
            </button>
          </SubmitRow>
        </form>
      ) : (
        <p>{t.keepNoCall}</p>
      )}
    </Dialog>
  );
};

/** Asks once more before a voice is destroyed; without a tip it takes a reason. */
const EndDialog = (
  props: PanelProps & { readonly end: 'transcribed' | 'nothing'; readonly onClose: () => void },
) => {
  const { listening, view, texts, end, onClose } = props;
  const { texts: frame } = useBase();
  const t = texts.voices;
  const submit = (event: Event): void => {
    const reason = readForm(event)('end-reason');
    void listening.end(end, reason);
  };
  return (
    <Dialog title={end === 'nothing' ? t.nothing : t.done} onClose={onClose}>
      <p>{end === 'nothing' ? t.nothingLead : t.doneAsk}</p>
      <ProblemNotice problem={view.problem} />
      <form class="form" onSubmit={submit} autocomplete="off">
        {end === 'nothing' ? (
          <TextField name="end-reason" label={t.reason} hint={t.reasonHint} maxlength={REASON} />
        ) : null}
        <SubmitRow label={t.erase} kind="danger" busy={view.busy}>
          <button type="button" class="button" onClick={onClose}>
            {frame.frame.cancel}
          </button>
        </SubmitRow>
      </form>
    </Dialog>
  );
};

/** The recording that is open: heard in the closed frame, by keys that work while one writes; then its voice is destroyed. */
export const VoicePanel = (props: PanelProps) => {
  const { listening, view, voice, texts } = props;
  const { lang } = useBase();
  const t = texts.voices;
  const [asking, setAsking] = useState<'transcribed' | 'nothing' | 'keep' | null>(null);
  const [kept, setKept] = useState(false);
  const length = stamp(voice.seconds * 1000).slice(1, -1);
  return (
    <section class="card no-print" aria-labelledby="voice-panel">
      <h2 id="voice-panel">{t.panel}</h2>
      <p class="small soft">
        {t.facts(hourText(voice.hour, lang), length, voice.line)}. {t.lead}
      </p>
      <ViewerFrame
        key={voice.id}
        view="audio"
        file={fileOf(voice, t.name, listening)}
        onClose={() => listening.close()}
      />
      <DraftByMachine file={fileOf(voice, t.name, listening)} {...{ listening, texts }} desk={props.desk} />
      {kept ? (
        <Notice kind="warning">
          <p>{t.kept}</p>
        </Notice>
      ) : null}
      <div class="buttons">
        <button type="button" class="button" onClick={props.onWrite}>
          {t.write}
        </button>
        <button
          type="button"
          class="button button-main"
          disabled={voice.tips === 0 || view.busy}
          aria-describedby="voice-done-hint"
          onClick={() => setAsking('transcribed')}
        >
          {t.done}
        </button>
        <button type="button" class="button" disabled={view.busy} onClick={() => setAsking('nothing')}>
          {t.nothing}
        </button>
        <button type="button" class="button" disabled={view.busy} onClick={() => setAsking('keep')}>
          {t.keep}
        </button>
        <button type="button" class="button button-quiet" onClick={() => listening.close()}>
          {t.close}
        </button>
      </div>
      <p class="small soft" id="voice-done-hint">
        {voice.tips === 0 ? t.doneHint : ''}
      </p>
      {asking === 'keep' ? (
        <KeepDialog
          {...props}
          onClose={(now) => {
            setKept(kept || now);
            setAsking(null);
          }}
        />
      ) : null}
      {asking === 'transcribed' || asking === 'nothing' ? (
        <EndDialog {...props} end={asking} onClose={() => setAsking(null)} />
      ) : null}
    </section>
  );
};
