import type { Finding } from './doctor.ts';
import type { OpenInstance } from './open-instance.ts';

/** Checkpoints that may wait for their witnesses: the one that was made just now, and the one before it. */
const MAY_WAIT = 1;

/** The public log: how far it is published, who cosigned that, and how much waits for witnesses. */
export async function checkLog({ store }: OpenInstance): Promise<Finding> {
  const check = 'log';
  const { log } = (await store.ledger.logs()).at(-1) ?? { log: 0 };
  const published = await store.ledger.published();
  const waiting = await store.ledger.unpublished(log);
  const { size = 0, cosignatures = [] } = published ?? {};
  const where = `published up to ${size}, cosigned by ${cosignatures.length}`;
  const newest = waiting.at(-1);
  return newest === undefined || waiting.length <= MAY_WAIT
    ? { check, status: 'ok', detail: where }
    : { check, status: 'warn', detail: `${where}; entries up to ${newest.size} wait for witnesses` };
}
