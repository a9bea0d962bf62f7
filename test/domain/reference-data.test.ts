import { describe, expect, test } from 'vitest';
import { conductById, conductIds, groupOf, parseConduct } from '../../src/domain/conduct.ts';
import { DataError, DataValue } from '../../src/domain/data-error.ts';
import { PLAIN_OUTCOMES, PLAIN_STATES, plainState } from '../../src/domain/plain-state.ts';
import { parsePlans } from '../../src/domain/plans.ts';
import { initialPriority, isUrgent, proposedPriority } from '../../src/domain/priority.ts';
import { CONDUCT_GROUPS, OUTCOMES, STAGES } from '../../src/domain/terms.ts';
import { data } from './support.ts';

const table = parseConduct(data('conduct'));
const plans = parsePlans(data('plans'));

describe('conduct', () => {
  test.each([
    ['buying_sex', 'P3'],
    ['selling_sex', 'P3'],
    ['buying_sex_minor', 'P1'],
    ['harbouring', 'P2'],
    ['brokering', 'P2'],
    ['organising', 'P2'],
    ['coercion', 'P1'],
    ['trafficking', 'P1'],
    ['trafficking_minor', 'P1'],
    ['child_pornography', 'P1'],
    ['pornography', 'P3'],
    ['online_solicitation', 'P2'],
    ['venue_abuse', 'P3'],
    ['protection_racket', 'P2'],
    ['official_collusion', 'P1'],
    ['minor_labour', 'P2'],
    ['retaliation', 'P1'],
    ['other', 'P3'],
  ])('%s is %s by default', (id, priority) => expect(conductById(table, id)?.priority).toBe(priority));

  test('whoever may need help is offered it', () => {
    for (const id of ['selling_sex', 'coercion', 'trafficking', 'buying_sex_minor'])
      expect(conductById(table, id)?.supportOffer, id).toBe(true);
  });

  test('each group has something that the form offers, but help, which has a door of its own', () => {
    for (const group of CONDUCT_GROUPS) {
      const offered = table.conducts.some((conduct) => conduct.group === group && conduct.onForm);
      expect(offered, group).toBe(group !== 'support');
    }
  });

  test('an unknown id has no entry and the group other', () => {
    expect(conductById(table, 'constructor')).toBeNull();
    expect(groupOf(table, 'constructor')).toBe('other');
    expect(groupOf(table, 'minor_labour')).toBe('child');
    expect(conductIds(table).size).toBe(table.conducts.length);
  });

  const json = data('conduct') as { groups: object[]; conducts: object[] };
  const first = (more: object) => ({
    ...json,
    conducts: [{ ...json.conducts[0], ...more }, ...json.conducts.slice(1)],
  });
  test.each([
    [first({ id: 'Bad id' }), 'conduct.conducts[0].id: must be 2–40'],
    [first({ id: 'other' }), 'is used twice: other'],
    [first({ group: 'x' }), 'conduct.conducts[0].group: must be one of'],
    [first({ onForm: 'yes' }), 'conduct.conducts[0].onForm: must be true or false'],
    [{ ...json, groups: json.groups.slice(1) }, 'conduct.groups: must name prostitution once'],
  ])('a wrong file %# is refused and the entry named', (wrong, message) =>
    expect(() => parseConduct(wrong)).toThrow(message),
  );
});

describe('priority', () => {
  test('one urgent answer is enough', () => {
    expect(isUrgent({ happeningNow: false, danger: false, minor: false })).toBe(false);
    expect(isUrgent({ happeningNow: true, danger: false, minor: false })).toBe(true);
    expect(isUrgent({ happeningNow: false, danger: true, minor: false })).toBe(true);
    expect(isUrgent({ happeningNow: false, danger: false, minor: true })).toBe(true);
  });

  test('an urgent tip is P1 whatever it is about', () => {
    for (const group of CONDUCT_GROUPS) expect(initialPriority(true, group, table)).toBe('P1');
    expect(proposedPriority(true, 'pornography', table)).toBe('P1');
  });

  test('before anybody classified it a tip has the highest priority that is usual in its group, and children come first', () => {
    expect(initialPriority(false, 'child', table)).toBe('P1');
    expect(initialPriority(false, 'prostitution', table)).toBe('P2');
    expect(initialPriority(false, 'other', table)).toBe('P3');
    expect(proposedPriority(false, 'selling_sex', table)).toBe('P3');
    expect(proposedPriority(false, 'nothing', table)).toBe('P3');
  });
});

describe('the plans', () => {
  test('are the five', () =>
    expect(plans.map((plan) => plan.id)).toEqual([
      'tan-phong-2026-2030',
      'tien-nong-2024',
      'ha-dong-2021-2025',
      'ninh-binh-2026',
      'son-la-2026',
    ]));

  test('keep null where a plan gives no figure and no date', () => {
    const sonLa = plans.find((plan) => plan.id === 'son-la-2026');
    expect([sonLa?.percent, sonLa?.number]).toEqual([null, null]);
    expect(sonLa?.reports.map((report) => report.due)).toEqual(['05-15', '11-10']);
    expect(plans[0]?.reports.map((report) => report.due)).toEqual([null]);
  });

  test('count conduct that the conduct table has', () => {
    for (const plan of plans)
      for (const id of plan.countedConduct ?? []) expect(conductById(table, id), id).not.toBeNull();
  });

  test.each([
    [
      { plans: [{ ...(data('plans') as { plans: object[] }).plans[0], verbs: ['seen'] }] },
      'plans.plans[0].verbs[0]: must be one of',
    ],
    [
      { plans: [{ ...(data('plans') as { plans: object[] }).plans[0], percent: 101 }] },
      'plans.plans[0].percent: must be a whole number',
    ],
    [
      {
        plans: [
          {
            ...(data('plans') as { plans: object[] }).plans[0],
            reports: [{ cadence: 'year', from: 'a', to: 'b', due: '13-01' }],
          },
        ],
      },
      'plans.plans[0].reports[0].due: must be MM-DD',
    ],
  ])('a wrong file %# is refused and the entry named', (json, message) =>
    expect(() => parsePlans(json)).toThrow(message),
  );
});

describe('plain words for the citizen', () => {
  test('every stage and every outcome has its sentence', () => {
    const states = STAGES.map((stage) => plainState({ stage, overlay: 'none', outcome: null }).state);
    expect(new Set([...states, 'passing_on', 'taking_longer', 'resting'])).toEqual(new Set(PLAIN_STATES));
    const outcomes = OUTCOMES.map(
      (outcome) => plainState({ stage: 'notified', overlay: 'none', outcome }).outcome,
    );
    expect(new Set(outcomes)).toEqual(new Set(PLAIN_OUTCOMES));
  });

  test('a tip on its way to another unit says so', () =>
    expect(plainState({ stage: 'verifying', overlay: 'transfer_sent', outcome: null })).toEqual({
      state: 'passing_on',
      outcome: null,
    }));

  test.each([
    ['verifying', 'suspended', 'resting'],
    ['verifying', 'extended_1', 'taking_longer'],
    ['verifying', 'extended_2', 'taking_longer'],
    ['resolved', 'extended_2', 'decided'],
  ] as const)('a tip that is %s and %s reads %s', (stage, overlay, state) =>
    expect(plainState({ stage, overlay, outcome: null }).state).toBe(state),
  );
});

describe('reading data', () => {
  test('an error knows the path of its entry', () => {
    try {
      new DataValue('file', { a: [{ b: 1 }] }).at('a').items()[0]?.at('b').text();
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(DataError);
      expect((error as DataError).path).toBe('file.a[0].b');
    }
  });

  test('names that every object inherits are not members', () =>
    expect(new DataValue('file', {}).at('constructor').value).toBeUndefined());
});
