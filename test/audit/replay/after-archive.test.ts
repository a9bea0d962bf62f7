import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ChainAudit } from '../../../src/audit/replay/chain-audit.ts';
import type { OpenedEvent } from '../../../src/audit/replay/event.ts';
import { dayOf } from '../../../src/domain/calendar.ts';
import { contributionOf, type Remains, runsOf } from '../../../src/domain/contribution.ts';
import { citizenPartOf, openedDecision, restrictedPartOf } from '../../../src/domain/event-parts.ts';
import type { Day, Hash, Seconds } from '../../../src/domain/ids.ts';
import { PLAIN_CASE } from '../../../src/domain/law.ts';
import { decide } from '../../../src/domain/life-cycle.ts';
import type { Act, PendingDecision, TipState } from '../../../src/domain/life-cycle-types.ts';
import type { RetentionRule } from '../../../src/domain/retention.ts';
import { OUTCOMES } from '../../../src/domain/terms.ts';
import { fromUtf8, utf8 } from '../../../src/protocol/bytes.ts';
import { cosignDecision, signDecision } from '../../../src/protocol/decision.ts';
import { buildEvent, eventLeaf, parseEvent, signEvent } from '../../../src/protocol/event.ts';
import { type Instance, openInstance, TO_HIEU } from '../../fixtures/instance.ts';
import {
  batchesOf,
  booksOf,
  chainsOf,
  law,
  partOf,
  peopleOf,
  plans,
  replayed,
  tipIn,
  worldOf,
} from './chains.ts';
import { liveThrough } from './lives.ts';

let instance: Instance;
let events: readonly OpenedEvent[];
let subject: string;
let people: ReturnType<typeof peopleOf>;

beforeAll(async () => {
  instance = await openInstance();
  const { long } = await liveThrough(instance);
  subject = `tip:${long.tip}`;
  events = chainsOf(instance).get(subject) ?? [];
  people = peopleOf(instance);
});
afterAll(() => instance.close());

const HASH = 'ab'.repeat(32) as Hash;

/** A step after the chain's last event, as the console of this person would make and sign it. */
function next(
  chain: readonly OpenedEvent[],
  account: string,
  act: Act,
  more: { readonly decision?: string; readonly remains?: Remains; readonly pending?: PendingDecision } = {},
): OpenedEvent {
  const { suite, pins, clock } = instance;
  const person = instance.person(account);
  const { replay } = replayed(worldOf(instance, people), subject, chain);
  const last = chain.at(-1);
  if (replay.end === null || last === undefined) throw new Error('the chain does not replay');
  const { pending = replay.end.state.pending } = more;
  const state: TipState = { ...replay.end.state, pending };
  const at = clock.now() as Seconds;
  const actor = { staff: person.id, unit: person.unit, roles: person.roles, overTipUnit: false };
  const ofInstance = act.step === 'canary_revealed';
  const change = decide(state, { ...actor, ofInstance }, act, {
    ...law,
    ...PLAIN_CASE,
    now: at,
    unitKind: 'commune_police',
  });
  const opened = openedDecision(change, { instance: pins.instance, tip: tipIn(subject), at });
  const own = opened === null ? undefined : fromUtf8(signDecision(suite, opened, person.secrets.sign));
  const decision = more.decision ?? own;
  const facts = {
    ...{ state, act, change, actor: { staff: person.id, unit: person.unit } },
    ...(decision === undefined ? {} : { decision }),
    ...(more.remains === undefined ? {} : { remains: more.remains }),
  };
  const { header } = last.parsed;
  const named = { type: act.step, instance: pins.instance, subject, no: header.no + 1, prev: last.leaf };
  const built = buildEvent(suite, { ...named, time: { at } }, citizenPartOf(facts), restrictedPartOf(facts));
  const record = signEvent(suite, built, person.secrets.sign);
  return {
    ...{
      index: last.index,
      leaf: eventLeaf(suite, suite.randomBytes(32), record),
      parsed: parseEvent(record),
    },
    ...{ citizen: fromUtf8(built.citizenPart), restricted: fromUtf8(built.restrictedPart) },
  };
}

/** The two steps of a shredding, by a head and a deputy, or by whoever is said to approve. */
function shredded(approver = 'tohieu.pho'): readonly OpenedEvent[] {
  const upTo = events.length;
  const asked = next(events, 'tohieu.truong', {
    ...{ step: 'shredding_proposed', rule: 'settled', audited: HASH, upTo },
  });
  const chain = [...events, asked];
  const { replay } = replayed(worldOf(instance, people), subject, chain);
  const pending = replay.end?.state.pending;
  if (pending?.kind !== 'shredding') throw new Error('nothing is open');
  const statement = String(partOf(asked.restricted).decision);
  const { secrets } = instance.person(approver);
  const decision = fromUtf8(cosignDecision(instance.suite, utf8(statement), secrets.sign));
  const remains: Remains = {
    ...{ rule: 'settled', ground: 'Hết hạn lưu giữ', upTo },
    audited: { size: 512, root: HASH, statement: HASH },
    leaves: runsOf(events.map(({ index }) => index)),
    contribution: contribution(),
  };
  const act: Act = { step: 'shredded', decision: 77 };
  const done = next(chain, approver, act, { decision, remains, pending: { ...pending, id: 77 } });
  return [asked, done];
}

function contribution() {
  const { replay } = replayed(worldOf(instance, people), subject, events);
  const dayAt = (type: string) => {
    const time = events.findLast(({ parsed }) => parsed.header.type === type)?.parsed.header.time;
    return dayOf(time === undefined || 'day' in time ? 0 : 'at' in time ? time.at : time.t0 * 3600);
  };
  const flow = { unit: TO_HIEU, other: null };
  return contributionOf({
    received: { unit: TO_HIEU, day: dayAt('submitted') },
    clocks: replay.end?.clocks.contributed() ?? [],
    flows: [{ ...flow, kind: 'settled', day: dayAt('resolved') }],
    ...{ outcome: replay.end?.state.outcome ?? null, mergedInto: null },
  });
}

/** A rule by which words may go on the very day of the outcome. */
const SETTLED: RetentionRule = {
  ...{ id: 'settled', legalKinds: null, outcomes: OUTCOMES, after: { n: -1, unit: 'd' } },
  ...{ from: '2020-01-01' as Day, until: null, basis: 'Hết hạn lưu giữ', nature: 'policy' },
};

/** Faults and figures of the chain, of which the first `gone` events were emptied. */
function audited(chain: readonly OpenedEvent[], gone: number) {
  const batches = batchesOf(new Map([[subject, chain]]), 100);
  const judged = { ...law, retention: [SETTLED] };
  const audit = new ChainAudit({
    ...{ instance: instance.pins.instance, law: judged, people, ...booksOf(instance, people), batches },
    boxes: new Map(),
  });
  const found: { readonly check: string; readonly no: number }[] = [];
  audit.begin(subject);
  const emptied = chain.slice(0, gone);
  if (gone > 0) {
    const leaves = emptied.map(({ leaf }) => leaf);
    const { faults } = audit.hole(
      { from: 1, to: gone, leaves },
      emptied.map(({ index }) => index),
    );
    found.push(...faults.map(({ check }) => ({ check, no: 0 })));
  }
  for (const event of chain.slice(gone)) {
    const { faults, due } = audit.event(event);
    const failing = due.filter(
      ({ signature, message, publicKey }) => !instance.suite.verify(signature, message, publicKey),
    );
    const all = [...faults, ...failing.map(({ fault }) => fault)];
    found.push(...all.map(({ check }) => ({ check, no: event.parsed.header.no })));
  }
  found.push(...audit.end().faults.map(({ check }) => ({ check, no: 0 })));
  return { found: found.filter(({ check }) => check !== 'readBeforeOpen'), figures: audit.figures(plans) };
}

describe('a shredded tip', () => {
  test('is shredded by two leaders, whose steps replay after everything before them', () => {
    expect(audited([...events, ...shredded()], 0).found).toEqual([]);
  });

  test('adds to rates and balance what it added before its events were emptied', () => {
    const chain = [...events, ...shredded()];
    const emptied = audited(chain, events.length);
    expect(emptied.found).toEqual([]);
    expect(emptied.figures).toEqual(audited(events, 0).figures);
    expect(emptied.figures.balance.settled).toBe(1);
  });

  test('is not shredded by an officer', () => {
    expect(() => shredded('tohieu.canbo')).toThrow('step_forbidden');
  });

  test('is not shredded when the second person signed other bytes than the first', () => {
    const [asked, done] = shredded();
    if (asked === undefined || done === undefined) throw new Error('two steps');
    const other = {
      ...partOf(asked.restricted),
      act: { ...(partOf(asked.restricted).act as object), upTo: 3 },
    };
    const found = audited([...events, { ...asked, restricted: JSON.stringify(other) }, done], 0).found;
    expect(found[0]).toEqual({ check: 'twoSigners', no: events.length + 1 });
  });

  test('takes no further step', () => {
    const chain = [...events, ...shredded()];
    expect(() => next(chain, 'tohieu.canbo', { step: 'rewrapped' })).toThrow('step_not_allowed');
  });
});

describe('a working copy', () => {
  const copy = { step: 'copy_made', copy: 1, seal: HASH, toUnit: TO_HIEU } as const;

  test('replays when it was made for a unit that there is', () => {
    expect(audited([...events, next(events, 'tohieu.canbo', copy)], 0).found).toEqual([]);
  });

  test('does not when its unit is none, or somebody of another unit made it', () => {
    const made = next(events, 'tohieu.canbo', copy);
    const told = partOf(made.restricted);
    const { id: staff, unit } = instance.person('mocchau.canbo');
    for (const change of [{ act: { ...copy, toUnit: '14-99999-ca' } }, { actor: { staff, unit } }]) {
      const forged = { ...made, restricted: JSON.stringify({ ...told, ...change }) };
      const found = audited([...events, forged], 0).found.filter(({ check }) => check === 'stepLegal');
      expect(found).toEqual([{ check: 'stepLegal', no: events.length + 1 }]);
    }
  });
});

describe('a canary', () => {
  const reveal = { step: 'canary_revealed', set: HASH, index: 0, size: 5, path: [HASH], salt: HASH } as const;

  test('leaves the rates and stays in the balance', () => {
    const [before] = audited(events, 0).figures.rates;
    expect(before?.rates.handled.due).toBe(1);
    const { figures } = audited([...events, next(events, 'doclap', reveal)], 0);
    expect(figures.rates.map(({ rates }) => rates.handled.due)).toEqual(plans.map(() => 0).concat(0));
    expect(figures.balance.settled).toBe(1);
  });

  test('is revealed by an auditor whom the directory names, and by no other', () => {
    const found = (account: string) => audited([...events, next(events, account, reveal)], 0).found;
    expect(found('doclap')).toEqual([]);
    expect(found('kiemtra')).toEqual([{ check: 'signerEntitled', no: events.length + 1 }]);
  });
});
