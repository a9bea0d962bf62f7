import { describe, expect, test } from 'vitest';
import { type EmptiedEvents, type SeenShredding, shreddingFault } from '../../src/audit/checks/shredding.ts';
import type { AuditEvent } from '../../src/audit/replay/event.ts';
import { Shredded } from '../../src/audit/replay/shredded.ts';
import { type Contribution, contributionOf, type Remains } from '../../src/domain/contribution.ts';
import type { Day, Hash, Seconds, UnitId } from '../../src/domain/ids.ts';
import { parseRetention } from '../../src/domain/retention.ts';
import { data } from '../domain/support.ts';

const UNIT = '14-03646-ca' as UnitId;
const STATEMENT = 'cd'.repeat(32) as Hash;
const ROOT = 'ef'.repeat(32) as Hash;
const AT = 1_800_000_000 as Seconds;
const rules = parseRetention(data('retention'));
const rule = rules.find(({ id }) => id === 'apart-6m');

const contribution: Contribution = contributionOf({
  received: { unit: UNIT, day: '2026-06-01' as Day },
  clocks: [],
  flows: [{ kind: 'settled', unit: UNIT, day: '2026-06-15' as Day, other: null }],
  outcome: 'spam',
  mergedInto: null,
});
const remains: Remains = {
  rule: 'apart-6m',
  ground: rule?.basis ?? '',
  audited: { size: 300, root: ROOT, statement: STATEMENT },
  upTo: 3,
  leaves: [
    [4, 2],
    [290, 1],
  ],
  contribution,
};
const seen: SeenShredding = { no: 5, day: '2026-12-16' as Day, remains };
const emptied: EmptiedEvents = { to: 3, indices: [4, 5, 290] };
const left = (change: Partial<Remains>): SeenShredding => ({ ...seen, remains: { ...remains, ...change } });
const counted = (change: Partial<Contribution>): SeenShredding =>
  left({ contribution: { ...contribution, ...change } });
const running = {
  ...({ clock: 'handle', verb: 'handled', unit: UNIT, legalKind: null, conduct: null } as const),
  ...{ dueDay: '2026-06-20' as Day, stoppedDay: null, result: null, passedOn: false, counted: true },
};

test('a shredding by a rule that was due, of what two people signed, is allowed', () => {
  expect(shreddingFault(seen, emptied, rules)).toBeNull();
});

describe('a shredding is not allowed', () => {
  test.each([
    ['when more is missing than was signed', seen, { to: 4, indices: [4, 5, 290, 291] }],
    ['when other places are missing', seen, { to: 3, indices: [4, 6, 290] }],
    ['when something happened between the two signatures', { ...seen, no: 6 }, emptied],
    ['for an open tip', counted({ outcome: null }), emptied],
    ['for a tip that never had an outcome', counted({ flows: contribution.flows.slice(0, 1) }), emptied],
    ['while a clock ran', counted({ clocks: [running] }), emptied],
    ['by a rule that there is not', left({ rule: 'own' }), emptied],
    ['by the rule of another outcome', counted({ outcome: 'unfounded' }), emptied],
    ['on another ground', left({ ground: 'vì vậy' }), emptied],
    ['a day too early', { ...seen, day: '2026-12-15' as Day }, emptied],
  ] as const)('%s', (_name, shredding, missing) => {
    expect(shreddingFault(shredding, missing, rules)).not.toBeNull();
  });
});

describe('a chain with something missing', () => {
  const signed = (restrictedPart: unknown): AuditEvent =>
    ({
      parsed: { header: { type: 'shredded', no: 5, time: { at: AT } } },
      restrictedPart,
    }) as unknown as AuditEvent;
  const chain = (to: number, part: unknown, { places = [4, 5, 290], isAnew = false } = {}): Shredded => {
    const made = new Shredded();
    made.hole({ from: 1, to, leaves: [] }, places);
    made.event(signed(part), isAnew);
    return made;
  };

  test('is judged by the event that two people signed', () => {
    expect(chain(3, { remains }).fault(rules)).toBeNull();
    expect(chain(4, { remains }).fault(rules)).toBe('other events are missing than were signed');
  });

  test('may lie elsewhere in a log that took it over from one that ended', () => {
    const other = { places: [1, 2, 3] };
    expect(chain(3, { remains }, other).fault(rules)).toContain('places');
    expect(chain(3, { remains }, { ...other, isAnew: true }).fault(rules)).toBeNull();
  });

  test('is left to others where that event cannot be read, or nothing is missing', () => {
    expect(chain(3, { remains: { rule: 7 } }).fault(rules)).toBeNull();
    const whole = new Shredded();
    whole.event(signed({ remains }), false);
    expect(whole.fault(rules)).toBeNull();
  });
});
