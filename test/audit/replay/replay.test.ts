import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ratesEqual } from '../../../src/audit/checks/rates.ts';
import type { OpenedEvent } from '../../../src/audit/replay/event.ts';
import { dayOf } from '../../../src/domain/calendar.ts';
import type { Figures } from '../../../src/domain/figures.ts';
import type { TipId } from '../../../src/domain/ids.ts';
import { STEPS, type TipState } from '../../../src/domain/life-cycle-types.ts';
import { ok } from '../../fixtures/http.ts';
import { type Instance, openInstance, TO_HIEU } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { chainsOf, partOf, peopleOf, plans, replayed, tipIn, worldOf } from './chains.ts';
import { type Lives, liveThrough } from './lives.ts';

let instance: Instance;
let lives: Lives;
let chains: ReadonlyMap<string, readonly OpenedEvent[]>;
let people: ReturnType<typeof peopleOf>;
let auditor: Staff;

beforeAll(async () => {
  instance = await openInstance();
  lives = await liveThrough(instance);
  chains = chainsOf(instance);
  people = peopleOf(instance);
  auditor = await signIn(instance, 'doclap');
});
afterAll(() => instance.close());

type Chain = readonly OpenedEvent[];

const tips = () => [...chains].filter(([subject]) => subject.startsWith('tip:'));
const chainOf = (tip: TipId): Chain => chains.get(`tip:${tip}`) ?? [];

/** Every fault of a chain with the number of its event. */
const faultsOf = (events: Chain) => {
  const subject = events[0]?.parsed.header.subject ?? '';
  const { found } = replayed(worldOf(instance, people), subject, events);
  return found.flatMap(({ faults }, i) =>
    faults.map(({ check, detail }) => ({ check, detail, no: events[i]?.parsed.header.no })),
  );
};
const namesOf = (events: Chain) => faultsOf(events).map(({ check, no }) => ({ check, no }));

type Json = Record<string, unknown>;
/** A chain in which one event's parts say something else. */
const altered = (
  events: Chain,
  type: string,
  change: { readonly citizen?: Json; readonly restricted?: Json },
): { readonly events: Chain; readonly no: number } => {
  const at = events.findLastIndex(({ parsed }) => parsed.header.type === type);
  const event = events[at];
  if (event === undefined) throw new Error(`there is no ${type}`);
  const written = (text: string, more: Json = {}) => JSON.stringify({ ...partOf(text), ...more });
  const made = {
    ...event,
    citizen: written(event.citizen, change.citizen),
    restricted: written(event.restricted, change.restricted),
  };
  return { events: events.with(at, made), no: event.parsed.header.no };
};
const partIn = (events: Chain, type: string): Json =>
  partOf(events.findLast(({ parsed }) => parsed.header.type === type)?.restricted ?? '') ?? {};

describe('what really happened', () => {
  test('replays without a fault, step for step', () => {
    for (const [, events] of tips()) expect(faultsOf(events)).toEqual([]);
  });

  test('ends in the state that the service has, with the same clocks running', async () => {
    for (const [subject, events] of tips()) {
      const { replay } = replayed(worldOf(instance, people), subject, events);
      const kept = await instance.store.triage.tip(tipIn(subject));
      const of = (state: TipState | undefined) => [
        ...[state?.unit, state?.stage, state?.overlay, state?.outcome, state?.legalKind, state?.conduct],
        state?.clocks
          .flatMap(({ clock, due, stopped }) => (stopped === null ? [`${clock} ${due}`] : []))
          .sort(),
      ];
      expect(of(replay.end?.state)).toEqual(of(kept?.state));
    }
  });

  test('is every step that there is but copies and what comes after the archive', () => {
    const seen = new Set(tips().flatMap(([, events]) => events.map(({ parsed }) => parsed.header.type)));
    const others = ['copy_made', 'shredding_proposed', 'shredding_refused', 'shredded', 'canary_revealed'];
    // No door leads there yet.
    const later = ['diverted'];
    const known = [...others, ...later];
    expect(STEPS.filter((step) => !seen.has(step) && !known.includes(step))).toEqual([]);
  });

  test('gives the very figures of the page, in total and by unit, under every plan', async () => {
    const world = worldOf(instance, people);
    for (const [subject, events] of tips()) replayed(world, subject, events);
    const today = dayOf(instance.clock.now());
    const computed = world.rates.rates(plans, today);
    for (const plan of [null, ...plans]) {
      const period = plan ?? { from: '2026-01-01', to: '2026-12-25' };
      const query = `from=${period.from}&to=${period.to}&plan=${plan?.id ?? ''}`;
      const page = await ok<Figures>(await auditor.get(`/api/staff/oversight/rates?${query}`));
      const [total, ...units] = computed.filter((one) => one.plan === (plan?.id ?? null));
      expect(total?.rates).toEqual(page.total);
      expect(units.map(({ unit, rates }) => [unit, rates])).toEqual(
        page.units.map(({ code, rates }) => [code, rates]).sort(),
      );
      const { from, to } = page.period;
      expect(world.rates.balance({ from, to, today })).toEqual(page.balance);
    }
  });
});

describe('figures that somebody gives', () => {
  test('are compared with those recomputed, unit by unit and plan by plan', () => {
    const world = worldOf(instance, people);
    for (const [subject, events] of tips()) replayed(world, subject, events);
    const computed = world.rates.rates(plans, dayOf(instance.clock.now() + 30 * 86_400));
    expect(ratesEqual(computed, computed)).toEqual([]);
    const better = computed.map((one) => {
      const { handled } = one.rates;
      const made = { ...handled, onTime: handled.onTime + 1, openLate: handled.openLate - 1 };
      return one.plan === null && one.unit === TO_HIEU
        ? { ...one, rates: { ...one.rates, handled: made } }
        : one;
    });
    expect(ratesEqual(better, computed)).toMatchObject([{ unit: TO_HIEU, fault: { check: 'ratesEqual' } }]);
  });
});

describe('what was changed', () => {
  test('is found at its event, whatever of the parts it is', () => {
    for (const [, events] of tips()) {
      for (const { parsed } of events) {
        const { type, no } = parsed.header;
        if (events.findLast((event) => event.parsed.header.type === type)?.parsed.header.no !== no) continue;
        const shown = altered(events, type, { citizen: { stage: 'verifying', outcome: 'kept', state: 'x' } });
        expect(namesOf(shown.events), type).toEqual([{ check: 'stepLegal', no }]);
        const kept = altered(events, type, { restricted: { note: 'thêm' } });
        expect(namesOf(kept.events), type).toEqual([{ check: 'stepLegal', no }]);
      }
    }
  });

  test('is found when a step is left out that a later one needs', () => {
    const events = chainOf(lives.long.tip);
    for (const [without, at] of [
      ['registered', 'classified'],
      ['verification_started', 'assigned'],
      ['notified', 'archived'],
      ['thread_muted', 'thread_unmuted'],
    ] as const) {
      const [first] = faultsOf(events.filter(({ parsed }) => parsed.header.type !== without));
      const types = events.filter(({ parsed }) => parsed.header.no === first?.no);
      expect([first?.check, types[0]?.parsed.header.type]).toEqual(['stepLegal', at]);
    }
  });

  test('is found when an officer takes a leader’s step', () => {
    const events = chainOf(lives.long.tip);
    const { id, unit } = instance.person('tohieu.canbo');
    const { events: forged, no } = altered(events, 'assigned', {
      restricted: { actor: { staff: id, unit } },
    });
    expect(faultsOf(forged)).toEqual([{ check: 'stepLegal', detail: 'step_forbidden', no }]);
  });

  test('is found when the sender’s yes to a transfer is missing', () => {
    const events = chainOf(lives.consented.tip);
    const silent = events.filter(({ parsed }) => parsed.header.type !== 'consent_answered');
    expect(faultsOf(silent)[0]).toMatchObject({ check: 'stepLegal', detail: 'consent_missing toUnit' });
  });

  test('stops the replay there: one fault, one name', () => {
    const { events, no } = altered(chainOf(lives.long.tip), 'registered', { restricted: { extra: 1 } });
    expect(namesOf(events)).toEqual([{ check: 'stepLegal', no }]);
  });
});

describe('two people', () => {
  const proposalOf = (events: Chain) => partIn(events, 'resolution_proposed');

  test('are asked of an outcome: one who approves alone is named, and nothing else is', () => {
    const events = chainOf(lives.long.tip);
    const { actor } = proposalOf(events);
    const { events: alone, no } = altered(events, 'resolved', { restricted: { actor } });
    // An officer could not approve at all; the same deed by a head who proposed is.
    const { id, unit } = instance.person('tohieu.truong');
    const head = altered(alone, 'resolution_proposed', { restricted: { actor: { staff: id, unit } } });
    const own = altered(head.events, 'resolved', { restricted: { actor: { staff: id, unit } } });
    expect(new Set(faultsOf(own.events).map(({ check }) => check))).toEqual(new Set(['twoSigners']));
    expect(faultsOf(own.events)).toContainEqual({ check: 'twoSigners', detail: 'same_person', no });
  });

  test('sign the same bytes: a statement of another outcome is not theirs', () => {
    const events = chainOf(lives.long.tip);
    const other = proposalOf(chainOf(lives.spam)).decision;
    const { events: forged, no } = altered(events, 'resolution_proposed', {
      restricted: { decision: other },
    });
    expect(namesOf(forged)[0]).toEqual({ check: 'twoSigners', no });
  });

  test('both sign: the proposal’s statement alone ends nothing', () => {
    const events = chainOf(lives.merged);
    const { decision } = proposalOf(events);
    const { events: forged, no } = altered(events, 'resolved', { restricted: { decision } });
    expect(faultsOf(forged)).toEqual([{ check: 'twoSigners', detail: 'two signatures are due', no }]);
  });

  test('give one decision one number: it is not used for another', () => {
    const events = chainOf(lives.long.tip);
    const refused = partIn(events, 'resolution_refused').act as { readonly decision: number };
    const act = { step: 'resolved', decision: refused.decision };
    const { events: forged, no } = altered(events, 'resolved', { restricted: { act } });
    expect(namesOf(forged)).toEqual([{ check: 'stepLegal', no }]);
  });
});

describe('the author of a tip', () => {
  test('cannot be another one later without the new code’s own step', () => {
    const events = chainOf(lives.long.tip);
    const { events: forged, no } = altered(events, 'message_received', {
      restricted: { author: 'ab'.repeat(32) },
    });
    expect(namesOf(forged)).toEqual([{ check: 'signerEntitled', no }]);
  });

  test('writes nothing while the thread is closed, and agrees to nothing unasked', () => {
    const muted = chainOf(lives.long.tip).filter(({ parsed }) => parsed.header.type !== 'thread_unmuted');
    expect(faultsOf(muted)[0]).toMatchObject({ detail: 'the thread takes no messages' });
    const unasked = chainOf(lives.consented.tip).filter(
      ({ parsed }) => parsed.header.type !== 'consent_asked',
    );
    expect(faultsOf(unasked)[0]).toMatchObject({ detail: 'nobody asked for this consent' });
  });
});
