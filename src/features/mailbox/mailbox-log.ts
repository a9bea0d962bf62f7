import { dayOf } from '../../domain/calendar.ts';
import type { Hash } from '../../domain/ids.ts';
import { hourOf, type Seconds, secondsOfHour } from '../../domain/ids.ts';
import { publishedLog } from '../../http/kit/published-log.ts';
import type { Deps } from '../../ports/deps.ts';
import type { MailboxView } from '../../ports/store/mailbox-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { toHex } from '../../protocol/bytes.ts';
import { signMailboxHead } from '../../protocol/mailbox-head.ts';
import { emptiedBefore } from '../../protocol/mailbox-thread.ts';
import type { MailboxLog } from '../../protocol/wire-ledger.ts';

/**
 * Where the steps that a view shows are in the public log, proven against the newest published checkpoint, and a signed statement of what was shown
 * (docs/protocol.md, Promise). Sizes that the log never had are left out of the consistency proofs: whoever asks takes alarm by itself, and the mailbox still
 * opens. Null before the first checkpoint.
 */
export async function logOf(
  deps: Pick<Deps, 'store' | 'crypto' | 'clock' | 'ledger' | 'instance'>,
  view: Pick<MailboxView, 'tip' | 'head' | 'steps'>,
  sizes: readonly number[],
): Promise<MailboxLog | null> {
  const { current, proofs } = publishedLog(deps);
  const published = await current();
  if (published === null) return null;
  const { log, size, root } = published.batch;
  const places = await deps.store.ledger.indicesOf(log, view.tip);
  const emptied = emptiedBefore(view.steps);
  const indices = view.steps.map(({ no }, i) => {
    // The first that is left of an emptied chain cannot be proven: what came before it is gone.
    const index = emptied > 0 && i === 0 ? null : (places[no - 1] ?? null);
    return index !== null && index < size ? index : null;
  });
  const inside = indices.flatMap((index) => index ?? []).toSorted((a, b) => a - b);
  const nodes = inside.length === 0 ? [] : await proofs.multi(log, inside, size);
  const provable = [...new Set(sizes)].filter((old) => old <= size);
  const consistency = provable.map(async (old) => ({
    size: old,
    proof: (await proofs.consistency(log, old, size)).map(toBase64Url),
  }));
  const now = deps.clock.now();
  const signed = signMailboxHead(deps.crypto, deps.ledger, {
    origin: deps.instance.logOrigin,
    tip: view.tip,
    no: view.head.no,
    leaf: view.head.leaf as Hash,
    size,
    root: toHex(root) as Hash,
    day: dayOf(now),
    includeBy: (secondsOfHour(hourOf(now)) + 3600 + deps.instance.includeWithin) as Seconds,
  });
  const { note, head, headPath } = published;
  const hashes = nodes.map(toBase64Url);
  return {
    note,
    head,
    headPath,
    indices,
    nodes: hashes,
    consistency: await Promise.all(consistency),
    signed,
  };
}
