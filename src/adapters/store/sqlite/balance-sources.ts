import { sql } from 'kysely';
import type { Day, Seconds, UnitId } from '../../../domain/ids.ts';
import type { Balance } from '../../../domain/rates.ts';
import type { Outcome, Stage } from '../../../domain/terms.ts';
import type { Names } from '../sql/builder.ts';
import type { Db } from './connection.ts';
import { type Prepared, prepared } from './prepared.ts';

export interface BehindRow {
  readonly id: Uint8Array;
  readonly seq: number;
  readonly unit: UnitId;
  readonly stage: Stage | null;
  readonly outcome: Outcome | null;
  readonly handed_over: Seconds | null;
  readonly due: Seconds | null;
  readonly stopped: Seconds | null;
  readonly register_number: string | null;
  readonly key: string | number;
  readonly no: number;
}

interface PageValues {
  readonly unit: UnitId;
  /** The units asked for, as JSON: a transfer between two of them is none. */
  readonly scope: string;
  readonly from: Day;
  readonly to: Day;
  readonly today: Day;
  readonly key: string | number;
  readonly tip: number;
  readonly no: number;
  readonly limit: number;
}

type P = Names<PageValues>;

/** What a unit may see of a tip `t`: where it stands only while the unit holds it. */
const seenBy = (
  p: P,
) => sql`t.id, t.seq, ${p('unit')} as unit, iif(t.unit = ${p('unit')}, t.stage, null) as stage,
  iif(t.unit = ${p('unit')}, t.outcome, null) as outcome,
  iif(t.unit = ${p('unit')}, null, (select max(h.held_until) from custody h
    where h.tip = t.seq and h.unit = ${p('unit')} and h.status = 'ended')) as handed_over,
  (select r.number || '/' || r.year from register r where r.tip = t.seq and r.unit = ${p('unit')}
    order by r.year desc, r.number desc limit 1) as register_number`;

const OPEN = sql`t.stage not in ('resolved', 'notified', 'archived')`;
/** The hour (UTC) with which a day in UTC+7 begins. */
const hourOf = (day: ReturnType<P>) => sql`(unixepoch(${day}) / 3600 - 7)`;
const afterDay = (day: ReturnType<P>) => sql`(${hourOf(day)} + 24)`;

/** Tips that the unit was the first to get and still or again has, by the hour of receipt. */
const sent = (p: P) => sql<BehindRow>`select ${seenBy(p)}, t.due, null as stopped, t.t0 as key, 0 as no
  from tip t indexed by tip_all
  where t.unit = ${p('unit')} and t.t0 >= ${hourOf(p('from'))} and t.t0 < ${afterDay(p('to'))}
    and (t.t0, t.seq) > (${p('key')}, ${p('tip')})
    and exists (select 1 from custody h where h.tip = t.seq and h.no = 1 and h.unit = ${p('unit')})
  order by t.t0, t.seq limit ${p('limit')}`;

/** The others that it was the first to get. */
const sentAndLeft = (
  p: P,
) => sql<BehindRow>`select ${seenBy(p)}, null as due, null as stopped, h.held_from as key, 0 as no
  from custody h indexed by custody_first_left cross join tip t on t.seq = h.tip
  where h.unit = ${p('unit')} and h.no = 1 and h.status = 'ended'
    and h.held_from >= ${hourOf(p('from'))} * 3600 and h.held_from < ${afterDay(p('to'))} * 3600
    and (h.held_from, h.tip) > (${p('key')}, ${p('tip')}) and t.unit <> ${p('unit')}
  order by h.held_from, h.tip limit ${p('limit')}`;

type Kind = 'came' | 'reopened' | 'went' | 'settled' | 'transferred' | 'merged';
const OUT: readonly Kind[] = ['went', 'settled', 'transferred', 'merged'];

/** Movements of one kind within the period; transfers only from and to units that were not asked for. */
const moved = (kind: Kind) => (p: P) =>
  sql<BehindRow>`select ${seenBy(p)}, null as due,
    ${OUT.includes(kind) ? sql`(select e.at from event e where e.chain = v.tip and e.no = v.event_no)` : sql`null`} as stopped,
    v.day as key, v.event_no as no
  from movement v cross join tip t on t.seq = v.tip
  where v.unit = ${p('unit')} and v.kind = ${sql.lit(kind)} and v.day between ${p('from')} and ${p('to')}
    and (v.day, v.tip, v.event_no) > (${p('key')}, ${p('tip')}, ${p('no')})
    and v.other not in (select value from json_each(${p('scope')}))
  order by v.day, v.tip, v.event_no limit ${p('limit')}`;

/** Open ones by the end of the clock that runs out first. */
const open = (p: P) => sql<BehindRow>`select ${seenBy(p)}, t.due, null as stopped, t.due as key, 0 as no
  from tip t indexed by tip_open
  where t.unit = ${p('unit')} and t.open = 1 and ${OPEN} and t.overlay <> 'suspended'
    and (t.due, t.seq) > (${p('key')}, ${p('tip')})
  order by t.due, t.seq limit ${p('limit')}`;

/** Open ones whose day for an outcome is over, the longest first. */
const overdue = (
  p: P,
) => sql<BehindRow>`select ${seenBy(p)}, c.due, null as stopped, c.due_day as key, 0 as no
  from tip_clock c indexed by tip_clock_unsettled cross join tip t on t.seq = c.tip
  where c.unit = ${p('unit')} and c.unsettled = 1 and c.due_day < ${p('today')}
    and (c.due_day, c.tip) > (${p('key')}, ${p('tip')})
  order by c.due_day, c.tip limit ${p('limit')}`;

/** Suspended ones in order of receipt. */
const suspended = (p: P) => sql<BehindRow>`select ${seenBy(p)}, t.due, null as stopped, 0 as key, 0 as no
  from tip t indexed by tip_suspended
  where t.unit = ${p('unit')} and t.overlay = 'suspended' and t.seq > ${p('tip')}
  order by t.seq limit ${p('limit')}`;

/** Carried over and open ever since: nothing moved them in the unit from the first day on. */
const stayed = (p: P) => sql<BehindRow>`select ${seenBy(p)}, t.due, null as stopped, t.due as key, 0 as no
  from tip t indexed by tip_open
  where t.unit = ${p('unit')} and t.open = 1 and ${OPEN} and t.t0 < ${hourOf(p('from'))}
    and (t.due, t.seq) > (${p('key')}, ${p('tip')})
    and not exists (select 1 from movement v where v.tip = t.seq and v.unit = ${p('unit')} and v.day >= ${p('from')})
  order by t.due, t.seq limit ${p('limit')}`;

/** Carried over and gone since: what moved them first from the first day on was their leaving. */
const leftSince = (kind: Kind) => (p: P) =>
  sql<BehindRow>`select ${seenBy(p)}, null as due,
    (select e.at from event e where e.chain = v.tip and e.no = v.event_no) as stopped, v.day as key, v.event_no as no
  from movement v cross join tip t on t.seq = v.tip
  where v.unit = ${p('unit')} and v.kind = ${sql.lit(kind)} and v.day >= ${p('from')} and t.t0 < ${hourOf(p('from'))}
    and (v.day, v.tip, v.event_no) > (${p('key')}, ${p('tip')}, ${p('no')})
    and not exists (select 1 from movement b
      where b.tip = v.tip and b.unit = v.unit and b.day >= ${p('from')} and b.event_no < v.event_no)
  order by v.day, v.tip, v.event_no limit ${p('limit')}`;

const NUMBERED = { sent, sentAndLeft, open, suspended, stayed };
const DATED = {
  overdue,
  came: moved('came'),
  reopened: moved('reopened'),
  went: moved('went'),
  settled: moved('settled'),
  transferred: moved('transferred'),
  merged: moved('merged'),
  wentSince: leftSince('went'),
  settledSince: leftSince('settled'),
  transferredSince: leftSince('transferred'),
  mergedSince: leftSince('merged'),
};
type Source = keyof typeof NUMBERED | keyof typeof DATED;

const SOURCES: Readonly<Record<keyof Balance, readonly Source[]>> = {
  carriedOver: ['stayed', 'wentSince', 'settledSince', 'transferredSince', 'mergedSince'],
  received: ['sent', 'sentAndLeft', 'came', 'reopened'],
  settled: ['settled'],
  transferred: ['transferred', 'went'],
  merged: ['merged'],
  open: ['open'],
  overdue: ['overdue'],
  suspended: ['suspended'],
};

/** The lists that make a figure up; no tip of one is in another. */
export const sourcesOf = (figure: keyof Balance): readonly Source[] => SOURCES[figure];

/** Each list page by page: `first` is what every key is above or equal to. */
export function balanceSources(db: Db) {
  const all = [...Object.entries({ ...NUMBERED, ...DATED })] as [Source, typeof open][];
  return Object.fromEntries(
    all.map(([name, page]) => [name, { first: name in DATED ? '' : 0, page: prepared(db, page) }]),
  ) as Record<Source, { readonly first: string | number; readonly page: Prepared<PageValues, BehindRow> }>;
}
