import { AppError } from '../../domain/errors.ts';
import { holesIn } from '../../domain/focal.ts';
import type { UnitId } from '../../domain/ids.ts';
import type { RouteTable } from '../../domain/routing.ts';
import { FOCAL_STAGES } from '../../domain/transition-types.ts';
import { scopeOf } from '../../http/kit/scope.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { UnitRow } from '../../ports/store/directory-store.ts';
import type { QueueCursor } from '../../ports/store/triage-store.ts';

/** Tips of a page. */
const PAGE = 50;
/** Units of a board; more are shown a province at a time. */
const MOST_UNITS = 200;
/** The kinds by which a province is called, the first that is there. */
const NAMED_BY = ['provincial_police', 'provincial_inspectorate'];

/**
 * What is overdue in the units below, for their leaders above: how much in each unit and since when, stages that nobody present answers for, and
 * the tips, the longest overdue first; of one unit where one is named. Over more than 200 units, `provinces` says which there are, and nothing
 * is listed until one of them is named. Units that must not show there are in no line and no sum (`unitsInScope`). Errors: `forbidden`,
 * `unit_unknown` for a unit or a province that is not below.
 */
export async function boardBelow(
  deps: Deps,
  routes: RouteTable,
  staff: StaffRow,
  asked: {
    readonly province: string | undefined;
    readonly unit: UnitId | undefined;
    readonly after: QueueCursor | null;
  },
) {
  const now = deps.clock.now();
  const scope = await scopeOf(deps, routes, staff);
  const all = scope.filter(({ code }) => code !== staff.unit);
  const provinces = all.length > MOST_UNITS ? provincesOf(all) : null;
  if (provinces !== null && asked.province === undefined)
    return { provinces, units: [], rows: [], next: null };
  const below =
    asked.province === undefined ? all : all.filter(({ province }) => province === asked.province);
  if (asked.province !== undefined && below.length === 0)
    throw new AppError('unit_unknown', { field: 'province' });
  const names = new Map(below.map((row) => [row.code, { vi: row.nameVi, en: row.nameEn }]));
  if (asked.unit !== undefined && !names.has(asked.unit))
    throw new AppError('unit_unknown', { field: 'unit' });
  const codes = below.map(({ code }) => code);
  const [overdue, duties, tips] = await Promise.all([
    deps.store.board.overdueByUnit(codes, now),
    deps.store.duty.duties(codes, now),
    deps.store.board.overdueTips(asked.unit === undefined ? codes : [asked.unit], now, asked.after, PAGE),
  ]);
  const holes = new Map(
    duties
      // A unit in which nobody works has its tips handled above.
      .filter(({ leaders, duties: named }) => leaders.length > 0 || named.length > 0)
      .map((unit) => [unit.unit, holesIn(unit, FOCAL_STAGES, now)]),
  );
  const nameOf = (unit: UnitId) => names.get(unit) ?? { vi: unit, en: unit };
  const late = new Map(overdue.map((row) => [row.unit, row]));
  const units = codes
    .map((unit) => ({
      ...{ unit, name: nameOf(unit), holes: holes.get(unit) ?? [] },
      overdue: late.get(unit)?.overdue ?? 0,
      oldestDue: late.get(unit)?.oldestDue ?? null,
    }))
    .filter((row) => row.overdue > 0 || row.holes.length > 0)
    .toSorted((a, b) => b.overdue - a.overdue || b.holes.length - a.holes.length);
  return {
    provinces,
    units,
    rows: tips.rows.map((row) => ({ ...row, unitName: nameOf(row.unit) })),
    next: tips.next === null ? null : `${tips.next.key}.${tips.next.seq}`,
  };
}

/** The provinces of units, each called by its first unit, in the order of their codes. */
function provincesOf(units: readonly UnitRow[]) {
  return [...Map.groupBy(units, ({ province }) => province)]
    .flatMap(([province, within]) => {
      const first =
        NAMED_BY.map((kind) => within.find((unit) => unit.kind === kind)).find(Boolean) ?? within[0];
      return first === undefined ? [] : [{ province, name: { vi: first.nameVi, en: first.nameEn } }];
    })
    .toSorted((a, b) => (a.province < b.province ? -1 : 1));
}
