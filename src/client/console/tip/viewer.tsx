/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import type { ViewKind } from '../../../domain/attachments.ts';
import type { TipId } from '../../../domain/ids.ts';
import { useBase } from '../context.ts';
import { holdEscape } from '../keys.ts';
import { keeping } from '../pictures/look.ts';
import { Notice, ProblemNotice } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import { ViewerFrame } from '../viewer/frame.tsx';
import { IN_MEMORY_BYTES, type PartedFile } from '../viewer/load-parts.ts';
import type { AttachmentView } from '../worker/calls.ts';

/** Opens one attachment in the frame. That it was opened is written down before its first part comes. */
export const Viewer = (props: {
  readonly tip: TipId;
  readonly attachment: AttachmentView;
  readonly onClose: () => void;
  /** Hears the whole file once all of it was opened. */
  readonly onWhole: (file: Blob) => void;
}) => {
  const { texts, vault } = useBase();
  const { id, no, name, type, size } = props.attachment;
  const tooLarge = size > IN_MEMORY_BYTES;
  useEffect(() => holdEscape(props.onClose), []);
  const { loaded } = useLoad(
    async (): Promise<{ readonly view: ViewKind | null; readonly file: PartedFile } | null> => {
      if (tooLarge) return null;
      const { parts, view } = await vault.ask('openAttachment', { tip: props.tip, no, id });
      const part = (at: number) => vault.ask('attachmentPart', { id, no: at });
      return { view, file: keeping({ name, type, size, parts, part }, props.onWhole) };
    },
    id,
  );
  if (tooLarge)
    return (
      <Notice kind="info">
        <p>{texts.viewer.tooLarge}</p>
      </Notice>
    );
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} />;
  if (loaded.state === 'loading' || loaded.value === null || loaded.value.view === null)
    return (
      <p class="small soft" role="status">
        {texts.viewer.opening}
      </p>
    );
  return <ViewerFrame file={loaded.value.file} view={loaded.value.view} onClose={props.onClose} />;
};
