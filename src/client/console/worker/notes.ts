import { cleanText } from '../../../domain/tip-form.ts';
import { fromBase64Url, toBase64Url } from '../../../protocol/base64.ts';
import { fromUtf8, lengthPrefixed, utf8 } from '../../../protocol/bytes.ts';
import { openFromKey, sealToKey } from '../../../protocol/epoch.ts';
import { ensure } from '../../../protocol/errors.ts';
import { Problem, sendJson } from '../http.ts';
import type { WireNote } from '../wire.ts';
import type { OpenedNote } from './calls.ts';
import { epochNow } from './recipients.ts';
import type { WorkerState } from './state.ts';

/** Largest note, in UTF-16 units. */
export const MAX_NOTE = 4000;
const VERSION = 1;

const binding = (state: WorkerState, epoch: number): Uint8Array =>
  lengthPrefixed('tk1/handover', state.pins.instance, state.keyring.me.unit, String(epoch));

/** A shift hand-over note: version, epoch number (u32 LE), then the text sealed to the unit's present epoch. */
export async function sealNote(state: WorkerState, text: string): Promise<void> {
  const words = cleanText(text);
  ensure(words !== '' && words.length <= MAX_NOTE, 'content_malformed', 'text');
  const { epoch } = await epochNow(state, state.keyring.me.unit);
  const sealed = sealToKey(state.suite, utf8(words), binding(state, epoch.n), epoch.publicKey);
  const note = new Uint8Array(5 + sealed.length);
  note[0] = VERSION;
  new DataView(note.buffer).setUint32(1, epoch.n, true);
  note.set(sealed, 5);
  await sendJson('POST', '/api/staff/handover', { sealed: toBase64Url(note) });
}

/** Opens notes; one that does not open has no text. */
export async function openNotes(
  state: WorkerState,
  notes: readonly WireNote[],
): Promise<readonly OpenedNote[]> {
  const out: OpenedNote[] = [];
  for (const { id, by, at, sealed } of notes)
    out.push({ id, by, at, text: await textOf(state, fromBase64Url(sealed)) });
  return out;
}

async function textOf(state: WorkerState, note: Uint8Array): Promise<string | null> {
  if (note.length < 5 || note[0] !== VERSION) return null;
  const epoch = new DataView(note.buffer, note.byteOffset).getUint32(1, true);
  try {
    const { keys } = await state.keyring.epoch(state.keyring.me.unit, epoch);
    const text = openFromKey(state.suite, note.subarray(5), binding(state, epoch), keys.kem.secretKey);
    return text === null ? null : fromUtf8(text);
  } catch (error) {
    if (error instanceof Problem && error.code === 'network') throw error;
    return null;
  }
}
