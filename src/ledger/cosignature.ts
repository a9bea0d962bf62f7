import { joined, u64 } from './encoding.ts';
import {
  type Note,
  type NoteKey,
  type NoteSignature,
  type Sign,
  signaturesOf,
  utf8,
  type Verify,
} from './note.ts';

/** What a witness signs: that this was the log's newest tree that it had seen at a time (C2SP tlog-cosignature, Ed25519). */
const message = (text: string, time: number): Uint8Array => utf8(`cosignature/v1\ntime ${time}\n${text}`);

/** A witness's signature of a checkpoint at a time in UTC seconds: 8 bytes of time, 64 of Ed25519. */
export const cosign = (text: string, key: NoteKey, time: number, sign: Sign): NoteSignature => ({
  name: key.name,
  id: key.id,
  signature: joined(u64(time), sign(message(text, time))),
});

/** The time of one cosignature when it verifies under this witness's key, in UTC seconds; null otherwise. */
export function cosignedAt(
  text: string,
  { signature }: Pick<NoteSignature, 'signature'>,
  key: NoteKey,
  verify: Verify,
): number | null {
  if (key.algorithm !== 'cosignature' || signature.length !== 72) return null;
  const view = new DataView(signature.buffer, signature.byteOffset, 8);
  const time = view.getUint32(0) * 2 ** 32 + view.getUint32(4);
  if (!Number.isSafeInteger(time)) return null;
  return verify(signature.subarray(8), message(text, time), key.publicKey) ? time : null;
}

/** Which of these witnesses cosigned a note, each with the latest time that it gave. A line that does not verify counts for nothing. */
export function witnessesOf(
  note: Note,
  witnesses: readonly NoteKey[],
  verify: Verify,
): readonly { readonly key: NoteKey; readonly time: number }[] {
  return witnesses.flatMap((key) => {
    const times = signaturesOf(note, key).flatMap((line) => cosignedAt(note.text, line, key, verify) ?? []);
    return times.length === 0 ? [] : [{ key, time: Math.max(...times) }];
  });
}
