/** @jsxImportSource hono/jsx/dom */
import { type Child, useEffect, useRef } from 'hono/jsx/dom';

/**
 * A dialog of the browser's own: it keeps the focus inside and Escape closes it. Drawn only while it is open; the focus goes back to
 * where it was.
 */
export const Dialog = (props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children?: Child;
}) => {
  const box = useRef<HTMLDialogElement>(null);
  const close = useRef(props.onClose);
  close.current = props.onClose;
  useEffect(() => {
    const dialog = box.current;
    const before = document.activeElement;
    if (dialog === null) return;
    const closed = (): void => close.current();
    dialog.addEventListener('close', closed);
    dialog.showModal();
    return () => {
      dialog.removeEventListener('close', closed);
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog class="dialog" ref={box} aria-labelledby="dialog-title">
      <div class="dialog-body">
        <h2 id="dialog-title">{props.title}</h2>
        {props.children}
      </div>
    </dialog>
  );
};
