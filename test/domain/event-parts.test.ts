import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  citizenPartOf,
  holderAfter,
  openedDecision,
  readPartsOf,
  restrictedPartOf,
  type StepFacts,
} from '../../src/domain/event-parts.ts';
import type { Hash, Seconds, StaffId, TipId, UnitId } from '../../src/domain/ids.ts';
import type { Act, TipChange, TipState } from '../../src/domain/life-cycle-types.ts';
import { plainAct } from '../../src/domain/plain-act.ts';
import { FORM_03, ORDINARY, UNTOUCHED } from '../fixtures/acts.ts';

const UNIT = '14-03646-ca' as UnitId;
const OTHER = '14-03980-ca' as UnitId;
const OFFICER = 'aa'.repeat(16) as StaffId;
const COLLEAGUE = 'bb'.repeat(16) as StaffId;
const TIP = 'cc'.repeat(16) as TipId;

const STATE: TipState = {
  unit: UNIT,
  stage: 'verifying',
  overlay: 'none',
  priority: 'P2',
  urgent: false,
  legalKind: 'crime_report',
  conduct: 'harbouring',
  outcome: null,
  t0: 1_795_300_000 as Seconds,
  clocks: [],
  pending: null,
  transferTo: null,
  ...UNTOUCHED,
};

const CHANGE: TipChange = {
  step: 'resolution_proposed',
  stage: 'verifying',
  overlay: 'none',
  priority: 'P2',
  legalKind: 'crime_report',
  conduct: 'harbouring',
  outcome: null,
  extension: 0,
  supervisor: null,
  circumstances: [],
  leavesRates: false,
  startClocks: [],
  stopClocks: [],
  openDecision: {
    kind: 'resolution',
    data: { outcome: 'sanctioned', documentNumber: '12/QĐ', ground: 'Có vi phạm' },
    proposedBy: OFFICER,
  },
};

const PROPOSED: Act = {
  step: 'resolution_proposed',
  outcome: 'sanctioned',
  documentNumber: '12/QĐ',
  ground: 'Có vi phạm',
};

const facts = (change: Partial<StepFacts> = {}): StepFacts => ({
  state: STATE,
  act: PROPOSED,
  change: CHANGE,
  actor: { staff: OFFICER, unit: UNIT },
  ...change,
});

describe('the citizen’s part', () => {
  test('has these bytes', () => {
    expect(JSON.stringify(citizenPartOf(facts()))).toBe(
      '{"v":1,"step":"resolution_proposed","stage":"verifying","overlay":"none","outcome":null,' +
        '"unit":"14-03646-ca","message":null}',
    );
  });

  test('names no person, no proposed outcome, no ground, no priority', () => {
    const text = JSON.stringify(citizenPartOf(facts({ decision: '{"payload":"x"}' })));
    for (const hidden of [OFFICER, 'sanctioned', '12/QĐ', 'Có vi phạm', 'P2', 'payload'])
      expect(text).not.toContain(hidden);
  });

  test('names the unit that holds the tip after the step', () => {
    const change: TipChange = { ...CHANGE, custody: { kind: 'accept', unit: OTHER } };
    expect(citizenPartOf(facts({ change })).unit).toBe(OTHER);
    expect(holderAfter(STATE, { ...CHANGE, custody: { kind: 'offer', to: OTHER } })).toBe(UNIT);
  });

  test('names the envelope that came with the step', () => {
    const message = { no: 2, seal: 'ab'.repeat(32) };
    expect(citizenPartOf(facts({ message })).message).toEqual(message);
  });
});

describe('the restricted part', () => {
  test('has these bytes', () => {
    expect(JSON.stringify(restrictedPartOf(facts()))).toBe(
      `{"v":1,"actor":{"staff":"${OFFICER}","unit":"14-03646-ca"},` +
        '"from":{"unit":"14-03646-ca","stage":"verifying","overlay":"none"},' +
        '"act":{"step":"resolution_proposed","outcome":"sanctioned","documentNumber":"12/QĐ","ground":"Có vi phạm"},' +
        '"after":{"priority":"P2","legalKind":"crime_report","conduct":"harbouring"},' +
        '"message":null,"wraps":[],"decision":null}',
    );
  });

  test('does not depend on the order in which an act’s fields were given', () => {
    const turned = Object.fromEntries(Object.entries(PROPOSED).reverse()) as unknown as Act;
    expect(JSON.stringify(restrictedPartOf(facts({ act: turned })))).toBe(
      JSON.stringify(restrictedPartOf(facts())),
    );
  });

  test('carries nothing of an act but its own fields', () => {
    const act = { step: 'registered', note: 'tên người báo tin' } as unknown as Act;
    expect(plainAct(act)).toEqual({ step: 'registered' });
  });

  test('lists new wraps by number and hash, and the decision’s exact text', () => {
    const wraps = [{ no: 1, hash: 'ef'.repeat(32) }];
    const part = restrictedPartOf(facts({ wraps, decision: '{"payload":"x"}' }));
    expect([part.wraps, part.decision]).toEqual([wraps, '{"payload":"x"}']);
  });
});

const ACTS: readonly Act[] = [
  { step: 'registered' },
  {
    step: 'classified',
    legalKind: 'crime_report',
    conduct: 'harbouring',
    priority: 'P1',
    competent: true,
    ...ORDINARY,
  },
  { step: 'prioritised', priority: 'P4', reason: 'r' },
  { step: 'assigned', assignee: COLLEAGUE },
  { step: 'verification_started', plan: 'p' },
  PROPOSED,
  { step: 'resolution_refused', decision: 3, reason: 'r' },
  { step: 'resolved', decision: 3 },
  { step: 'notified', impossible: null },
  { step: 'archived' },
  {
    step: 'transfer_sent',
    toUnit: OTHER,
    ground: 'g',
    ...FORM_03,
  },
  { step: 'transfer_acknowledged' },
  { step: 'transfer_returned', why: 'not_competent', ground: 'g' },
  { step: 'message_posted' },
  { step: 'rewrapped' },
  { step: 'printed', watermark: 'w' },
  { step: 'shredding_proposed', rule: 'spam', audited: 'ab'.repeat(32) as Hash, upTo: 9 },
  { step: 'shredding_refused', decision: 3, reason: 'r' },
  { step: 'shredded', decision: 3 },
  {
    step: 'canary_revealed',
    set: 'ab'.repeat(32) as Hash,
    index: 2,
    size: 5,
    path: ['cd'.repeat(32) as Hash],
    salt: 'ef'.repeat(32) as Hash,
  },
];

test.each(ACTS.map((act) => [act.step, act] as const))('%s is recorded with all its data', (_step, act) => {
  expect(plainAct(act)).toEqual(act);
});

test('two acts that differ in any field give different bytes', () => {
  const texts = fc.record({ documentNumber: fc.string(), ground: fc.string() });
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      const part = (data: typeof a) =>
        JSON.stringify(restrictedPartOf(facts({ act: { ...PROPOSED, ...data } as Act })));
      return (part(a) === part(b)) === (a.documentNumber === b.documentNumber && a.ground === b.ground);
    }),
  );
});

describe('the decision statement of a proposal', () => {
  const named = { instance: 'f1', tip: TIP, at: 1_795_300_000 as Seconds };

  test('says who proposed what about which tip, and when', () => {
    expect(openedDecision(CHANGE, named)).toEqual({
      instance: 'f1',
      tip: TIP,
      kind: 'resolution',
      proposedBy: OFFICER,
      at: 1_795_300_000,
      data: { outcome: 'sanctioned', documentNumber: '12/QĐ', ground: 'Có vi phạm' },
    });
  });

  test('of a shredding names the rule, the audited checkpoint and how far back it reaches', () => {
    const data = { rule: 'spam', audited: 'ab'.repeat(32), upTo: '9' };
    const change = { ...CHANGE, openDecision: { kind: 'shredding', data, proposedBy: OFFICER } } as const;
    expect(openedDecision(change, named)).toMatchObject({ kind: 'shredding', proposedBy: OFFICER, data });
  });

  test('does not exist for a step that opens no decision', () => {
    const { openDecision: _opened, ...without } = CHANGE;
    expect(openedDecision(without, named)).toBeNull();
  });
});

test('a read names its reader and the tips in the order asked for, to the citizen nothing', () => {
  const parts = readPartsOf({ staff: OFFICER, unit: UNIT }, [TIP]);
  expect(JSON.stringify(parts.citizen)).toBe('{"v":1}');
  expect(JSON.stringify(parts.restricted)).toBe(
    `{"v":1,"actor":{"staff":"${OFFICER}","unit":"${UNIT}"},"tips":["${TIP}"]}`,
  );
});
