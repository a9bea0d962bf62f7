import type { SealedMessage, WrapsHash } from '../../domain/event-parts.ts';
import type { Act } from '../../domain/life-cycle-types.ts';
import { bringsMessage } from '../../domain/notice.ts';
import type { ThreadFacts } from '../../domain/thread.ts';
import { objectOf } from './event.ts';

/** Steps with new wraps of the whole thread; a re-wrap may bring some of it. */
const WITH_WRAPS: readonly Act['step'][] = ['transfer_sent', 'transfer_acknowledged', 'transfer_returned'];

/** The envelope that a part names, with its values as they are; undefined where it names none that can be. */
export function messageOf(value: unknown): SealedMessage | null | undefined {
  if (value === null) return null;
  const message = objectOf(value);
  const { no, seal } = message ?? {};
  return typeof no === 'number' && typeof seal === 'string' ? { no, seal } : undefined;
}

/** The blocks of wraps that a part names; undefined where it is no such list. */
export function wrapsOf(value: unknown): readonly WrapsHash[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const wraps: WrapsHash[] = [];
  for (const item of value) {
    const { no, hash } = objectOf(item) ?? {};
    if (typeof no !== 'number' || typeof hash !== 'string') return undefined;
    wraps.push({ no, hash });
  }
  return wraps;
}

/** What is wrong with what travels with an officer's step, in a few words; null when nothing is. `inside`: the actor's unit holds the tip. */
export function carriedProblem(
  act: Act,
  message: SealedMessage | null,
  wraps: readonly WrapsHash[],
  { thread, inside }: { readonly thread: ThreadFacts; readonly inside: boolean },
): string | null {
  const { step } = act;
  if (bringsMessage(act) !== (message !== null)) return 'message';
  if (message !== null && message.no !== thread.head.no + 1) return 'message number';
  const ascending = wraps.every(({ no }, i) => no > (wraps[i - 1]?.no ?? 0) && no <= thread.head.no);
  if (!ascending) return 'wraps';
  if (step === 'rewrapped') return wraps.length === 0 ? 'wraps' : null;
  // Whoever diverts from outside cannot open what is inside, nor wrap it.
  const all = WITH_WRAPS.includes(step) || (step === 'diverted' && inside);
  return wraps.length === (all ? thread.head.no : 0) ? null : 'wraps';
}
