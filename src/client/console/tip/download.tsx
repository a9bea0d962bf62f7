/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import type { TipId } from '../../../domain/ids.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { holdEscape } from '../keys.ts';
import { Notice, ProblemNotice, Progress } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import type { PartedFile } from '../viewer/load-parts.ts';
import { canSave, saveFile } from '../viewer/save-file.ts';
import type { AttachmentView } from '../worker/calls.ts';

/** Saves an attachment as it came, behind a warning that says what kind of file it is and where it may be opened. */
export const Download = (props: {
  readonly tip: TipId;
  readonly attachment: AttachmentView;
  readonly onClose: () => void;
}) => {
  const { texts, vault } = useBase();
  const { tell } = useDesk();
  const { viewer } = texts;
  const { busy, problem, run } = useAction();
  const [done, setDone] = useState<{ readonly at: number; readonly of: number } | null>(null);
  const { id, no, name, type, size } = props.attachment;
  useEffect(() => holdEscape(props.onClose), []);
  const save = (): void =>
    void run(async () => {
      const open = async (): Promise<PartedFile> => {
        const { parts } = await vault.ask('openAttachment', { tip: props.tip, no, id });
        return { name, type, size, parts, part: (at) => vault.ask('attachmentPart', { id, no: at }) };
      };
      if (!(await saveFile(name, size, open, (at, of) => setDone({ at, of })))) return;
      props.onClose();
      tell(viewer.saved(name));
    });
  return (
    <Notice kind="warning" title={viewer.warning}>
      <p>{viewer.warningLead(type)}</p>
      {canSave(size) ? null : <p>{viewer.cannotSave}</p>}
      <ProblemNotice problem={problem} />
      {busy && done !== null ? <Progress label={viewer.saving} done={done.at} total={done.of} /> : null}
      <div class="buttons">
        <button type="button" class="button" disabled={busy || !canSave(size)} onClick={save}>
          {viewer.downloadNow}
        </button>
        <button type="button" class="button button-quiet" onClick={props.onClose}>
          {texts.frame.cancel}
        </button>
      </div>
    </Notice>
  );
};
