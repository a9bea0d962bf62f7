/** @jsxImportSource hono/jsx/dom */
import { viewKind } from '../../../domain/attachments.ts';
import type { TipId } from '../../../domain/ids.ts';
import { useBase } from '../context.ts';
import { sizeText } from '../format.ts';
import { useState } from '../hooks.ts';
import type { AttachmentView } from '../worker/calls.ts';
import { Download } from './download.tsx';
import { Telling, useTelling } from './telling.tsx';
import { Viewer } from './viewer.tsx';

/** What the page does with one attachment now. */
type Shown = { readonly id: string; readonly as: 'view' | 'file' } | null;

/** The files of one envelope: what each is, what was done to it, and one of them open at a time. */
export const AttachmentList = (props: {
  readonly tip: TipId;
  readonly attachments: readonly AttachmentView[];
}) => {
  const { texts, lang } = useBase();
  const { viewer } = texts;
  const { told, lookInto } = useTelling();
  const [shown, setShown] = useState<Shown>(null);
  if (props.attachments.length === 0) return null;
  const close = (id: string): void => {
    setShown(null);
    requestAnimationFrame(() => document.getElementById(`attachment-${id}`)?.focus());
  };
  return (
    <ul class="attachments" aria-label={viewer.list(props.attachments.length)}>
      {props.attachments.map((attachment) => {
        const { id, name, type, size, form } = attachment;
        const kind = viewKind(type);
        const open = shown?.id === id ? shown : null;
        const whole = (file: Blob): void => {
          if (form === 'original') lookInto(id, name, file);
        };
        return (
          <li class="attachment" key={id}>
            <div class="attachment-line">
              <span class="attachment-name strong">{name}</span>
              <span class="small soft">
                {`${kind === null ? viewer.other : viewer.kinds[kind]} · ${sizeText(size, lang)} · ${viewer.forms[form]}`}
              </span>
              <span class="buttons no-print">
                {kind === null ? null : (
                  <button
                    type="button"
                    class="button"
                    id={`attachment-${id}`}
                    aria-expanded={open?.as === 'view' ? 'true' : 'false'}
                    onClick={() => (open?.as === 'view' ? close(id) : setShown({ id, as: 'view' }))}
                  >
                    {open?.as === 'view' ? viewer.close : viewer.open}
                  </button>
                )}
                <button
                  type="button"
                  class="button button-quiet"
                  id={kind === null ? `attachment-${id}` : undefined}
                  aria-expanded={open?.as === 'file' ? 'true' : 'false'}
                  onClick={() => setShown(open?.as === 'file' ? null : { id, as: 'file' })}
                >
                  {viewer.download}
                </button>
              </span>
            </div>
            {open?.as === 'view' ? (
              <Viewer tip={props.tip} attachment={attachment} onClose={() => close(id)} onWhole={whole} />
            ) : null}
            {open?.as === 'file' ? (
              <Download tip={props.tip} attachment={attachment} onClose={() => close(id)} onWhole={whole} />
            ) : null}
            <Telling told={told[id]} />
          </li>
        );
      })}
    </ul>
  );
};
