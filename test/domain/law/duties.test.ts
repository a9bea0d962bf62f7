import { describe, expect, test } from 'vitest';
import { extensionProblem, parseExtensions } from '../../../src/domain/extension.ts';
import { fixedText, slotAt } from '../../../src/domain/fixed-text.ts';
import { answerable, holesIn, type UnitDuties } from '../../../src/domain/focal.ts';
import type { Day, Hash, Seconds, StaffId, UnitId } from '../../../src/domain/ids.ts';
import { kindProblem, parseKindDuties } from '../../../src/domain/legal-duties.ts';
import { parseSettlement, type SettlementRight, settlingProblem } from '../../../src/domain/settlement.ts';
import { at, calendar, lawJson } from './support.ts';

const who = (name: string): StaffId => name as StaffId;
const moment = (seconds: number): Seconds => seconds as Seconds;
const commune: UnitDuties = {
  unit: '14-03646-ca' as UnitId,
  duties: [
    { stage: 'verification', rank: 'active', staff: who('an'), from: moment(100), until: null },
    { stage: 'verification', rank: 'deputy', staff: who('binh'), from: moment(50), until: null },
  ],
  absences: [],
  leaders: [{ staff: who('chi'), role: 'head' }],
};
const province: UnitDuties = {
  unit: '14-ca' as UnitId,
  duties: [],
  absences: [],
  leaders: [{ staff: who('dung'), role: 'head' }],
};
const tip = {
  stage: 'verifying',
  overlay: 'none',
  pending: false,
  assignee: null,
  since: moment(200),
} as const;

describe('who answers for a tip', () => {
  const away = (...absent: string[]): UnitDuties => ({
    ...commune,
    absences: absent.map((name) => ({ staff: who(name), from: moment(300), until: moment(900) })),
  });
  test.each([
    [[], 'an', 'active', 200],
    [['an'], 'binh', 'deputy', 300],
    [['an', 'binh'], 'chi', 'head', 300],
    [['an', 'binh', 'chi'], 'dung', 'above', 300],
  ] as const)('with %j away it is %s', (absent, staff, as, since) => {
    expect(answerable(tip, [away(...absent), province], moment(400))).toMatchObject({ staff, as, since });
  });
  test('an absence ends by itself', () => {
    expect(answerable(tip, [away('an'), province], moment(900)).staff).toBe('an');
  });
  test('the assignee goes before the focal point while a tip is verified', () => {
    expect(answerable({ ...tip, assignee: who('em') }, [commune, province], moment(400)).as).toBe('assignee');
  });
  test('without any leader up to the top nobody is named, and that is said', () => {
    const empty = { ...province, leaders: [] };
    const alone = { ...commune, duties: [], leaders: [] };
    expect(answerable(tip, [alone, empty], moment(400))).toMatchObject({ staff: null, as: 'nobody' });
  });
  test('a stage without a present person is a hole', () => {
    expect(holesIn(away('an', 'binh'), ['verification', 'intake'], moment(400))).toEqual([
      'verification',
      'intake',
    ]);
    expect(holesIn(commune, ['verification'], moment(400))).toEqual([]);
  });
});

describe('the right to settle', () => {
  const rules = parseSettlement(lawJson('settlement'));
  const settling = {
    unitKind: 'commune_police',
    legalKind: 'crime_report',
    outcome: 'not_prosecuted',
    circumstances: [],
  } as const;
  const right: SettlementRight = {
    id: '00' as Hash,
    unit: commune.unit,
    staff: who('chi'),
    grade: 'mid',
    legalKinds: ['crime_report'],
    document: '12/QĐ-CSĐT',
    from: moment(100),
    until: moment(500),
  };
  const ask = (now: number, rights: readonly SettlementRight[], more = {}) =>
    settlingProblem(
      { ...settling, ...more },
      { staff: who('chi'), unit: commune.unit, rights },
      { now: moment(now), day: '2026-11-22' as Day, rules },
    );
  test('hangs on an assignment that holds at that moment', () => {
    expect(ask(99, [right])).toBe('no_right_to_settle');
    expect(ask(100, [right])).toBe(null);
    expect(ask(499, [right])).toBe(null);
    expect(ask(500, [right])).toBe('no_right_to_settle');
  });
  test('another person’s assignment is none', () => {
    expect(ask(200, [{ ...right, staff: who('an') }])).toBe('no_right_to_settle');
  });
  test('does not reach very serious cases', () => {
    expect(ask(200, [right], { circumstances: ['very_serious'] })).toBe('above_level');
  });
  test('a sanction needs none', () => {
    expect(ask(200, [], { outcome: 'sanctioned' })).toBe(null);
  });
});

describe('kinds of tip', () => {
  const kinds = parseKindDuties(lawJson('legal-kinds'));
  const duties = (kind: 'denunciation' | 'denunciation_info') => {
    const found = kinds.get(kind);
    if (found === undefined) throw new Error('missing');
    return found;
  };
  test.each([
    ['web', 'anonymous', 'identity_needed'],
    ['web', 'named', 'identity_needed'],
    ['in_person', 'anonymous', 'identity_needed'],
    ['in_person', 'refused', 'identity_needed'],
    ['in_person', 'named', null],
    ['post', 'confidential', null],
  ] as const)('a denunciation through %s by an informant who is %s: %s', (channel, identity, problem) => {
    expect(kindProblem({ channel, identity, evidence: null }, duties('denunciation'))).toBe(problem);
  });
  test('information with such content needs the three answers', () => {
    const tip = { channel: 'web', identity: 'anonymous' } as const;
    expect(kindProblem({ ...tip, evidence: null }, duties('denunciation_info'))).toBe('evidence_test');
    const evidence = { violator: true, proof: false, basis: true };
    expect(kindProblem({ ...tip, evidence }, duties('denunciation_info'))).toBe(null);
  });
});

describe('asking for more time', () => {
  const rules = parseExtensions(lawJson('extensions'));
  const t0 = at('2026-03-02 09:00');
  const first = { legalKind: 'crime_report', t0, extension: 0, due: at('2026-03-22 23:59') } as const;
  const second = { ...first, extension: 1, due: at('2026-05-04 23:59') } as const;
  const ask = (
    period: typeof first | typeof second | { readonly legalKind: null },
    number: 1 | 2,
    until: string,
    now: string,
    asking = true,
  ) =>
    extensionProblem(
      { ...first, ...period },
      { number, until: until as Day, asking },
      { now: at(now), rules, calendar },
    );
  test.each([
    [first, 1, '2026-05-04', '2026-03-22 10:00', null],
    [first, 1, '2026-05-05', '2026-03-22 10:00', 'extension_until'],
    [first, 1, '2026-03-22', '2026-03-20 10:00', 'extension_until'],
    [first, 1, '2026-05-04', '2026-03-23 00:00', 'extension_late'],
    [first, 2, '2026-07-02', '2026-03-10 10:00', 'extension_order'],
    [second, 1, '2026-05-04', '2026-04-01 10:00', 'extension_order'],
    [second, 2, '2026-07-02', '2026-04-29 23:00', null],
    [second, 2, '2026-07-03', '2026-04-29 23:00', 'extension_until'],
    [second, 2, '2026-07-02', '2026-04-30 00:00', 'extension_late'],
    [{ ...first, legalKind: null }, 1, '2026-05-04', '2026-03-10 10:00', 'extension_kind'],
  ] as const)('%j number %d to %s asked on %s: %s', (period, number, until, now, problem) => {
    expect(ask(period, number, until, now)).toBe(problem);
  });
  test('the decision may come up to the last second', () => {
    expect(ask(second, 2, '2026-07-02', '2026-05-04 23:59', false)).toBe(null);
    expect(ask(second, 2, '2026-07-02', '2026-05-05 00:00', false)).toBe('extension_late');
  });
});

test('every text of a digest has one length, whatever is in it', () => {
  expect(fixedText('Có việc', 100)).toHaveLength(100);
  expect(fixedText('Something waits for you', 100)).toHaveLength(100);
  expect(() => fixedText('x'.repeat(101), 100)).toThrow(RangeError);
});

test('a digest that missed its hour is left out', () => {
  const slots = [7.5 * 3600, 13.5 * 3600];
  expect(slotAt(8 * 3600, slots)).toBe(slots[0]);
  expect(slotAt(9 * 3600, slots)).toBe(null);
});
