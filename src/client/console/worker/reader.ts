import type { RecipientKey } from '../../../protocol/envelope.ts';
import { ensure } from '../../../protocol/errors.ts';
import { epochRecipient, parseWraps } from '../../../protocol/wraps.ts';
import { Problem } from '../http.ts';
import type { WorkerState } from './state.ts';

/** The key of mine that one of the wraps is for. Throws Problem `no_key`, ProtocolError `wrap_foreign`. */
export async function readerFor(state: WorkerState, wraps: Uint8Array): Promise<RecipientKey> {
  const { keyring } = state;
  const ids = parseWraps(wraps).map((wrap) => wrap.id);
  const mine = ids
    .map((id) => /^epoch:(.+):(\d+)$/.exec(id))
    .filter((match) => match?.[1] === keyring.me.unit)
    .map((match) => Number(match?.[2]));
  ensure(mine.length > 0, 'wrap_foreign');
  const epoch = mine.find((n) => keyring.has(keyring.me.unit, n));
  if (epoch === undefined) throw new Problem('no_key');
  const { keys } = await keyring.epoch(keyring.me.unit, epoch);
  return { id: epochRecipient(keyring.me.unit, epoch), secretKey: keys.kem.secretKey };
}
