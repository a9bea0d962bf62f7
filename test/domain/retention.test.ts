import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import type { Day } from '../../src/domain/ids.ts';
import {
  parseRetention,
  QUIET_DAYS,
  type RetentionFacts,
  retainedUntil,
  retentionRule,
  shredDue,
} from '../../src/domain/retention.ts';
import { LEGAL_KINDS, OUTCOMES, STAGES } from '../../src/domain/terms.ts';
import { data } from './support.ts';

const rules = parseRetention(data('retention'));
const RESOLVED = '2026-06-15' as Day;
const facts = (more: Partial<RetentionFacts> = {}): RetentionFacts => ({
  stage: 'archived',
  outcome: 'spam',
  legalKind: null,
  resolvedDay: RESOLVED,
  waiting: false,
  clockRuns: false,
  citizenDay: null,
  canary: false,
  shredded: false,
  ...more,
});
const LATER = '2199-01-01' as Day;
const days = fc.integer({ min: 0, max: 12_000 }).map((n) => addDays('2026-01-01' as Day, n));
const anyFacts: fc.Arbitrary<RetentionFacts> = fc.record({
  stage: fc.constantFrom(...STAGES),
  outcome: fc.option(fc.constantFrom(...OUTCOMES)),
  legalKind: fc.option(fc.constantFrom(...LEGAL_KINDS)),
  resolvedDay: fc.option(days),
  waiting: fc.boolean(),
  clockRuns: fc.boolean(),
  citizenDay: fc.option(days),
  canary: fc.boolean(),
  shredded: fc.boolean(),
});

describe('whether the words of a tip may go', () => {
  test('never for a tip that is not archived, has no outcome, waits, runs a clock, may be a canary or is gone already', () => {
    fc.assert(
      fc.property(anyFacts, days, (given, today) => {
        if (!('rule' in shredDue(given, rules, today))) return true;
        return (
          given.stage === 'archived' &&
          given.outcome !== null &&
          given.resolvedDay !== null &&
          !given.waiting &&
          !given.clockRuns &&
          !given.canary &&
          !given.shredded
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('what may go today may go on every later day while the rule is in force', () => {
    fc.assert(
      fc.property(anyFacts, days, fc.nat(5000), (given, today, more) => {
        if (!('rule' in shredDue(given, rules, today))) return true;
        return 'rule' in shredDue(given, rules, addDays(today, more));
      }),
    );
  });

  test('begins on the day after the period, counted from the outcome', () => {
    expect(shredDue(facts(), rules, '2026-12-15' as Day)).toEqual({ not: 'not_due', on: '2026-12-16' });
    expect(shredDue(facts(), rules, '2026-12-16' as Day)).toMatchObject({ rule: { id: 'apart-6m' } });
  });

  test('a period of months from the last day of a long month ends with the shorter one', () => {
    const rule = retentionRule(rules, 'spam', null, LATER);
    if (rule === null) throw new Error('no rule');
    expect(retainedUntil(rule, '2026-08-31' as Day)).toBe('2027-03-01');
    expect(retainedUntil({ ...rule, after: { n: 30, unit: 'd' } }, RESOLVED)).toBe('2026-07-16');
  });

  test('waits until the sender has been quiet for a while', () => {
    const given = facts({ citizenDay: '2026-12-01' as Day });
    const quiet = addDays('2026-12-01' as Day, QUIET_DAYS + 1);
    expect(shredDue(given, rules, addDays(quiet, -1))).toEqual({ not: 'thread', on: quiet });
    expect(shredDue(given, rules, quiet)).toHaveProperty('rule');
  });

  test.each([
    [{ waiting: true }, 'pending'],
    [{ clockRuns: true }, 'clock'],
    [{ canary: true }, 'canary'],
    [{ shredded: true }, 'shredded'],
    [{ stage: 'notified' }, 'open'],
    [{ outcome: 'kept', legalKind: 'feedback' }, 'no_rule'],
    [{ outcome: 'unfounded', legalKind: null }, 'no_rule'],
  ] as const)('%o stays: %s', (more, not) => {
    expect(shredDue(facts(more), rules, LATER)).toEqual({ not, on: null });
  });
});

describe('the rules of retention', () => {
  test('name at most one rule for an outcome and a kind, and none for what is kept for the record', () => {
    for (const outcome of OUTCOMES)
      for (const kind of [null, ...LEGAL_KINDS]) {
        const fitting = rules.filter(
          (rule) =>
            rule.outcomes.includes(outcome) &&
            (rule.legalKinds === null || (kind !== null && rule.legalKinds.includes(kind))),
        );
        expect(fitting.length, `${outcome} ${kind}`).toBeLessThanOrEqual(1);
        if (outcome === 'kept' || outcome === 'suspended') expect(fitting).toEqual([]);
      }
  });

  test('each gives its ground', () => {
    for (const rule of rules) expect(rule.basis.length, rule.id).toBeGreaterThan(10);
  });

  const json = data('retention') as { rules: Record<string, unknown>[] };
  const with0 = (more: object) => ({ rules: [{ ...json.rules[0], ...more }, ...json.rules.slice(1)] });
  test.each([
    [{ rules: 'none' }, 'retention.rules'],
    [with0({ id: 'Bad id' }), 'retention.rules[0].id'],
    [with0({ id: 'merged-12m' }), 'retention.rules[1].id'],
    [with0({ outcomes: [] }), 'retention.rules[0].outcomes'],
    [with0({ outcomes: ['open'] }), 'retention.rules[0].outcomes[0]'],
    [with0({ legalKinds: [] }), 'retention.rules[0].legalKinds'],
    [with0({ after: { n: 0, unit: 'm' } }), 'retention.rules[0].after.n'],
    [with0({ after: { n: 1, unit: 'h' } }), 'retention.rules[0].after.unit'],
    [with0({ until: '2025-12-31' }), 'retention.rules[0].until'],
    [with0({ outcomes: ['duplicate'] }), 'retention.rules[1]'],
    [with0({ nature: 'habit' }), 'retention.rules[0].nature'],
  ])('are refused by the path of what is wrong: %#', (wrong, path) => {
    expect(() => parseRetention(wrong)).toThrow(expect.objectContaining({ path }));
  });
});
