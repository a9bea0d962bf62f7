/** @jsxImportSource hono/jsx/dom */
import { ATTACHMENT_LIMITS, viewKind } from '../../../domain/attachments.ts';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import type { AttachmentView, OpenedTip } from '../worker/calls.ts';
import type { CopyPicture } from '../worker/copy-calls.ts';
import { PictureEditor, type Redrawn } from './picture-editor.tsx';

/** What was drawn anew, by the id of the attachment that it was drawn from. */
export type Redrawings = Readonly<Record<string, Redrawn>>;

/** The sender's own pictures, then and later. */
export const picturesOf = (tip: Pick<OpenedTip, 'attachments' | 'messages'>): readonly AttachmentView[] =>
  [
    ...tip.attachments,
    ...tip.messages.filter(({ from }) => from === 'citizen').flatMap(({ attachments }) => attachments),
  ].filter(({ type }) => viewKind(type) === 'image');

const ENDINGS: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png' };

/** The pictures for the copy, in the order of the attachments, under names that tell nothing. */
export const chosenPictures = (
  pictures: readonly AttachmentView[],
  redrawn: Redrawings,
): readonly CopyPicture[] =>
  pictures
    .flatMap(({ id }) => redrawn[id] ?? [])
    .map(({ file }, at) => ({
      file,
      name: `anh-${String(at + 1)}.${ENDINGS[file.type] ?? 'jpg'}`,
      type: file.type,
    }));

/** Chooses pictures for a working copy: each is opened, painted over and drawn anew before it may go with it. */
export const PicturesField = (props: {
  readonly tip: OpenedTip;
  readonly redrawn: Redrawings;
  readonly onRedrawn: (redrawn: Redrawings) => void;
}) => {
  const { texts } = useBase();
  const { pictures } = texts;
  const { redrawn, onRedrawn } = props;
  const [open, setOpen] = useState<string | null>(null);
  const all = picturesOf(props.tip);
  if (all.length === 0) return null;
  const full = Object.keys(redrawn).length >= ATTACHMENT_LIMITS.count;
  const close = (id: string): void => {
    setOpen(null);
    requestAnimationFrame(() => document.getElementById(`picture-${id}`)?.focus());
  };
  return (
    <fieldset class="field">
      <legend>{pictures.legend}</legend>
      <p class="field-hint">{pictures.hint}</p>
      <ul class="attachments">
        {all.map((attachment) => {
          const { id, name } = attachment;
          const taken = redrawn[id];
          return (
            <li class="attachment" key={id}>
              <div class="attachment-line">
                <span class="attachment-name strong">{name}</span>
                <span class="small soft" role="status">
                  {taken === undefined ? pictures.notTaken : pictures.taken(taken.areas.length)}
                </span>
                <span class="buttons">
                  <button
                    type="button"
                    class="button"
                    id={`picture-${id}`}
                    disabled={open !== null || (full && taken === undefined)}
                    onClick={() => setOpen(id)}
                  >
                    {taken === undefined ? pictures.open : pictures.change}
                    <span class="visually-hidden">: {name}</span>
                  </button>
                  {taken === undefined ? null : (
                    <button
                      type="button"
                      class="button button-quiet"
                      disabled={open !== null}
                      onClick={() =>
                        onRedrawn(Object.fromEntries(Object.entries(redrawn).filter(([key]) => key !== id)))
                      }
                    >
                      {pictures.leaveOut}
                      <span class="visually-hidden">: {name}</span>
                    </button>
                  )}
                </span>
              </div>
              {open === id ? (
                <PictureEditor
                  tip={props.tip.detail.tip}
                  attachment={attachment}
                  areas={taken?.areas ?? []}
                  onClose={() => close(id)}
                  onDone={(made) => {
                    onRedrawn({ ...redrawn, [id]: made });
                    close(id);
                  }}
                />
              ) : null}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
};
