import { type Answerable, answerable } from '../../domain/focal.ts';
import type { Seconds } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import type { SeenTip } from './access.ts';

/** The one who answers, by name. `since` knows of people alone: when the tip came to its stage is in its own steps. */
export interface AnsweringView extends Answerable {
  readonly name: string | null;
}

/** Who answers for a tip at this moment: in the unit that holds it, or above it in its own tree when nobody there can. */
export async function answeringFor(
  deps: Pick<Deps, 'store' | 'clock'>,
  { detail, above }: SeenTip,
): Promise<AnsweringView> {
  const { stage, overlay, pending, unit } = detail.state;
  const now = deps.clock.now();
  const [holder, ...units] = await deps.store.duty.duties([unit, ...above], now);
  if (holder === undefined) throw new Error('a store answers for every unit that it is asked for');
  const { assignee } = detail;
  const onDesk = { stage, overlay, pending: pending !== null, assignee, since: 0 as Seconds };
  const who = answerable(onDesk, [holder, ...units], now);
  const person = who.staff === null ? null : await deps.store.accounts.byId(who.staff);
  return { ...who, name: person?.displayName ?? null };
}
