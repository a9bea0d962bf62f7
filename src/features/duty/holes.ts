import { dayOf } from '../../domain/calendar.ts';
import { unitEvent } from '../../domain/events/index.ts';
import type { UnitId } from '../../domain/ids.ts';
import { recorded } from '../../http/kit/server-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';

type WatchDeps = Pick<Deps, 'store' | 'clock' | 'crypto' | 'ledger' | 'random' | 'instance' | 'live' | 'log'>;

/** Milliseconds between two looks: absences and hand-overs begin and end at midnight, the rest is told within this time. */
const EVERY = 300_000;

/** What a leader is told: stages without anybody there in their own unit, and in those right below it. */
export async function holesAround(deps: Pick<Deps, 'store' | 'clock'>, { unit }: StaffRow) {
  const found = await deps.store.duty.holes({ around: unit }, deps.clock.now());
  const own = found.find((one) => one.unit === unit);
  return {
    own: own?.stages ?? [],
    below: found
      .filter((one) => one.unit !== unit)
      .map(({ unit: code, nameVi, nameEn, stages }) => ({
        ...{ unit: code, name: { vi: nameVi, en: nameEn }, stages },
      })),
  };
}

/** The stages without anybody by unit, as they were found last, with the unit above. */
type Seen = ReadonlyMap<UnitId, { readonly stages: string; readonly parent: UnitId | null }>;

/**
 * Looks at every unit to which tips can be sent. A unit with a stage without anybody there gets its event, once a day; open consoles of the
 * unit and of the one above it hear when something differs from what was `seen` last. Gives what is so now.
 */
export async function lookForHoles(deps: WatchDeps, seen: Seen): Promise<Seen> {
  const now = deps.clock.now();
  const today = dayOf(now);
  const found = await deps.store.duty.holes('reachable', now);
  for (const { unit, stages, told } of found)
    if (told === null || told < today)
      await recorded(deps, unitEvent(unit, 'focal_missing', { stages }), (event) =>
        deps.store.duty.tellHoles(event, unit, today),
      );
  const current = new Map(found.map((one) => [one.unit, { stages: one.stages.join(), parent: one.parent }]));
  for (const unit of changed(seen, current)) deps.live.publish(unit, { kind: 'holes_changed' });
  return current;
}

/** The units, and those above them, for which something is not as it was. */
function changed(before: Seen, after: Seen): ReadonlySet<UnitId> {
  const units = [...new Set([...before.keys(), ...after.keys()])].filter(
    (unit) => before.get(unit)?.stages !== after.get(unit)?.stages,
  );
  return new Set(
    units.flatMap((unit) => {
      const parent = (after.get(unit) ?? before.get(unit))?.parent ?? null;
      return parent === null ? [unit] : [unit, parent];
    }),
  );
}

/** Looks for stages without anybody when the service starts, then now and then. Failures are logged and tried again. */
export function watchHoles(deps: WatchDeps): { stop(): void } {
  let seen: Seen = new Map();
  let busy = false;
  const look = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      seen = await lookForHoles(deps, seen);
    } catch (error) {
      deps.log.service('warn', 'holes_failed', { kind: error instanceof Error ? error.name : 'unknown' });
    } finally {
      busy = false;
    }
  };
  void look();
  const timer = setInterval(() => void look(), EVERY);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
