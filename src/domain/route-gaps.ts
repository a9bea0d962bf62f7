import type { UnitId } from './ids.ts';
import { ancestorsOf } from './roles.ts';
import { isKeptOut, type RouteTable } from './routing.ts';

/** A unit that would still get a tip although a unit above it, whose leaders see its figures and overdue tips, is kept out. */
export interface RouteGap {
  readonly unit: UnitId;
  readonly above: UnitId;
}

/**
 * The holes of a route table over a tree of units: whoever keeps a unit out must keep out every unit below it as well, for leaders see
 * the counts, the alarms and the overdue tips of what is under them. An instance with a hole must not take tips.
 */
export const routeGaps = (
  units: readonly { readonly code: UnitId; readonly parent: UnitId | null }[],
  table: Pick<RouteTable, 'excludesAlso'>,
): RouteGap[] => {
  const parents = new Map(units.map(({ code, parent }) => [code, parent]));
  return units.flatMap(({ code }) =>
    ancestorsOf(code, (unit) => parents.get(unit) ?? null)
      .filter((above) => !isKeptOut(code, [above], table))
      .map((above) => ({ unit: code, above })),
  );
};
