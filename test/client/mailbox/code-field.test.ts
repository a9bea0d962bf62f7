import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeState, regroup } from '../../../src/client/mailbox/code-field.ts';
import { formatReceiptCode, generateReceiptCode } from '../../../src/protocol/receipt-code.ts';

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const code = (): string => generateReceiptCode({ randomBytes });

describe('the code field', () => {
  test('knows a whole code in any spelling of its gaps', () => {
    const digits = code();
    for (const text of [digits, formatReceiptCode(digits), digits.replace(/(.{7})/g, '$1-'), ` ${digits}\n`])
      expect(codeState(text)).toEqual({ kind: 'complete', code: digits });
  });

  test('catches every single mistyped digit', () => {
    const digits = code();
    for (let at = 0; at < digits.length; at++)
      for (let wrong = 0; wrong < 10; wrong++) {
        if (String(wrong) === digits[at]) continue;
        const typed = digits.slice(0, at) + wrong + digits.slice(at + 1);
        expect(codeState(typed)).toEqual({ kind: 'mistyped' });
      }
  });

  test('catches two neighbouring digits that changed places', () => {
    const digits = code();
    for (let at = 0; at < digits.length - 1; at++) {
      const [a = '', b = ''] = digits.slice(at, at + 2);
      if (a === b) continue;
      expect(codeState(digits.slice(0, at) + b + a + digits.slice(at + 2))).toEqual({ kind: 'mistyped' });
    }
  });

  test('counts digits while they come, and says when something is no digit or too much', () => {
    expect(codeState('')).toEqual({ kind: 'empty' });
    expect(codeState('1234 5')).toEqual({ kind: 'typing', digits: 5 });
    expect(codeState('1234 o')).toEqual({ kind: 'not_digits' });
    expect(codeState(`${code()}1`)).toEqual({ kind: 'too_long' });
  });

  test('groups digits in fours and keeps the caret at the same digit', () => {
    expect(regroup('12345', 5)).toEqual({ text: '1234 5', caret: 6 });
    expect(regroup('12934 5', 3)).toEqual({ text: '1293 45', caret: 3 });
    expect(regroup('', 0)).toEqual({ text: '', caret: 0 });
    expect(regroup('12a4', 3)).toEqual({ text: '12a4', caret: 3 });
  });

  test('never loses or moves a digit, wherever the caret is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9 ]{0,34}$/), fc.nat(34), (text, at) => {
        const caret = Math.min(at, text.length);
        const grouped = regroup(text, caret);
        const digits = (part: string) => part.replace(/\D/g, '');
        expect(digits(grouped.text)).toBe(digits(text));
        expect(digits(grouped.text.slice(0, grouped.caret))).toBe(digits(text.slice(0, caret)));
      }),
    );
  });
});
