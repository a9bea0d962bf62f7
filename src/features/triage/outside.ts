import type { UnitId } from '../../domain/ids.ts';
import type { QueueRow } from '../../domain/tip-row.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { TipDetail } from '../../ports/store/triage-store.ts';
import { callsForAbove, leadsUnit, unitsBelow } from './access.ts';

/** A tip of a unit below that calls for somebody from above, and why. */
export interface OutsideRow extends QueueRow {
  readonly why: 'decision' | 'urgent' | 'transfer' | 'overdue';
  /** Name of the unit that holds it. */
  readonly unitName: { readonly vi: string; readonly en: string };
}

/** Alarms that are listed. */
const MOST = 200;

/**
 * Tips of the units below that wait for this unit: proposals of spam or unreadable, urgent tips whose alarm has climbed here, and, for leaders, those
 * of which they were told that a deadline has passed. The longest waiting 200 of each: the next come up as these are taken.
 */
export async function outsideQueue(deps: Deps, staff: StaffRow): Promise<readonly OutsideRow[]> {
  const below = await unitsBelow(deps, staff.unit);
  const rows = new Map<string, OutsideRow>();
  for (const row of await deps.store.triage.decisionsElsewhere(below)) {
    const why = await reasonFor(deps, row);
    if (why !== null) rows.set(row.tip, { ...row, why, unitName: await nameOf(deps, row.unit) });
  }
  let alarms = 0;
  for (const alarm of deps.live.alarms.all()) {
    const climbed = alarm.told.includes('parent') || alarm.toldNoConsole;
    if (rows.has(alarm.tip) || !climbed || !below.includes(alarm.unit)) continue;
    if (++alarms > MOST) break;
    const detail = await deps.store.triage.tip(alarm.tip);
    const why = detail === null ? null : callsForAbove(detail, deps.clock.now());
    if (detail === null || why === null) continue;
    rows.set(alarm.tip, { ...rowOf(detail), why, unitName: await nameOf(deps, detail.unit) });
  }
  if (leadsUnit(staff)) await addOverdue(deps, staff.unit, rows);
  return [...rows.values()];
}

/** Adds the tips of which a unit was told that a deadline has passed. */
async function addOverdue(deps: Deps, unit: UnitId, rows: Map<string, OutsideRow>): Promise<void> {
  const told = await deps.store.marks.toldTo(unit, MOST);
  if (told.length === 0) return;
  const units = new Map((await deps.store.directory.units(null)).map((row) => [row.code, row]));
  for (const row of told) {
    if (rows.has(row.tip)) continue;
    const holder = units.get(row.unit);
    const unitName = { vi: holder?.nameVi ?? row.unit, en: holder?.nameEn ?? row.unit };
    rows.set(row.tip, { ...row, why: 'overdue', unitName });
  }
}

async function nameOf(deps: Deps, code: UnitId): Promise<OutsideRow['unitName']> {
  const unit = await deps.store.directory.unit(code);
  return { vi: unit?.nameVi ?? code, en: unit?.nameEn ?? code };
}

/** The row of a tip as lists show it. */
const rowOf = (tip: TipDetail): QueueRow => ({
  tip: tip.tip,
  unit: tip.unit,
  t0: tip.t0,
  registerNumber: tip.registerNumber,
  stage: tip.stage,
  overlay: tip.overlay,
  priority: tip.priority,
  urgent: tip.urgent,
  conductGroup: tip.conductGroup,
  conduct: tip.conduct,
  legalKind: tip.legalKind,
  channel: tip.channel,
  assurance: tip.assurance,
  assignee: tip.assignee,
  due: tip.due,
  outcome: tip.outcome,
  pending: tip.pending,
});

async function reasonFor(deps: Deps, row: QueueRow): Promise<OutsideRow['why'] | null> {
  const detail = await deps.store.triage.tip(row.tip);
  return detail === null ? null : callsForAbove(detail, deps.clock.now());
}
