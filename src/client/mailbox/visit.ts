import type { Lang } from '../../i18n/index.ts';
import type { MailboxAnswer, MailboxNonce } from '../../protocol/wire.ts';
import type { CryptoWorker } from '../common/crypto-worker.ts';
import { json, NetworkError, RefusedError, request, requestJson } from '../common/http.ts';
import type { OpenedMailbox } from '../common/worker-api.ts';

/**
 * One visit: keys from the code, a signed login, the answer, the directories against which its messages are checked. The code stays in
 * the Worker. Throws `WorkerError`, `NetworkError`, `RefusedError`.
 */
export async function visit(worker: CryptoWorker, code: string, lang: Lang): Promise<OpenedMailbox> {
  const { locator } = await worker.call('unlock', [code]);
  return look(worker, locator, lang);
}

/** Another visit with the keys that the Worker still has. Throws as `visit` does. */
export const revisit = async (worker: CryptoWorker, lang: Lang): Promise<OpenedMailbox> =>
  look(worker, await worker.call('locator', []), lang);

async function look(worker: CryptoWorker, locator: string, lang: Lang): Promise<OpenedMailbox> {
  const challenge = (await requestJson(lang, '/api/mailbox/challenge', json({ locator }))) as MailboxNonce;
  const { nonce, expires } = challenge;
  const { signature } = await worker.call('login', [{ origin: location.origin, nonce, expires }]);
  const sizes = await worker.call('sizes', []);
  const answer = (await requestJson(
    lang,
    '/api/mailbox',
    json({ locator, nonce, expires, signature, sizes }),
  )) as MailboxAnswer;
  const units = await worker.call('units', [answer]);
  const bundles = await Promise.all(units.map((unit) => pastDirectory(unit, lang)));
  const now = Math.floor(Date.now() / 1000);
  return worker.call('open', [{ answer, bundles: bundles.flatMap((bundle) => bundle ?? []), now }]);
}

/** A directory that cannot be fetched leaves its messages unsure; it does not hide them. */
async function pastDirectory(unit: string, lang: Lang): Promise<Uint8Array | null> {
  try {
    return await request(lang, `/api/directory?unit=${encodeURIComponent(unit)}&epochs=all`);
  } catch (error) {
    if (error instanceof NetworkError || error instanceof RefusedError) return null;
    throw error;
  }
}

/** The directory of a unit as it stands, to which something is sealed. Throws `NetworkError`, `RefusedError`. */
export const directoryOf = (unit: string, lang: Lang): Promise<Uint8Array> =>
  request(lang, `/api/directory?unit=${encodeURIComponent(unit)}`);
