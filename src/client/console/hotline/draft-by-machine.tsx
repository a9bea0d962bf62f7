/** @jsxImportSource hono/jsx/dom */
import { useBase } from '../context.ts';
import { readForm, TextField } from '../ui/fields.tsx';
import { ProblemNotice } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction } from '../use-load.ts';
import { eachPart, type PartedFile } from '../viewer/load-parts.ts';
import type { CallDesk } from './desk.ts';
import type { Listening } from './listening.ts';
import type { HotlineTexts } from './texts.ts';
import { transcribe, wavFrom } from './transcript.ts';

/** Port of the transcriber on the operator's own computer; 0 where none is configured. */
const transcriberPort = (): number => {
  const port = Number(document.getElementById('console')?.dataset.transcriber ?? '0');
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
};

/** A program on this computer listens and writes a draft into the sheet, which is marked until somebody has compared it. */
export const DraftByMachine = (props: {
  readonly file: PartedFile;
  readonly desk: CallDesk;
  readonly listening: Listening;
  readonly texts: HotlineTexts;
}) => {
  const { file, desk, listening, texts } = props;
  const { lang } = useBase();
  const t = texts.machine;
  const { busy, problem, run } = useAction();
  const port = transcriberPort();
  if (port === 0) return null;
  const submit = (event: Event): void => {
    const token = readForm(event)('transcriber-token') || listening.token;
    listening.token = token;
    void run(async () => {
      const call = desk.active();
      if (call?.kind !== 'new' || !call.draft.voicemail) return;
      const chunks: Uint8Array<ArrayBuffer>[] = [];
      await eachPart(
        file,
        (bytes) => {
          chunks.push(bytes);
        },
        () => undefined,
        () => false,
      );
      const wav = await wavFrom(await new Blob(chunks).arrayBuffer());
      const heard = await transcribe({ port, token, lang, wav });
      const now = desk.view().calls.find(({ id }) => id === call.id);
      if (now?.kind !== 'new' || heard === '') return;
      const { what } = now.draft;
      desk.write(call.id, { what: what === '' ? heard : `${what}\n${heard}`, draftUnverified: true });
    });
  };
  return (
    <details class="call-more">
      <summary>{t.title}</summary>
      <form class="form" onSubmit={submit} autocomplete="off">
        <p class="small soft">{t.lead}</p>
        <ProblemNotice problem={problem} />
        <TextField
          name="transcriber-token"
          type="password"
          label={t.token}
          hint={t.tokenHint}
          required={listening.token === ''}
          maxlength={200}
        />
        <SubmitRow label={t.go} busy={busy} working={t.working} />
      </form>
    </details>
  );
};
