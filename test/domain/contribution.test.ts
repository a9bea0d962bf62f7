import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ContributedClock,
  type ContributionSource,
  contributionOf,
  countedKind,
  rateRowsOf,
  readRemains,
  runsOf,
  settledDay,
} from '../../src/domain/contribution.ts';
import type { Day, Hash, TipId } from '../../src/domain/ids.ts';
import { COMMUNE, OTHER } from './support.ts';

const clock = (more: Partial<ContributedClock> = {}): ContributedClock => ({
  clock: 'verify',
  verb: 'verified',
  unit: COMMUNE,
  legalKind: 'crime_report',
  conduct: 'harbouring',
  dueDay: '2026-06-21' as Day,
  stoppedDay: '2026-06-20' as Day,
  result: 'done',
  passedOn: false,
  counted: true,
  ...more,
});
const source: ContributionSource = {
  received: { unit: COMMUNE, day: '2026-06-01' as Day },
  clocks: [clock(), clock({ clock: 'settle', verb: null })],
  flows: [
    { kind: 'went', unit: COMMUNE, day: '2026-06-02' as Day, other: OTHER },
    { kind: 'came', unit: OTHER, day: '2026-06-02' as Day, other: COMMUNE },
    { kind: 'settled', unit: OTHER, day: '2026-06-20' as Day, other: null },
  ],
  outcome: 'unfounded',
  mergedInto: null,
};
const remains = {
  rule: 'apart-6m',
  ground: 'chính sách',
  audited: { size: 512, root: 'ab'.repeat(32) as Hash, statement: 'cd'.repeat(32) as Hash },
  upTo: 9,
  leaves: [[3, 1] as const, [260, 2] as const],
  contribution: contributionOf(source),
};

describe('what a tip contributes', () => {
  test('is the same bytes in whatever order its clocks and their keys come', () => {
    const turned = Object.fromEntries(Object.entries(clock()).reverse()) as unknown as ContributedClock;
    const other = { ...source, clocks: [clock({ clock: 'settle', verb: null }), turned] };
    expect(JSON.stringify(contributionOf(other))).toBe(JSON.stringify(contributionOf(source)));
  });

  test('begins its flows with its receipt', () => {
    expect(contributionOf(source).flows[0]).toEqual({
      kind: 'received',
      unit: COMMUNE,
      day: '2026-06-01',
      other: null,
    });
  });

  test('stands in one cell for each clock that feeds a rate', () => {
    const rows = rateRowsOf(
      contributionOf({
        ...source,
        clocks: [
          clock(),
          clock({ verb: 'handled', counted: false }),
          clock({ verb: 'received', result: 'void' }),
          clock({ clock: 'archive', verb: null }),
        ],
      }),
    );
    expect(rows).toEqual([
      {
        unit: COMMUNE,
        legalKind: 'crime_report',
        conduct: 'harbouring',
        verb: 'verified',
        dueDay: '2026-06-21',
        stoppedDay: '2026-06-20',
        count: 1,
        passedOn: false,
      },
    ]);
  });

  test('says when the outcome was reached and under which kind it was counted', () => {
    const contribution = contributionOf(source);
    expect([settledDay(contribution), countedKind(contribution)]).toEqual(['2026-06-20', 'crime_report']);
    const bare = contributionOf({ ...source, clocks: [], flows: [] });
    expect([settledDay(bare), countedKind(bare)]).toEqual([null, null]);
  });
});

describe('places of emptied events', () => {
  test('come back from their runs in the same order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(60), { maxLength: 40 }), (indices) => {
        const back = runsOf(indices).flatMap(([first, count]) =>
          Array.from({ length: count }, (_, at) => first + at),
        );
        return JSON.stringify(back) === JSON.stringify(indices);
      }),
    );
  });

  test('next to each other make one run', () => {
    expect(runsOf([4, 5, 6, 9, 8])).toEqual([
      [4, 3],
      [9, 1],
      [8, 1],
    ]);
  });
});

describe('what remains, read again', () => {
  test('is what was written', () => {
    expect(readRemains(JSON.parse(JSON.stringify(remains)))).toEqual(remains);
  });

  test.each([
    ['remains.rule', { rule: '' }],
    ['remains.audited.size', { audited: { ...remains.audited, size: 0 } }],
    ['remains.audited.root', { audited: { ...remains.audited, root: 'ab' } }],
    ['remains.upTo', { upTo: -1 }],
    ['remains.leaves[0]', { leaves: [[1, 2, 3]] }],
    ['remains.leaves[0][1]', { leaves: [[1, 0]] }],
    [
      'remains.contribution.clocks[0].verb',
      { contribution: { ...remains.contribution, clocks: [{ ...clock(), verb: 'x' }] } },
    ],
    [
      'remains.contribution.mergedInto',
      { contribution: { ...remains.contribution, mergedInto: 'x' as TipId } },
    ],
  ])('is refused at %s', (path, more) => {
    expect(() => readRemains({ ...remains, ...more })).toThrow(expect.objectContaining({ path }));
  });
});
