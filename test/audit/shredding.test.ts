import { describe, expect, test } from 'vitest';
import {
  type EmptiedEvents,
  type SeenShredding,
  type ShreddingWorld,
  shreddingFault,
} from '../../src/audit/checks/shredding.ts';
import type { AuditEvent } from '../../src/audit/replay/event.ts';
import { Shredded } from '../../src/audit/replay/shredded.ts';
import { type Contribution, contributionOf, type Remains } from '../../src/domain/contribution.ts';
import type { Day, Hash, Seconds, TipId, UnitId } from '../../src/domain/ids.ts';
import { parseRetention } from '../../src/domain/retention.ts';
import type { AuditedCheckpoint } from '../../src/protocol/auditor.ts';
import { data } from '../domain/support.ts';

const UNIT = '14-03646-ca' as UnitId;
const TIP = 'ab'.repeat(16) as TipId;
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
const seen: SeenShredding = { tip: TIP, no: 5, at: AT, day: '2026-12-16' as Day, remains };
const emptied: EmptiedEvents = { to: 3, indices: [4, 5, 290] };
const checkpoint: AuditedCheckpoint = {
  ...{ instance: 'a'.repeat(32), auditor: 'doclap', origin: 'tin.example/ledger', size: 300, root: ROOT },
  ...{ report: ROOT, exceptions: [], at: (AT - 86_400) as Seconds },
};
const world: ShreddingWorld = {
  rules,
  origin: 'tin.example/ledger',
  audited: new Map([[STATEMENT, checkpoint]]),
};
const withAudit = (change: Partial<AuditedCheckpoint>): ShreddingWorld => ({
  ...world,
  audited: new Map([[STATEMENT, { ...checkpoint, ...change }]]),
});
const left = (change: Partial<Remains>): SeenShredding => ({ ...seen, remains: { ...remains, ...change } });
const counted = (change: Partial<Contribution>): SeenShredding =>
  left({ contribution: { ...contribution, ...change } });
const running = {
  ...({ clock: 'handle', verb: 'handled', unit: UNIT, legalKind: null, conduct: null } as const),
  ...{ dueDay: '2026-06-20' as Day, stoppedDay: null, result: null, passedOn: false, counted: true },
};

test('a shredding by a rule that was due, under an audit that covers it, is attested', () => {
  expect(shreddingFault(seen, emptied, world)).toBeNull();
});

describe('what is missing of a tip is not attested', () => {
  test.each([
    ['without a shredding', null, emptied, world],
    ['when more is missing than was signed', seen, { to: 4, indices: [4, 5, 290, 291] }, world],
    ['when other places are missing', seen, { to: 3, indices: [4, 6, 290] }, world],
    ['when something happened between the two signatures', { ...seen, no: 6 }, emptied, world],
    ['for an open tip', counted({ outcome: null }), emptied, world],
    [
      'for a tip that never had an outcome',
      counted({ flows: contribution.flows.slice(0, 1) }),
      emptied,
      world,
    ],
    ['while a clock ran', counted({ clocks: [running] }), emptied, world],
    ['by a rule that there is not', left({ rule: 'own' }), emptied, world],
    ['by the rule of another outcome', counted({ outcome: 'unfounded' }), emptied, world],
    ['on another ground', left({ ground: 'vì vậy' }), emptied, world],
    ['a day too early', { ...seen, day: '2026-12-15' as Day }, emptied, world],
    ['without an audit', seen, emptied, { ...world, audited: new Map() }],
    ['under an audit of another log', seen, emptied, withAudit({ origin: 'tin.example/ledger/2' })],
    ['under an audit of another checkpoint', seen, emptied, withAudit({ size: 299 })],
    ['under an audit of another tree', seen, emptied, withAudit({ root: STATEMENT })],
    ['under a later audit', seen, emptied, withAudit({ at: (AT + 1) as Seconds })],
    ['under an audit that excepted the tip', seen, emptied, withAudit({ exceptions: [TIP] })],
    [
      'beyond what the audit covers',
      left({ audited: { ...remains.audited, size: 290 } }),
      emptied,
      withAudit({ size: 290 }),
    ],
  ] as const)('%s', (_name, shredding, missing, judged) => {
    expect(shreddingFault(shredding, missing, judged)).not.toBeNull();
  });
});

describe('a chain with something missing', () => {
  const hole = (from: number, to: number) => ({ from, to, leaves: [] });
  const signed = (restrictedPart: unknown, no = 5): AuditEvent =>
    ({
      parsed: { header: { type: 'shredded', no, time: { at: AT } } },
      restrictedPart,
    }) as unknown as AuditEvent;

  test('is attested by the event that two people signed', () => {
    const chain = new Shredded(TIP);
    chain.hole(hole(1, 3), emptied.indices);
    chain.event(signed({ remains }));
    expect(chain.fault(world)).toBeNull();
  });

  test('is not without it, with one that cannot be read, or for anything but a tip', () => {
    const without = new Shredded(TIP);
    without.hole(hole(1, 3), emptied.indices);
    const unreadable = new Shredded(TIP);
    unreadable.hole(hole(1, 3), emptied.indices);
    unreadable.event(signed({ remains: { rule: 7 } }));
    const unit = new Shredded(null);
    unit.hole(hole(1, 3), emptied.indices);
    unit.event(signed({ remains }));
    for (const chain of [without, unreadable, unit]) expect(chain.fault(world)).toContain('missing');
  });

  test('is never attested when it is missing in the middle, or twice', () => {
    for (const holes of [[hole(2, 3)], [hole(1, 3), hole(5, 6)]]) {
      const chain = new Shredded(TIP);
      for (const one of holes) chain.hole(one, emptied.indices);
      chain.event(signed({ remains }));
      expect(chain.fault(world)).toContain('middle');
    }
  });

  test('is a whole one when nothing is', () => {
    expect(new Shredded(TIP).fault(world)).toBeNull();
  });
});
