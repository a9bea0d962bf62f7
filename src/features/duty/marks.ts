import { parseClockRules } from '../../domain/clock-rules.ts';
import { type ClockRule, dueAfter } from '../../domain/clocks.ts';
import {
  type MarkReceiver,
  markAfter,
  markReached,
  marksOf,
  parseLadders,
  toldAfterMove,
} from '../../domain/escalation.ts';
import { unitEvent } from '../../domain/events/index.ts';
import type { Seconds, UnitId } from '../../domain/ids.ts';
import { calendarAt } from '../../http/kit/calendar.ts';
import { recorded } from '../../http/kit/server-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { ClockKey, MarkedClock, NextMark, ToldMark } from '../../ports/store/marks-store.ts';

export type MarkDeps = Pick<
  Deps,
  'store' | 'clock' | 'crypto' | 'ledger' | 'random' | 'instance' | 'live' | 'log' | 'data'
>;

/** Events, and marks, that are looked at in one go. */
const AT_ONCE = 500;
/** Clocks that one event names. */
const MOST_ITEMS = 100;

/** Marks of one level and one holder that are told to the same people. */
interface Group {
  readonly unit: UnitId;
  readonly level: number;
  readonly to: MarkReceiver;
  readonly above: readonly UnitId[];
  readonly items: { readonly clock: MarkedClock; readonly mark: ToldMark }[];
}

/** The marks of a clock, or null when its rule has none. */
type MarksFor = (clock: MarkedClock) => ReturnType<typeof marksOf> | null;

async function readMarks(deps: Pick<Deps, 'store' | 'data'>, now: Seconds): Promise<MarksFor> {
  const ladders = parseLadders(deps.data.get('escalation'));
  const { rules } = parseClockRules(deps.data.get('clocks'));
  const escalating = new Map(rules.filter(({ escalates }) => escalates).map((rule) => [rule.id, rule]));
  const calendar = await calendarAt(deps, now);
  return (clock) => {
    const rule: ClockRule | undefined = escalating.get(clock.rule);
    if (rule === undefined) return null;
    const soft = rule.soft === null ? null : dueAfter(clock.started, rule.soft, calendar);
    return marksOf({ clock: clock.clock, started: clock.started, due: clock.due, soft }, ladders);
  };
}

/** What is to be kept of a clock whose tip had an event: `same` when nothing about it changed, `none` when it has no mark any more. */
function nextMark(clock: MarkedClock, marksFor: MarksFor, now: Seconds): NextMark | 'same' | 'none' {
  const { seq, clock: name, round, unit, due, known } = clock;
  const marks = clock.runs ? marksFor(clock) : null;
  if (marks === null) return known === null ? 'same' : 'none';
  if (known !== null && known.due === due && known.unit === unit) return 'same';
  const moved = toldAfterMove(marks, known?.told ?? 0, now);
  // Whoever takes a tip over that is late already has other people above them.
  const handed = known !== null && known.unit !== unit && moved === 100;
  const told = handed ? (marks.at(-2)?.level ?? 0) : moved;
  return { seq, clock: name, round, unit, due, told, at: markAfter(marks, told)?.at ?? null };
}

/** Follows the events of tips to their end and sets the marks of clocks that began, stopped, moved or changed hands. Gives where it stands. */
async function walk(deps: MarkDeps, marksFor: MarksFor, now: Seconds): Promise<number> {
  for (;;) {
    const { clocks, from, upTo } = await deps.store.marks.changed(AT_ONCE);
    if (from === upTo) return from;
    const set: NextMark[] = [];
    const drop: ClockKey[] = [];
    for (const clock of clocks) {
      const next = nextMark(clock, marksFor, now);
      if (next === 'none') drop.push({ seq: clock.seq, clock: clock.clock, round: clock.round });
      else if (next !== 'same') set.push(next);
    }
    // Should somebody else have walked on, the next page begins where they came to.
    await deps.store.marks.keep({ set, drop }, { from, upTo });
  }
}

/** The units above to whom the end of a clock is told: the holder's, and the receiver's where one does not acknowledge a transfer. */
async function unitsAbove(deps: Pick<Deps, 'store'>, clock: MarkedClock): Promise<readonly UnitId[]> {
  const of = clock.clock === 'transfer_ack' && clock.transferTo !== null ? [clock.transferTo] : [];
  const above = new Set<UnitId>();
  for (const unit of [clock.unit, ...of]) {
    const parent = (await deps.store.directory.unit(unit))?.parent ?? null;
    if (parent !== null) above.add(parent);
  }
  return [...above].sort();
}

/** The marks that have come, by those who are told together; and clocks whose mark the law has moved since it was set. */
async function grouped(deps: MarkDeps, marksFor: MarksFor, clocks: readonly MarkedClock[], now: Seconds) {
  const groups: Group[] = [];
  const set: NextMark[] = [];
  const drop: ClockKey[] = [];
  const known = new Map<string, readonly UnitId[]>();
  for (const clock of clocks) {
    const { seq, clock: name, round, unit, due } = clock;
    const was = clock.known?.told ?? 0;
    const marks = marksFor(clock);
    const reached = marks === null ? null : markReached(marks, was, now);
    const key = { seq, clock: name, round, unit, due };
    if (marks === null) drop.push(key);
    else if (reached === null) set.push({ ...key, told: was, at: markAfter(marks, was)?.at ?? null });
    if (marks === null || reached === null) continue;
    const { level, to: wanted } = reached;
    const tree = `${unit} ${name === 'transfer_ack' ? clock.transferTo : ''}`;
    const over = wanted === 'parent' ? (known.get(tree) ?? (await unitsAbove(deps, clock))) : [];
    if (wanted === 'parent') known.set(tree, over);
    // Nobody stands above a ministry: its own heads are told.
    const to = wanted === 'parent' && over.length === 0 ? 'head' : wanted;
    const mark = { ...key, was, told: level, at: markAfter(marks, level)?.at ?? null };
    const same = groups.findLast(
      (group) =>
        group.unit === unit && group.level === level && group.to === to && group.above.join() === over.join(),
    );
    if (same !== undefined && same.items.length < MOST_ITEMS) same.items.push({ clock, mark });
    else groups.push({ unit, level, to, above: over, items: [{ clock, mark }] });
  }
  return { groups, set, drop };
}

/** Tells one group by one event of its holder, and open consoles with it. False when a step came in between. */
async function tell(
  deps: MarkDeps,
  { unit, level, to, above, items }: Group,
  now: Seconds,
): Promise<boolean> {
  const named = items.map(({ clock }) => [clock.tip, clock.clock, clock.due] as const);
  const act = unitEvent(unit, 'clocks_escalated', { level, to, above, items: named });
  const marks = items.map(({ mark }) => mark);
  const result = await recorded(deps, act, (event) => deps.store.marks.tell(event, marks, above, now));
  if (result === 'passed') return false;
  for (const one of [unit, ...above])
    deps.live.publish(one, { kind: 'escalated', level, tips: items.length });
  return true;
}

/**
 * One look: sets marks for what happened to tips since the last one, then tells every mark that has come, in order of time. A clock of which
 * several have come, as after days in which the service was off, is told by the furthest. Gives how many clocks were told of. The row of a mark
 * changes with the event that tells it, so neither a kill nor a second process tells anything twice.
 */
export async function sweepMarks(deps: MarkDeps): Promise<number> {
  const now = deps.clock.now();
  const marksFor = await readMarks(deps, now);
  let told = 0;
  for (;;) {
    const place = await walk(deps, marksFor, now);
    const clocks = await deps.store.marks.due(now, AT_ONCE);
    const { groups, set, drop } = await grouped(deps, marksFor, clocks, now);
    if (set.length + drop.length > 0)
      await deps.store.marks.keep({ set, drop }, { from: place, upTo: place });
    let passed = false;
    for (const group of groups) {
      if (await tell(deps, group, now)) told += group.items.length;
      else passed = true;
    }
    // What a step came in between of is left to the next look.
    if (passed || clocks.length < AT_ONCE) return told;
  }
}

/** Looks when the service starts and every so many seconds. Failures are logged and tried again; `stop` resolves when a look that runs has ended. */
export function watchMarks(deps: MarkDeps, every: number): { stop(): Promise<void> } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const look = async (): Promise<void> => {
    try {
      await sweepMarks(deps);
    } catch (error) {
      deps.log.service('warn', 'marks_failed', { kind: error instanceof Error ? error.name : 'unknown' });
    }
    if (!stopped) timer = setTimeout(again, every * 1000);
  };
  const again = (): void => {
    running = look();
  };
  let running = look();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
