import { type Seconds, type StaffId, secondsOfHour, type TipId, type UnitId } from '../../domain/ids.ts';
import { HANDLER_ROLES, OUTSIDE_ROLES } from '../../domain/roles.ts';
import type { Role } from '../../domain/terms.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Alarm, AlarmLevel } from '../../ports/live.ts';

type AlarmDeps = Pick<Deps, 'clock' | 'live' | 'store'>;

/** One rung: after so many seconds without anybody taking an urgent tip up, people with any of these roles hear of it. */
export interface AlarmRung {
  readonly level: AlarmLevel;
  /** Seconds. */
  readonly after: number;
  readonly roles: readonly Role[];
}

/** Who hears of an urgent tip, and when; docs/workflow.md is written from it. Policy: the law is silent. */
export const ALARM_LADDER: readonly AlarmRung[] = [
  { level: 'unit', after: 0, roles: HANDLER_ROLES },
  { level: 'deputy', after: 15 * 60, roles: ['deputy'] },
  { level: 'head', after: 20 * 60, roles: ['head'] },
  { level: 'parent', after: 25 * 60, roles: OUTSIDE_ROLES },
];

/**
 * Brings the alarms in line with the store and the clock: urgent tips that nobody took up sound in their unit, climb the ladder while
 * nobody acknowledges them, and are told to the unit above at once when no console of the unit is open. Called every few seconds and
 * whenever an urgent tip comes in; calling it again does nothing twice. After a restart it starts from the stored hour of receipt, so it
 * rings rather too early than too late.
 */
export async function tickAlarms(deps: AlarmDeps): Promise<void> {
  const now = deps.clock.now();
  const waiting = await deps.store.triage.urgentUntaken();
  const untaken = new Set(waiting.map(({ tip }) => tip));
  for (const alarm of deps.live.alarms.all()) if (!untaken.has(alarm.tip)) alarmOver(deps, alarm.tip);
  for (const { tip, unit, t0 } of waiting) {
    const known = deps.live.alarms.get(tip);
    const alarm = known?.unit === unit ? known : newAlarm(tip, unit, secondsOfHour(t0), known, now);
    await sound(deps, alarm, now);
  }
}

/** A tip seen for the first time within its own hour came just now; one from an earlier hour (a restart) came then at the latest. */
function newAlarm(tip: TipId, unit: UnitId, hour: Seconds, before: Alarm | null, now: Seconds): Alarm {
  const since = before?.since ?? (now < hour + 3600 ? now : hour);
  return { tip, unit, since, told: [], toldNoConsole: false, acknowledgedBy: null };
}

async function sound(deps: AlarmDeps, alarm: Alarm, now: Seconds): Promise<void> {
  if (alarm.acknowledgedBy !== null) return;
  const due = ALARM_LADDER.filter(({ after }) => now - alarm.since >= after).map(({ level }) => level);
  const levels = due.filter((level) => !alarm.told.includes(level));
  const alone = deps.live.consoles(alarm.unit) === 0 && !alarm.toldNoConsole;
  deps.live.alarms.set({
    ...alarm,
    told: [...alarm.told, ...levels],
    toldNoConsole: alarm.toldNoConsole || alone,
  });
  const parent = alone || levels.includes('parent') ? await parentOf(deps, alarm.unit) : null;
  for (const level of levels) {
    const to = level === 'parent' ? parent : alarm.unit;
    if (to !== null) deps.live.publish(to, { kind: 'alarm', tip: alarm.tip, level, reason: 'untaken' });
  }
  if (alone && parent !== null)
    deps.live.publish(parent, { kind: 'alarm', tip: alarm.tip, level: 'parent', reason: 'no_console' });
}

const parentOf = async (deps: AlarmDeps, unit: UnitId): Promise<UnitId | null> =>
  (await deps.store.directory.unit(unit))?.parent ?? null;

/** Somebody has heard it: the alarm is silent for everybody until it is over. False when there is none. */
export async function acknowledgeAlarm(deps: AlarmDeps, tip: TipId, by: StaffId): Promise<boolean> {
  const alarm = deps.live.alarms.get(tip);
  if (alarm === null) return false;
  deps.live.alarms.set({ ...alarm, acknowledgedBy: alarm.acknowledgedBy ?? by });
  await tellOver(deps, alarm);
  return true;
}

/** Ends a tip's alarm: it was taken up, handed on, or is no longer urgent work. */
export function alarmOver(deps: AlarmDeps, tip: TipId): void {
  const alarm = deps.live.alarms.get(tip);
  if (alarm === null) return;
  deps.live.alarms.delete(tip);
  void tellOver(deps, alarm).catch(() => undefined);
}

async function tellOver(deps: AlarmDeps, alarm: Alarm): Promise<void> {
  deps.live.publish(alarm.unit, { kind: 'alarm_over', tip: alarm.tip });
  const parent = await parentOf(deps, alarm.unit);
  if (parent !== null) deps.live.publish(parent, { kind: 'alarm_over', tip: alarm.tip });
}

/** What sounds for a unit now: its own untaken alarms, and those of units below that have climbed to it. */
export async function soundingFor(
  deps: AlarmDeps,
  unit: UnitId,
): Promise<
  readonly { readonly tip: TipId; readonly level: AlarmLevel; readonly reason: 'untaken' | 'no_console' }[]
> {
  const found = [];
  for (const { tip, unit: holder, told, toldNoConsole, acknowledgedBy } of deps.live.alarms.all()) {
    if (acknowledgedBy !== null) continue;
    if (holder === unit) {
      for (const level of told)
        if (level !== 'parent') found.push({ tip, level, reason: 'untaken' as const });
    } else if ((await parentOf(deps, holder)) === unit) {
      if (told.includes('parent')) found.push({ tip, level: 'parent' as const, reason: 'untaken' as const });
      else if (toldNoConsole) found.push({ tip, level: 'parent' as const, reason: 'no_console' as const });
    }
  }
  return found;
}
