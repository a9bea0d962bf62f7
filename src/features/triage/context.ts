import { holderOnceDone } from '../../domain/event-parts.ts';
import type { Seconds, UnitId } from '../../domain/ids.ts';
import type { DecideContext } from '../../domain/life-cycle.ts';
import type { Act, Actor } from '../../domain/life-cycle-types.ts';
import { mayBeDivertedTo } from '../../domain/routing.ts';
import { procuracyIn, supervises } from '../../domain/supervision.ts';
import { calendarAt } from '../../http/kit/calendar.ts';
import type { Deps } from '../../ports/deps.ts';
import type { SeenTip } from './access.ts';
import { kindIfKnown, kindOf } from './kind-of.ts';
import type { Law } from './law.ts';
import { conversationOf } from './thread.ts';

/** The step to be decided. */
interface Asked {
  readonly seen: SeenTip;
  readonly actor: Actor;
  readonly act: Act;
  readonly at: Seconds;
}

/**
 * What `decide` needs beside tip and actor, as the directory and the recorded assignments have it at the step's moment. Error `unit_unknown` (the
 * holder is none).
 */
export async function contextOf(deps: Deps, law: Law, asked: Asked): Promise<DecideContext> {
  const { seen, actor, act, at } = asked;
  const { state, events } = seen.detail;
  const diverts = act.step === 'diverted' ? await divertsTo(deps, law, act.toUnit, state.unit) : null;
  // A unit that may not have it decides nothing; its own kind may not even be known.
  const holder = diverts === false ? state.unit : holderOnceDone(state, actor, act);
  const toUnitKind = act.step === 'transfer_sent' ? await kindIfKnown(deps, act.toUnit) : null;
  const named = await namesSupervisor(deps, act, state.unit);
  return {
    ...law,
    now: at,
    unitKind: await kindOf(deps, holder),
    calendar: await calendarAt(deps, at),
    rights: SETTLES.has(act.step) ? await deps.store.rights.rightsOf(actor.unit, actor.staff, at) : [],
    remote: false,
    thread: conversationOf(events),
    ...(toUnitKind === null ? {} : { toUnitKind }),
    ...(named === null ? {} : { supervises: named }),
    ...(diverts === null ? {} : { divertsTo: diverts }),
  };
}

/** Whether the routes allow a unit to be given what another one holds, and there is such a unit. */
async function divertsTo(
  deps: Pick<Deps, 'store'>,
  law: Law,
  unit: UnitId,
  holder: UnitId,
): Promise<boolean> {
  return mayBeDivertedTo(unit, holder, law.routes) && (await kindIfKnown(deps, unit)) !== null;
}

/** Steps that only the right to settle allows where the law asks for it. */
const SETTLES: ReadonlySet<Act['step']> = new Set(['resolved', 'suspended']);

/** Whether the procuracy that an act names supervises a unit. Null when the act names none. */
async function namesSupervisor(deps: Pick<Deps, 'store'>, act: Act, unit: UnitId): Promise<boolean | null> {
  const toUnit = procuracyIn(act);
  if (toUnit === null) return null;
  const [named, holder] = await Promise.all([
    deps.store.directory.unit(toUnit),
    deps.store.directory.unit(unit),
  ]);
  return named !== null && holder !== null && supervises(named, holder);
}
