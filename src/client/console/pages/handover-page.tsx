/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { useBase, useDesk } from '../context.ts';
import { timeText } from '../format.ts';
import { getJson } from '../http.ts';
import { readForm, TextArea } from '../ui/fields.tsx';
import { PageHead, ProblemNotice, Skeleton } from '../ui/parts.tsx';
import { SubmitRow } from '../ui/submit-row.tsx';
import { useAction, useLoad } from '../use-load.ts';
import type { WireNote } from '../wire.ts';

const MOST = 4000;

/** Notes from shift to shift, sealed to the unit. */
export const HandoverPage = () => {
  const { texts, vault } = useBase();
  const { live, nameOf, tell } = useDesk();
  const { loaded, again } = useLoad(async () => {
    const { notes } = await getJson<{ readonly notes: readonly WireNote[] }>('/api/staff/handover');
    return vault.ask('openNotes', { notes });
  }, 'handover');
  const { busy, problem, run } = useAction();
  useEffect(() => live.refetch((event) => event.kind === 'unit_changed', again), [live]);
  const submit = (event: Event): void => {
    const form = event.currentTarget as HTMLFormElement;
    const text = readForm(event)('note');
    void run(async () => {
      await vault.ask('sealNote', { text });
      form.reset();
      await again();
      tell(texts.handover.sent);
    });
  };
  return (
    <>
      <PageHead title={texts.handover.title} lead={texts.handover.lead} />
      <form class="form card" onSubmit={submit}>
        <TextArea name="note" label={texts.handover.write} maxlength={MOST} />
        <ProblemNotice problem={problem} />
        <SubmitRow label={texts.handover.submit} busy={busy} />
      </form>
      {loaded.state === 'loading' ? <Skeleton lines={4} /> : null}
      {loaded.state === 'failed' ? <ProblemNotice problem={loaded.problem} /> : null}
      {loaded.state === 'ready' && loaded.value.length === 0 ? (
        <p class="empty">{texts.handover.nothing}</p>
      ) : null}
      {loaded.state === 'ready' && loaded.value.length > 0 ? (
        <ol class="messages">
          {loaded.value.map((note) => (
            <li class="message" key={String(note.id)}>
              <p class="small soft">{texts.handover.from(nameOf(note.by), timeText(note.at))}</p>
              <p class={note.text === null ? 'soft' : 'words'}>{note.text ?? texts.handover.closed}</p>
            </li>
          ))}
        </ol>
      ) : null}
    </>
  );
};
