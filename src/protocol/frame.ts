import { readU32, writeU32 } from './bytes.ts';
import { ensure, type ProtocolErrorCode } from './errors.ts';

/** `magic` (4 ASCII characters), version (u8), then each section preceded by its length (u32 LE). */
export function encodeFrame(magic: string, version: number, sections: readonly Uint8Array[]): Uint8Array {
  let length = 5;
  for (const section of sections) length += 4 + section.length;
  const out = new Uint8Array(length);
  for (let i = 0; i < 4; i++) out[i] = magic.charCodeAt(i);
  out[4] = version;
  let at = 5;
  for (const section of sections) {
    writeU32(out, at, section.length);
    out.set(section, at + 4);
    at += 4 + section.length;
  }
  return out;
}

/**
 * The sections of a frame (attacker-controlled) as views into it, in one pass: exactly as many as `limits`, none longer than its
 * limit in bytes, nothing after the last. Throws `code`.
 */
export function decodeFrame(
  bytes: Uint8Array,
  magic: string,
  version: number,
  limits: readonly number[],
  code: ProtocolErrorCode,
): readonly Uint8Array[] {
  ensure(bytes.length >= 5 && bytes[4] === version, code, 'version');
  for (let i = 0; i < 4; i++) ensure(bytes[i] === magic.charCodeAt(i), code, 'magic');
  let at = 5;
  const sections = limits.map((limit) => {
    ensure(at + 4 <= bytes.length, code);
    const end = at + 4 + readU32(bytes, at);
    ensure(end <= bytes.length && end - at - 4 <= limit, code);
    const section = bytes.subarray(at + 4, end);
    at = end;
    return section;
  });
  ensure(at === bytes.length, code);
  return sections;
}
