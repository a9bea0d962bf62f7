/** @jsxImportSource hono/jsx/dom */
import { useRef } from 'hono/jsx/dom';
import type { CopyBlock } from '../../../domain/working-copy.ts';
import { useBase } from '../context.ts';
import { coverSelection } from './blocks.ts';

/** What a block is called: the question that it answers, or the later message. */
export const useBlockName = (): ((block: Pick<CopyBlock, 'field' | 'no'>) => string) => {
  const { texts } = useBase();
  return ({ field, no }) => (field === 'message' ? texts.copies.message(no) : texts.tip.fields[field]);
};

/** One block of the sender's words: select what tells who they are, cover it; or leave the whole block out. */
export const BlockEditor = (props: {
  readonly block: CopyBlock;
  readonly id: string;
  /** The text as it stands; null when the block is left out. */
  readonly text: string | null;
  readonly onText: (text: string | null, covered: string) => void;
}) => {
  const { texts } = useBase();
  const name = useBlockName()(props.block);
  const field = useRef<HTMLTextAreaElement>(null);
  const { text, block, id } = props;
  const cover = (): void => {
    const area = field.current;
    if (area === null || text === null) return;
    const { selectionStart, selectionEnd } = area;
    const after = coverSelection(text, selectionStart, selectionEnd);
    if (after !== text) props.onText(after, text.slice(selectionStart, selectionEnd));
    area.focus();
  };
  return (
    <div class="copy-block">
      <label for={id}>{name}</label>
      <textarea
        id={id}
        ref={field}
        class="input"
        rows={Math.min(12, Math.max(2, Math.ceil(block.text.length / 70)))}
        readonly
        disabled={text === null}
        value={text ?? texts.copies.leftOut}
      />
      <div class="buttons">
        <button type="button" class="button" disabled={text === null} onClick={cover}>
          {texts.copies.cover}
        </button>
        <button
          type="button"
          class="button button-quiet"
          disabled={text === block.text}
          onClick={() => props.onText(block.text, '')}
        >
          {texts.copies.restore}
        </button>
        <button
          type="button"
          class="button button-quiet"
          disabled={text === null}
          onClick={() => props.onText(null, '')}
        >
          {texts.copies.leaveOut}
        </button>
      </div>
    </div>
  );
};
