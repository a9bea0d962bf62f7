import { ProtocolError } from './errors.ts';

const COMMON = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const STANDARD = `${COMMON}+/`;
const URL_SAFE = `${COMMON}-_`;

const reverse = (alphabet: string): Int8Array => {
  const table = new Int8Array(128).fill(-1);
  for (let i = 0; i < alphabet.length; i++) table[alphabet.charCodeAt(i)] = i;
  return table;
};
const STANDARD_REVERSE = reverse(STANDARD);
const URL_SAFE_REVERSE = reverse(URL_SAFE);

function encode(bytes: Uint8Array, alphabet: string, pad: boolean): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out += alphabet.charAt(group >>> 18) + alphabet.charAt((group >>> 12) & 63);
    if (left > 1) out += alphabet.charAt((group >>> 6) & 63);
    else if (pad) out += '=';
    if (left > 2) out += alphabet.charAt(group & 63);
    else if (pad) out += '=';
  }
  return out;
}

/** Value of a character; negative for one that is none of the alphabet's. */
const valueAt = (table: Int8Array, text: string, at: number): number => table[text.charCodeAt(at)] ?? -1;

/** `length` is the number of characters without padding. Leftover bits must be zero, so that one value has one spelling. */
function decode(text: string, length: number, table: Int8Array): Uint8Array {
  if (length % 4 === 1) throw new ProtocolError('encoding');
  const out = new Uint8Array((length * 3) >>> 2);
  let at = 0;
  // Four characters at a time, as far as there are four: bundles are mostly base64.
  const groups = length - (length % 4);
  for (let i = 0; i < groups; i += 4) {
    const group =
      (valueAt(table, text, i) << 18) |
      (valueAt(table, text, i + 1) << 12) |
      (valueAt(table, text, i + 2) << 6) |
      valueAt(table, text, i + 3);
    if (group < 0) throw new ProtocolError('encoding');
    out[at] = group >>> 16;
    out[at + 1] = group >>> 8;
    out[at + 2] = group;
    at += 3;
  }
  let bits = 0;
  let held = 0;
  for (let i = groups; i < length; i++) {
    const value = valueAt(table, text, i);
    if (value < 0) throw new ProtocolError('encoding');
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out[at++] = (bits >>> held) & 0xff;
    }
  }
  if ((bits & ((1 << held) - 1)) !== 0) throw new ProtocolError('encoding');
  return out;
}

/** RFC 4648 §5 without padding. */
export const toBase64Url = (bytes: Uint8Array): string => encode(bytes, URL_SAFE, false);

/** Strict inverse of `toBase64Url`. Throws `encoding` for padding, other characters or non-zero leftover bits. */
export const fromBase64Url = (text: string): Uint8Array => decode(text, text.length, URL_SAFE_REVERSE);

/** RFC 4648 §4 with padding (DSSE payloads and signatures). */
export const toBase64 = (bytes: Uint8Array): string => encode(bytes, STANDARD, true);

/** Strict inverse of `toBase64`. Throws `encoding`. */
export function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw new ProtocolError('encoding');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return decode(text, text.length - padding, STANDARD_REVERSE);
}
