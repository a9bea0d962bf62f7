import { isCalendarDay } from './calendar.ts';
import { DataValue } from './data-error.ts';
import { type Day, type Hash, isHash, isTipId, isUnitId, type TipId, type UnitId } from './ids.ts';
import type { RateRow } from './rates.ts';
import {
  CLOCKS,
  type ClockName,
  LEGAL_KINDS,
  type LegalKind,
  OUTCOMES,
  type Outcome,
  VERBS,
  type Verb,
} from './terms.ts';

/** What a tip's clock adds to a rate: enough to put it into the same cell again without its events. */
export type ContributedClock = {
  readonly clock: ClockName;
  /** The verb whose rate it feeds; null when it feeds none. */
  readonly verb: Verb | null;
  readonly unit: UnitId;
  readonly legalKind: LegalKind | null;
  readonly conduct: string | null;
  readonly dueDay: Day;
  readonly stoppedDay: Day | null;
  readonly result: 'done' | 'transferred' | 'void' | null;
  /** True when another unit took the verb over: a province that counts a tip once leaves this one out. */
  readonly passedOn: boolean;
  /** False once the tip left the population of every plan. */
  readonly counted: boolean;
};

/** Ways in which a tip comes into a unit's balance or leaves it. */
export const FLOW_KINDS = [
  'received',
  'reopened',
  'came',
  'went',
  'settled',
  'transferred',
  'merged',
] as const;

/** One flow of the balance that the tip was in. */
export type ContributedFlow = {
  readonly kind: (typeof FLOW_KINDS)[number];
  readonly unit: UnitId;
  /** Day in UTC+7. */
  readonly day: Day;
  /** The other unit of a transfer; null for the rest. */
  readonly other: UnitId | null;
};

/** Everything that a tip adds to rates and balance: what stays when its words, its people and its history are gone. */
export type Contribution = {
  readonly clocks: readonly ContributedClock[];
  readonly flows: readonly ContributedFlow[];
  readonly outcome: Outcome | null;
  /** The tip that a confirmed duplicate was merged into. */
  readonly mergedInto: TipId | null;
};

/** What the event `shredded` leaves of a tip, in its restricted part, so that an auditor can still count it and check that it was due. */
export type Remains = {
  /** Id of the rule of retention, and its ground. */
  readonly rule: string;
  readonly ground: string;
  /** The audited checkpoint that covers everything that is emptied: its size, root and the hash of the auditor's statement. */
  readonly audited: { readonly size: number; readonly root: Hash; readonly statement: Hash };
  /** Number of the last event that is emptied. */
  readonly upTo: number;
  /** Where the emptied events are in the log, as runs of neighbouring places in the order of the events: first index, how many. */
  readonly leaves: readonly (readonly [number, number])[];
  readonly contribution: Contribution;
};

/** What a tip's rows say of it, as a store has them. */
export interface ContributionSource {
  /** Day of receipt (UTC+7) and the unit that took the tip in. */
  readonly received: { readonly unit: UnitId; readonly day: Day };
  readonly clocks: readonly ContributedClock[];
  /** Every later movement in order. */
  readonly flows: readonly ContributedFlow[];
  readonly outcome: Outcome | null;
  readonly mergedInto: TipId | null;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A tip's contribution with its keys and rows in one order, so that server, console and verifier make the same bytes of it. */
export const contributionOf = (source: ContributionSource): Contribution => ({
  clocks: [...source.clocks].map(plainClock).sort((a, b) => byText(JSON.stringify(a), JSON.stringify(b))),
  flows: [plainFlow({ kind: 'received', ...source.received, other: null }), ...source.flows.map(plainFlow)],
  outcome: source.outcome,
  mergedInto: source.mergedInto,
});

const plainClock = (given: ContributedClock): ContributedClock => {
  const { clock, verb, unit, legalKind, conduct, dueDay, stoppedDay, result, passedOn, counted } = given;
  return { clock, verb, unit, legalKind, conduct, dueDay, stoppedDay, result, passedOn, counted };
};

const plainFlow = ({ kind, unit, day, other }: ContributedFlow): ContributedFlow => ({
  kind,
  unit,
  day,
  other,
});

/** The cells of the roll-up that a contribution stands in, one a clock; what the rates are computed from. */
export const rateRowsOf = ({ clocks }: Pick<Contribution, 'clocks'>): readonly RateRow[] =>
  clocks.flatMap((row): RateRow[] => {
    const { verb, unit, legalKind, conduct, dueDay, stoppedDay, passedOn } = row;
    if (verb === null || !row.counted || row.result === 'void') return [];
    return [{ unit, legalKind, conduct, verb, dueDay, stoppedDay, count: 1, passedOn }];
  });

/** The day on which a contribution says that the tip's outcome was reached: its last way out of a balance by one. Null without one. */
export const settledDay = ({ flows }: Contribution): Day | null =>
  flows.findLast(({ kind }) => kind === 'settled' || kind === 'transferred' || kind === 'merged')?.day ??
  null;

/** The legal kind under which the tip was counted last; null when it was never classified. */
export const countedKind = ({ clocks }: Contribution): LegalKind | null =>
  clocks.find(({ legalKind }) => legalKind !== null)?.legalKind ?? null;

/** Places of the emptied events as runs, in the order of the events. */
export const runsOf = (indices: readonly number[]): readonly (readonly [number, number])[] => {
  const runs: [number, number][] = [];
  for (const index of indices) {
    const last = runs.at(-1);
    if (last !== undefined && last[0] + last[1] === index) last[1] += 1;
    else runs.push([index, 1]);
  }
  return runs;
};

const unit = (entry: DataValue): UnitId => {
  const text = entry.text();
  return isUnitId(text) ? text : entry.fail('must be a unit');
};
const day = (entry: DataValue): Day => {
  const text = entry.text();
  return isCalendarDay(text) ? text : entry.fail('must be a day');
};
const tip = (entry: DataValue): TipId => {
  const text = entry.text();
  return isTipId(text) ? text : entry.fail('must be a tip');
};
const hash = (entry: DataValue): Hash => {
  const text = entry.text();
  return isHash(text) ? text : entry.fail('must be a hash');
};

const readClock = (entry: DataValue): ContributedClock => ({
  clock: entry.at('clock').oneOf(CLOCKS),
  verb: entry.at('verb').orNull((value) => value.oneOf(VERBS)),
  unit: unit(entry.at('unit')),
  legalKind: entry.at('legalKind').orNull((value) => value.oneOf(LEGAL_KINDS)),
  conduct: entry.at('conduct').orNull((value) => value.text()),
  dueDay: day(entry.at('dueDay')),
  stoppedDay: entry.at('stoppedDay').orNull(day),
  result: entry.at('result').orNull((value) => value.oneOf(['done', 'transferred', 'void'])),
  passedOn: entry.at('passedOn').yesNo(),
  counted: entry.at('counted').yesNo(),
});

const readFlow = (entry: DataValue): ContributedFlow => ({
  kind: entry.at('kind').oneOf(FLOW_KINDS),
  unit: unit(entry.at('unit')),
  day: day(entry.at('day')),
  other: entry.at('other').orNull(unit),
});

/**
 * Reads what remains of a shredded tip out of a parsed restricted part (attacker-controlled). Keys beside those of the type are left out:
 * compare the bytes of what was read with what was signed. Throws `DataError`.
 */
export const readRemains = (json: unknown): Remains => {
  const root = new DataValue('remains', json);
  const audited = root.at('audited');
  const given = root.at('contribution');
  return {
    rule: root.at('rule').text(),
    ground: root.at('ground').text(),
    audited: {
      size: audited.at('size').whole(1, Number.MAX_SAFE_INTEGER),
      root: hash(audited.at('root')),
      statement: hash(audited.at('statement')),
    },
    upTo: root.at('upTo').whole(1, Number.MAX_SAFE_INTEGER),
    leaves: root
      .at('leaves')
      .items()
      .map((run) => {
        const [first, count, ...more] = run.items();
        if (first === undefined || count === undefined || more.length > 0)
          return run.fail('must be [first, count]');
        return [first.whole(0, Number.MAX_SAFE_INTEGER), count.whole(1, Number.MAX_SAFE_INTEGER)] as const;
      }),
    contribution: {
      clocks: given.at('clocks').items().map(readClock),
      flows: given.at('flows').items().map(readFlow),
      outcome: given.at('outcome').orNull((value) => value.oneOf(OUTCOMES)),
      mergedInto: given.at('mergedInto').orNull(tip),
    },
  };
};
