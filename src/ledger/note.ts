import { compareBytes, fromBase64, joined, sameBytes, toBase64 } from './encoding.ts';
import type { Sha256 } from './sha256.ts';

/** Ed25519 over a message; 64 bytes. */
export type Sign = (message: Uint8Array) => Uint8Array;
/** False for any malformed input; never throws. */
export type Verify = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean;

/** Largest note, in bytes, and most signatures on one. */
export const NOTE_LIMITS = { bytes: 64 * 1024, signatures: 100 } as const;

/** What a key signs (C2SP signed-note, tlog-cosignature): the note itself, or a timestamped cosignature of a checkpoint. */
export const NOTE_ALGORITHMS = { ed25519: 0x01, cosignature: 0x04 } as const;
export type NoteAlgorithm = keyof typeof NOTE_ALGORITHMS;

/** A key with a name, as a verifier key (vkey) spells it. */
export interface NoteKey {
  readonly name: string;
  readonly algorithm: NoteAlgorithm;
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** First 4 bytes of SHA-256(name ‖ LF ‖ algorithm ‖ public key). */
  readonly id: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  readonly id: Uint8Array;
  /** What follows the key's id: 64 bytes for Ed25519, 72 for a cosignature, any length for others. */
  readonly signature: Uint8Array;
}

export interface Note {
  /** The signed text; ends with LF. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 bytes of a text. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** True for a key's name: not empty, at most 200 characters, neither blanks of any kind nor `+`. */
export const isNoteName = (name: string): boolean =>
  name.length > 0 && name.length <= 200 && !/[\s+\p{Cc}]/u.test(name);

/** A key under a name. RangeError for a name or key of another form. */
export function noteKey(
  sha256: Sha256,
  name: string,
  publicKey: Uint8Array,
  algorithm: NoteAlgorithm = 'ed25519',
): NoteKey {
  if (!isNoteName(name) || publicKey.length !== 32) throw new RangeError('note key');
  const material = joined(Uint8Array.of(NOTE_ALGORITHMS[algorithm]), publicKey);
  return { name, algorithm, publicKey, id: sha256(joined(utf8(`${name}\n`), material)).subarray(0, 4) };
}

/** `name+<8 hex digits of the id>+<base64 of algorithm ‖ key>`. */
export const formatVkey = ({ name, algorithm, publicKey, id }: NoteKey): string =>
  `${name}+${hex(id)}+${toBase64(joined(Uint8Array.of(NOTE_ALGORITHMS[algorithm]), publicKey))}`;

/** Reads a vkey; null for one that is malformed, whose id is another's, or of an algorithm that is not known here. */
export function parseVkey(sha256: Sha256, text: string): NoteKey | null {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  if (name === undefined || id === undefined || encoded === undefined || !isNoteName(name)) return null;
  const material = fromBase64(encoded);
  if (material === null || material.length !== 33) return null;
  const algorithm = (['ed25519', 'cosignature'] as const).find((one) => NOTE_ALGORITHMS[one] === material[0]);
  if (algorithm === undefined) return null;
  const key = noteKey(sha256, name, material.subarray(1), algorithm);
  return hex(key.id) === id ? key : null;
}

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** One signature line with its LF. */
export const signatureLine = ({ name, id, signature }: NoteSignature): string =>
  `\u2014 ${name} ${toBase64(joined(id, signature))}\n`;

/** The note's bytes: text, empty line, signatures. */
export const formatNote = (note: Note): Uint8Array =>
  utf8(`${note.text}\n${note.signatures.map(signatureLine).join('')}`);

/** Reads signature lines (attacker-controlled), each with its LF; null for anything malformed, none and too many included. */
export function parseSignatureLines(text: string): readonly NoteSignature[] | null {
  if (!text.endsWith('\n')) return null;
  const lines = text.slice(0, -1).split('\n');
  if (lines.length > NOTE_LIMITS.signatures) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [, name = '', encoded = ''] = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
    const bytes = fromBase64(encoded);
    if (!isNoteName(name) || bytes === null || bytes.length < 5) return null;
    signatures.push({ name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) });
  }
  return signatures;
}

/** Reads a note (attacker-controlled). Its signatures are not checked. Null for anything malformed. */
export function parseNote(bytes: Uint8Array): Note | null {
  if (bytes.length > NOTE_LIMITS.bytes) return null;
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return null;
  }
  // Control characters but LF make two texts look alike.
  if (/[\p{Cc}\ufffd]/u.test(text.replaceAll('\n', ''))) return null;
  const end = text.lastIndexOf('\n\n');
  if (end < 1) return null;
  const signatures = parseSignatureLines(text.slice(end + 2));
  return signatures === null ? null : { text: text.slice(0, end + 1), signatures };
}

/** The signatures on a note that name this key; whether they verify is the caller's to check. */
export const signaturesOf = (note: Note, key: NoteKey): readonly NoteSignature[] =>
  note.signatures.filter(({ name, id }) => name === key.name && compareBytes(id, key.id) === 0);

/** Signs a note's text with an `ed25519` key. */
export const signNote = (text: string, key: NoteKey, sign: Sign): NoteSignature => ({
  name: key.name,
  id: key.id,
  signature: sign(utf8(text)),
});

/** True when at least one signature of this `ed25519` key is there and every one of them verifies. */
export function isSignedBy(note: Note, key: NoteKey, verify: Verify): boolean {
  const signatures = signaturesOf(note, key);
  return (
    key.algorithm === 'ed25519' &&
    signatures.length > 0 &&
    signatures.every(
      ({ signature }) => signature.length === 64 && verify(signature, utf8(note.text), key.publicKey),
    )
  );
}

/** A note with one more signature; the same one is not added twice. */
export const withSignature = (note: Note, added: NoteSignature): Note =>
  note.signatures.some((one) => one.name === added.name && sameBytes(one.signature, added.signature))
    ? note
    : { ...note, signatures: [...note.signatures, added] };
