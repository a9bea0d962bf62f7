/** What a key press asks of the console as a whole, whatever the page. */
export type KeyWish = 'next' | 'previous' | 'help' | 'escape';

/** What is known of a key press and where it happened. */
export interface Press {
  readonly key: string;
  readonly modified: boolean;
  /** True while the person writes in a field or chooses in a list. */
  readonly writing: boolean;
  /** True while a dialog is open: it has keys of its own. */
  readonly inDialog: boolean;
}

/** The wish behind a key press, or null when it is not the console's to hear. */
export const wishOf = (press: Press): KeyWish | null => {
  if (press.modified || press.inDialog) return null;
  if (press.key === 'Escape') return 'escape';
  if (press.writing) return null;
  if (press.key === 'j') return 'next';
  if (press.key === 'k') return 'previous';
  return press.key === '?' ? 'help' : null;
};

const FIELDS = ['INPUT', 'TEXTAREA', 'SELECT'];

/** Reads a key event. */
export const pressOf = (event: KeyboardEvent): Press => {
  const target = event.target instanceof HTMLElement ? event.target : null;
  return {
    key: event.key,
    modified: event.ctrlKey || event.metaKey || event.altKey || event.isComposing,
    writing: target !== null && (FIELDS.includes(target.tagName) || target.isContentEditable),
    inDialog: target?.closest('dialog') != null,
  };
};

/** Moves the focus to the next or previous row of the page's list; from nowhere to its first. */
export const moveRow = (wish: 'next' | 'previous'): void => {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const to = wish === 'next' ? Math.min(rows.length - 1, at + 1) : Math.max(0, at - 1);
  rows[to]?.focus();
};

const escapes: (() => void)[] = [];

/** While somebody holds Escape, it is theirs; the last to ask goes first. Returns the function that lets go. */
export const holdEscape = (handler: () => void): (() => void) => {
  escapes.push(handler);
  return () => {
    const at = escapes.lastIndexOf(handler);
    if (at >= 0) escapes.splice(at, 1);
  };
};

/** Gives Escape to whoever holds it; false when nobody does. */
export const giveEscape = (): boolean => {
  const handler = escapes.at(-1);
  handler?.();
  return handler !== undefined;
};
