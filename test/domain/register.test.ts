import { describe, expect, test } from 'vitest';
import type { Hour, Seconds, TipId, UnitId } from '../../src/domain/ids.ts';
import { type RegisterEvent, type RegisterRow, registerEntry } from '../../src/domain/register.ts';

const UNIT = '14-03646-ca' as UnitId;
const OTHER = '14-ttca' as UnitId;
const OFFICER = 'a1'.repeat(16);
const AT = 1_795_400_000;

let no = 0;
/** A step of the tip as its event says it, a day after the one before. */
const step = (
  type: string,
  act: object = {},
  more: { unit?: UnitId; actor?: UnitId } = {},
): RegisterEvent => {
  no++;
  return {
    no,
    type,
    at: (AT + no * 86_400) as Seconds,
    restricted: {
      v: 1,
      actor: { staff: OFFICER, unit: more.actor ?? UNIT },
      from: { unit: more.unit ?? UNIT, stage: 'received', overlay: 'none' },
      act: { step: type, ...act },
      after: { priority: 'P2', legalKind: 'crime_report', conduct: null },
    },
  };
};
const first = (part: object = {}): RegisterEvent => {
  no = 1;
  return { no, type: 'submitted', at: null, restricted: part };
};
const row = (events: readonly RegisterEvent[], change: Partial<RegisterRow> = {}): RegisterRow => ({
  number: 7,
  eventNo: events.find(({ type }) => type === 'registered')?.no ?? 2,
  tip: 'b2'.repeat(16) as TipId,
  unit: UNIT,
  t0: 498_700 as Hour,
  channel: 'in_person',
  assurance: 'operator',
  conductGroup: 'prostitution',
  conduct: 'harbouring',
  legalKind: 'crime_report',
  priority: 'P2',
  outcome: 'unfounded',
  stage: 'archived',
  overlay: 'none',
  due: null,
  events,
  ...change,
});
const entry = (events: readonly RegisterEvent[], change: Partial<RegisterRow> = {}) =>
  registerEntry(UNIT, 2026, row(events, change));

test('a line names who took the tip down, what they read of the informant, and to whom it was given', () => {
  const taken = { taken: { staff: 'c3'.repeat(16), unit: UNIT } };
  const events = [
    first(taken),
    step('registered'),
    step('classified', { identity: 'refused' }),
    step('assigned', { assignee: OFFICER }),
  ];
  expect(entry(events)).toMatchObject({
    takenBy: 'c3'.repeat(16),
    enteredBy: OFFICER,
    identity: 'refused',
    assignee: OFFICER,
  });
});

test('an extension and a result stand in the book only once they were approved', () => {
  const proposed = [
    first(),
    step('registered'),
    step('extension_proposed', { number: 1, until: '2027-02-01' }),
    step('resolution_proposed', { outcome: 'kept', documentNumber: '1/QĐ' }),
  ];
  expect(entry(proposed)).toMatchObject({ extension: null, outcome: null, documentNumber: null });
  const approved = [...proposed, step('extended', {}), step('resolved', {})];
  expect(entry(approved)).toMatchObject({
    extension: { number: 1, until: '2027-02-01' },
    outcome: 'kept',
    documentNumber: '1/QĐ',
  });
});

test('a tip that was opened again has no result until it has another', () => {
  const events = [
    first(),
    step('registered'),
    step('resolution_proposed', { outcome: 'unfounded', documentNumber: '2/TB' }),
    step('resolved'),
    step('notified', { impossible: 'no_code' }),
    step('archived'),
  ];
  expect(entry(events)).toMatchObject({ outcome: 'unfounded', notified: { impossible: 'no_code' } });
  expect(entry([...events, step('reopened', { why: 'new_facts' })])).toMatchObject({
    outcome: null,
    documentNumber: null,
    notified: null,
    archivedAt: null,
  });
});

describe('a tip that left', () => {
  const held = () => [first(), step('registered'), step('assigned', { assignee: OFFICER })];

  test('for a conflict of interest looks like one that was transferred', () => {
    const lines = [
      ['diverted', { toUnit: OTHER, why: 'conflict', ground: 'Trưởng đơn vị' }],
      ['transfer_acknowledged', {}],
    ].map(([type, act]) => {
      const events = [...held(), step(type as string, act as object, { actor: OTHER })];
      return entry(events, { unit: OTHER });
    });
    expect(lines[0]).toEqual(lines[1]);
    expect(lines[0]).toMatchObject({ tip: null, now: null, left: '2026-11-27' });
  });

  test('and came back has a second line that knows nothing of what the other unit did', () => {
    const events = [
      ...held(),
      step('transfer_acknowledged', {}, { actor: OTHER }),
      step('assigned', { assignee: 'd4'.repeat(16) }, { unit: OTHER, actor: OTHER }),
      step('transfer_acknowledged', {}, { unit: OTHER }),
    ];
    const back = events.at(-1)?.no ?? 0;
    expect(entry(events)).toMatchObject({ tip: null, left: '2026-11-27', assignee: OFFICER });
    expect(entry(events, { number: 8, eventNo: back })).toMatchObject({
      tip: 'b2'.repeat(16),
      left: null,
      assignee: null,
      enteredBy: OFFICER,
    });
  });
});

test('of a tip whose words were shredded the book keeps what the figures are counted from', () => {
  const events = [first(), step('registered'), step('resolved')].map((event) => ({
    ...event,
    restricted: null,
  }));
  expect(entry(events)).toMatchObject({
    number: 7,
    enteredBy: null,
    legalKind: 'crime_report',
    conduct: 'harbouring',
    outcome: 'unfounded',
    documentNumber: null,
  });
});
