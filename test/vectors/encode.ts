import { toBase64Url } from '../../src/protocol/base64.ts';
import { fromUtf8, toHex, utf8 } from '../../src/protocol/bytes.ts';

/** Short byte strings in hex, long ones in base64url, exact JSON bytes as text: readable in any language. */
export const hex = toHex;
export const base64 = toBase64Url;
export const text = utf8;
export const json = fromUtf8;
