/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import type { TipId } from '../../../domain/ids.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { holdEscape } from '../keys.ts';
import { keeping, opened } from '../pictures/look.ts';
import { Notice, ProblemNotice, Progress } from '../ui/parts.tsx';
import { useAction } from '../use-load.ts';
import { IN_MEMORY_BYTES, type PartedFile } from '../viewer/load-parts.ts';
import { canSave, saveFile } from '../viewer/save-file.ts';
import type { AttachmentView } from '../worker/calls.ts';

/** Saves an attachment as it came, behind a warning that says what kind of file it is and where it may be opened. */
export const Download = (props: {
  readonly tip: TipId;
  readonly attachment: AttachmentView;
  readonly onClose: () => void;
  /** Hears the whole file once all of it was opened; not told of what is too large for the page's memory. */
  readonly onWhole: (file: Blob) => void;
}) => {
  const { texts, vault } = useBase();
  const { tell } = useDesk();
  const { viewer } = texts;
  const { busy, problem, run } = useAction();
  const [done, setDone] = useState<{ readonly at: number; readonly of: number } | null>(null);
  const { name, type, size } = props.attachment;
  useEffect(() => holdEscape(props.onClose), []);
  const save = (): void =>
    void run(async () => {
      const open = async (): Promise<PartedFile> => {
        const file = await opened(vault, props.tip, props.attachment);
        return size > IN_MEMORY_BYTES ? file : keeping(file, props.onWhole);
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
