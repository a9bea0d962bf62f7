/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import type { TipId } from '../../../domain/ids.ts';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { holdEscape } from '../keys.ts';
import { ProblemNotice } from '../ui/parts.tsx';
import { useAction, useLoad } from '../use-load.ts';
import type { AttachmentView } from '../worker/calls.ts';
import { AreaEditor } from './area-editor.tsx';
import type { Area } from './areas.ts';
import { openPicture } from './look.ts';
import { drawnAnew } from './paint.ts';

/** A picture as it goes with a working copy. */
export interface Redrawn {
  readonly file: Blob;
  readonly areas: readonly Area[];
}

/** Opens one attached picture, has areas painted over and gives back what is left of it. */
export const PictureEditor = (props: {
  readonly tip: TipId;
  readonly attachment: AttachmentView;
  readonly areas: readonly Area[];
  readonly onDone: (redrawn: Redrawn) => void;
  readonly onClose: () => void;
}) => {
  const { texts, vault } = useBase();
  const { pictures } = texts;
  const { attachment } = props;
  const [areas, setAreas] = useState<readonly Area[]>(props.areas);
  const { busy, problem, run } = useAction();
  useEffect(() => holdEscape(props.onClose), []);
  const { loaded } = useLoad(() => openPicture(vault, props.tip, attachment, true), attachment.id);
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} />;
  if (loaded.state === 'loading')
    return (
      <p class="small soft" role="status">
        {texts.viewer.loading}
      </p>
    );
  const { bitmap, type } = loaded.value;
  const take = (): void =>
    void run(async () => props.onDone({ file: await drawnAnew(bitmap, areas, type), areas }));
  return (
    <div class="picture-editor">
      <AreaEditor bitmap={bitmap} name={attachment.name} areas={areas} onAreas={setAreas} />
      <ProblemNotice problem={problem} />
      <div class="buttons">
        <button type="button" class="button button-main" disabled={busy} onClick={take}>
          {pictures.take}
        </button>
        <button type="button" class="button button-quiet" onClick={props.onClose}>
          {texts.frame.cancel}
        </button>
      </div>
    </div>
  );
};
