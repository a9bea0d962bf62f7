import { ProtocolError } from '../../protocol/errors.ts';
import { formatReceiptCode, parseReceiptCode } from '../../protocol/receipt-code.ts';

const DIGITS = 28;

/** What can be said of a code while it is being typed. */
export type CodeState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'typing'; readonly digits: number }
  | { readonly kind: 'not_digits' }
  | { readonly kind: 'too_long' }
  | { readonly kind: 'mistyped' }
  | { readonly kind: 'complete'; readonly code: string };

/** Judges what was typed or pasted; the check digits only when all 28 are there. */
export function codeState(text: string): CodeState {
  const compact = text.normalize('NFKC').replace(/[\s.\-–—]/g, '');
  if (compact === '') return { kind: 'empty' };
  if (!/^\d+$/.test(compact)) return { kind: 'not_digits' };
  if (compact.length < DIGITS) return { kind: 'typing', digits: compact.length };
  if (compact.length > DIGITS) return { kind: 'too_long' };
  try {
    return { kind: 'complete', code: parseReceiptCode(compact) };
  } catch (error) {
    if (error instanceof ProtocolError) return { kind: 'mistyped' };
    throw error;
  }
}

/**
 * The text in groups of four with the caret where it was among the digits. Text that has anything but digits and separators is left
 * as it is.
 */
export function regroup(text: string, caret: number): { readonly text: string; readonly caret: number } {
  if (!/^[\d\s.\-–—]*$/.test(text)) return { text, caret };
  const digits = text.replace(/\D/g, '');
  const before = text.slice(0, caret).replace(/\D/g, '').length;
  const grouped = formatReceiptCode(digits);
  const gaps = before === 0 ? 0 : Math.floor((before - 1) / 4);
  return { text: grouped, caret: before + gaps };
}
