/** @jsxImportSource hono/jsx/dom */
import { useLayoutEffect, useRef } from 'hono/jsx/dom';

/**
 * A text of the call. The field holds it and tells of every change; drawing again never touches what is in it, so that no letter typed
 * in between is lost. `rows` one: a single line.
 */
export const Words = (props: {
  readonly spot: string;
  readonly label: string;
  readonly value: string;
  readonly rows: number;
  readonly maxlength: number;
  readonly hint?: string;
  readonly onWrite: (text: string) => void;
}) => {
  const field = useRef<HTMLTextAreaElement>(null);
  const known = useRef('');
  useLayoutEffect(() => {
    // Only what was changed elsewhere, by a time stamp or a draft, is put into the field.
    if (field.current !== null && props.value !== known.current) field.current.value = props.value;
    known.current = props.value;
  }, [props.value]);
  const wrote = (event: Event): void => {
    known.current = (event.target as HTMLTextAreaElement).value;
    props.onWrite(known.current);
  };
  const hint = props.hint === undefined ? undefined : `words-${props.spot}-hint`;
  return (
    <div class="field">
      <label for={`words-${props.spot}`}>{props.label}</label>
      <textarea
        id={`words-${props.spot}`}
        data-spot={props.spot}
        class={props.rows === 1 ? 'input input-line' : 'input'}
        ref={field}
        rows={props.rows}
        maxlength={props.maxlength}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={hint}
        onInput={wrote}
      />
      {hint === undefined ? null : (
        <span class="field-hint" id={hint}>
          {props.hint}
        </span>
      )}
    </div>
  );
};

/** Puts a mark where the person is writing, if that is a text of the call. True when it was put. */
export const insertAtCaret = (mark: string): boolean => {
  const field = document.activeElement;
  if (!(field instanceof HTMLTextAreaElement)) return false;
  const { selectionStart, selectionEnd, value } = field;
  const before = value.slice(0, selectionStart);
  const gap = before === '' || /\s$/.test(before) ? '' : ' ';
  field.setRangeText(`${gap}${mark} `, selectionStart, selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return true;
};
