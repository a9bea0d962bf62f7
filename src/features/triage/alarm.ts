import { type Seconds, type StaffId, secondsOfHour, type TipId, type UnitId } from '../../domain/ids.ts';
import type { AlarmLevel } from '../../domain/live-event.ts';
import { HANDLER_ROLES, OUTSIDE_ROLES } from '../../domain/roles.ts';
import type { Role } from '../../domain/terms.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Alarm } from '../../ports/live.ts';
import type { KeptAlarm, QueueCursor, UntakenTip } from '../../ports/store/triage-store.ts';

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

/** Untaken tips fetched at a time. */
const PAGE = 500;

type ParentOf = (unit: UnitId) => Promise<UnitId | null>;

/** The unit above each unit, asked once. */
function createParents(deps: AlarmDeps): ParentOf {
  const known = new Map<UnitId, Promise<UnitId | null>>();
  return (unit) => {
    const parent = known.get(unit) ?? deps.store.directory.unit(unit).then((row) => row?.parent ?? null);
    known.set(unit, parent);
    return parent;
  };
}

/**
 * Brings the alarms in line with the store and the clock: every urgent tip that nobody took up sounds in its unit, climbs the ladder while
 * nobody acknowledges it, and is told to the unit above at once when no console of the unit is open. An alarm ends by the state of its own
 * tip alone, however many others there are. Called every few seconds; calling it again does nothing twice.
 * @param starting true until it has succeeded once since the service began: what is found then came while nobody listened.
 */
export async function tickAlarms(deps: AlarmDeps, starting = false): Promise<void> {
  const parentOf = createParents(deps);
  const seen = new Set<TipId>();
  let after: QueueCursor | null = null;
  do {
    const page = await deps.store.triage.urgentUntaken(after, PAGE);
    const moved: KeptAlarm[] = [];
    for (const tip of page.rows) {
      seen.add(tip.tip);
      const kept = keptOf(await climb(deps, tip, starting, parentOf));
      if (!sameKept(kept, tip.kept)) moved.push(kept);
    }
    if (moved.length > 0) await deps.store.triage.keepAlarms(moved);
    after = page.next;
  } while (after !== null);
  for (const { tip } of deps.live.alarms.all())
    if (!seen.has(tip) && !(await deps.store.triage.isUrgentUntaken(tip))) alarmOver(deps, tip);
}

/** Sounds a tip that has just come in: its first rung, and the unit above when nobody is there to hear it. */
export async function ringAlarm(deps: AlarmDeps, tip: TipId, unit: UnitId): Promise<void> {
  if (deps.live.alarms.get(tip) !== null) return;
  const now = deps.clock.now();
  await sound(deps, newAlarm(tip, unit, now), now, createParents(deps));
}

async function climb(
  deps: AlarmDeps,
  { tip, unit, t0, kept }: UntakenTip,
  starting: boolean,
  parentOf: ParentOf,
): Promise<Alarm> {
  const now = deps.clock.now();
  const known = deps.live.alarms.get(tip);
  if (known !== null) return sound(deps, known, now, parentOf);
  const hour = secondsOfHour(t0);
  const since = kept === null ? (starting ? hour : now) : sinceOf(kept.rungs, hour, now);
  const alarm = newAlarm(tip, unit, since);
  if (kept === null || kept.acknowledgedBy === null) return sound(deps, alarm, now, parentOf);
  const told = ALARM_LADDER.slice(0, kept.rungs).map(({ level }) => level);
  const { noConsole: toldNoConsole, acknowledgedBy } = kept;
  return sound(deps, { ...alarm, told, toldNoConsole, acknowledgedBy }, now, parentOf);
}

const newAlarm = (tip: TipId, unit: UnitId, since: Seconds): Alarm => ({
  tip,
  unit,
  since,
  told: [],
  toldNoConsole: false,
  acknowledgedBy: null,
});

/**
 * When an alarm began that had climbed so many rungs before a restart. So early that they and the next one are due now, but not before its
 * hour of receipt, and at the latest when that hour ended: it climbs a rung early rather than a second late.
 */
function sinceOf(rungs: number, hour: Seconds, now: Seconds): Seconds {
  const next = ALARM_LADDER[rungs]?.after ?? Number.POSITIVE_INFINITY;
  return Math.max(hour, Math.min(now - next, hour + 3600)) as Seconds;
}

const keptOf = ({ tip, told, toldNoConsole, acknowledgedBy }: Alarm): KeptAlarm => ({
  tip,
  rungs: told.length,
  noConsole: toldNoConsole,
  acknowledgedBy,
});

const sameKept = (alarm: KeptAlarm, kept: UntakenTip['kept']): boolean =>
  kept !== null &&
  kept.rungs === alarm.rungs &&
  kept.noConsole === alarm.noConsole &&
  kept.acknowledgedBy === alarm.acknowledgedBy;

/** Tells what is due and was not told yet. */
async function sound(deps: AlarmDeps, alarm: Alarm, now: Seconds, parentOf: ParentOf): Promise<Alarm> {
  if (alarm.acknowledgedBy !== null) {
    deps.live.alarms.set(alarm);
    return alarm;
  }
  const due = ALARM_LADDER.filter(({ after }) => now - alarm.since >= after).map(({ level }) => level);
  const levels = due.filter((level) => !alarm.told.includes(level));
  const alone = deps.live.consoles(alarm.unit) === 0 && !alarm.toldNoConsole;
  const { tip, unit, told, toldNoConsole } = alarm;
  const sounded = { ...alarm, told: [...told, ...levels], toldNoConsole: toldNoConsole || alone };
  deps.live.alarms.set(sounded);
  const parent = alone || levels.includes('parent') ? await parentOf(unit) : null;
  for (const level of levels) {
    const to = level === 'parent' ? parent : unit;
    if (to !== null) deps.live.publish(to, { kind: 'alarm', tip, level, reason: 'untaken' });
  }
  if (alone && parent !== null)
    deps.live.publish(parent, { kind: 'alarm', tip, level: 'parent', reason: 'no_console' });
  return sounded;
}

/** Somebody has heard it: the alarm is silent for everybody until it is over. False when there is none. */
export async function acknowledgeAlarm(deps: AlarmDeps, tip: TipId, by: StaffId): Promise<boolean> {
  const alarm = deps.live.alarms.get(tip);
  if (alarm === null) return false;
  const heard = { ...alarm, acknowledgedBy: alarm.acknowledgedBy ?? by };
  deps.live.alarms.set(heard);
  await tellOver(deps, alarm);
  await deps.store.triage.keepAlarms([keptOf(heard)]);
  return true;
}

/** Ends a tip's alarm: it was taken up, or is no longer urgent. What was kept of it went with that change. */
export function alarmOver(deps: AlarmDeps, tip: TipId): void {
  const alarm = deps.live.alarms.get(tip);
  if (alarm === null) return;
  deps.live.alarms.delete(tip);
  void tellOver(deps, alarm).catch(() => undefined);
}

async function tellOver(deps: AlarmDeps, alarm: Alarm): Promise<void> {
  deps.live.publish(alarm.unit, { kind: 'alarm_over', tip: alarm.tip });
  const parent = await createParents(deps)(alarm.unit);
  if (parent !== null) deps.live.publish(parent, { kind: 'alarm_over', tip: alarm.tip });
}

/** An alarm as a console is told of it. */
export interface SoundingAlarm {
  readonly tip: TipId;
  readonly level: AlarmLevel;
  readonly reason: 'untaken' | 'no_console';
}

/** What sounds for a unit now: its own untaken alarms, and those of units below that have climbed to it. */
export async function soundingFor(deps: AlarmDeps, unit: UnitId): Promise<readonly SoundingAlarm[]> {
  const found: SoundingAlarm[] = [];
  const parentOf = createParents(deps);
  for (const { tip, unit: holder, told, toldNoConsole, acknowledgedBy } of deps.live.alarms.all()) {
    if (acknowledgedBy !== null) continue;
    if (holder === unit) {
      for (const level of told) if (level !== 'parent') found.push({ tip, level, reason: 'untaken' });
    } else if ((await parentOf(holder)) === unit) {
      if (told.includes('parent')) found.push({ tip, level: 'parent', reason: 'untaken' });
      else if (toldNoConsole) found.push({ tip, level: 'parent', reason: 'no_console' });
    }
  }
  return found;
}
