import { describe, expect, test } from 'vitest';
import { actFrom } from '../../../src/client/console/tip/act-from.ts';
import { isCalledFor, isOwed } from '../../../src/client/console/tip/called-for.ts';
import { identityOf, kindsFor } from '../../../src/client/console/tip/classify-fields.tsx';
import { noNoticeOf } from '../../../src/client/console/tip/notice-fields.tsx';
import type { OpenedTip } from '../../../src/client/console/worker/calls.ts';
import { lawWith } from '../../../src/client/console/worker/law.ts';
import type { Step } from '../../../src/domain/life-cycle-types.ts';

const law = lawWith([]);
const STAFF = ['a'.repeat(32), 'b'.repeat(32)] as const;

/** What a form's fields hold, by name. */
const filled =
  (fields: Readonly<Record<string, string>>) =>
  (name: string): string =>
    fields[name] ?? '';
const act = (step: Step, fields: Readonly<Record<string, string>>) =>
  actFrom(step, filled(fields), { decision: 7, watermark: 'w' });

describe('the acts that the law’s forms say', () => {
  const paper = { documentNumber: '1/QĐ', ground: 'g', reason: 'r' };

  test.each([
    [
      'extension_proposed',
      { until: '2027-01-25', number: '2', toUnit: '14-vks' },
      { number: 2, until: '2027-01-25', ground: 'g', documentNumber: '1/QĐ', toUnit: '14-vks' },
    ],
    ['extended', {}, { decision: 7, documentNumber: '1/QĐ' }],
    ['extension_refused', {}, { decision: 7, reason: 'r' }],
    [
      'suspension_proposed',
      { why: 'papers_awaited', toUnit: '14-vks' },
      { why: 'papers_awaited', ground: 'g', documentNumber: '1/QĐ', toUnit: '14-vks' },
    ],
    ['suspended', {}, { decision: 7 }],
    ['suspension_noticed', { impossible: 'no_code' }, { impossible: 'no_code' }],
    ['suspension_annulled', {}, { documentNumber: '1/QĐ', reason: 'r' }],
    ['resumed', {}, { documentNumber: '1/QĐ', ground: 'g' }],
    ['receipt_noticed', { toUnit: '14-vks', impossible: 'write' }, { toUnit: '14-vks', impossible: null }],
    ['child_measures_taken', {}, { documentNumber: '1/QĐ', ground: 'g' }],
    ['assignment_proposed', {}, { documentNumber: '1/QĐ' }],
    ['file_passed', { agency: 'UBND' }, { agency: 'UBND', documentNumber: '1/QĐ' }],
    ['reopened', { why: 'new_facts' }, { why: 'new_facts', reason: 'r', documentNumber: '1/QĐ' }],
    [
      'post_check_set',
      { day: '2027-01-25', kind: 'hotspot', focal: STAFF[0], deputy: STAFF[1] },
      { day: '2027-01-25', kind: 'hotspot', focal: STAFF[0], deputy: STAFF[1] },
    ],
    ['post_check_done', { result: 'again' }, { result: 'again', reason: 'r' }],
  ] as const)('%s', (step, fields, said) =>
    expect(act(step, { ...paper, ...fields })).toEqual({ step, ...said }),
  );

  test.each([
    ['extension_proposed', { until: 'tomorrow' }],
    ['suspension_proposed', { why: 'papers_awaited' }],
    ['suspension_proposed', { why: 'because', toUnit: '14-vks' }],
    ['reopened', { why: '' }],
    ['post_check_set', { day: '2027-01-25', kind: 'hotspot', focal: STAFF[0] }],
    ['post_check_done', { result: '' }],
    ['diverted', { toUnit: '', why: 'conflict' }],
    ['diverted', { toUnit: '14-ttca', why: 'because' }],
  ] as const)('%s says nothing while a choice is missing: %j', (step, fields) =>
    expect(act(step, { ...paper, ...fields })).toBeNull(),
  );
});

describe('the kinds that a tip can be', () => {
  test('nobody denounces or complains without a name, or over the network', () => {
    expect(kindsFor('web', 'anonymous', law.kinds)).not.toContain('denunciation');
    expect(kindsFor('web', 'named', law.kinds)).not.toContain('complaint');
    expect(kindsFor('post', 'anonymous', law.kinds)).not.toContain('denunciation');
    expect(kindsFor('post', 'named', law.kinds)).toEqual(
      expect.arrayContaining(['denunciation', 'complaint']),
    );
    expect(kindsFor('web', 'anonymous', law.kinds)).toContain('denunciation_info');
  });

  test('who the informant is says the newest envelope that tells it', () => {
    const informant = (mode: string) => ({ mode });
    const tip = (first: string | null, ...later: readonly (string | null)[]) =>
      ({
        extras: { informant: first === null ? null : informant(first) },
        messages: later.map((mode) => ({ informant: mode === null ? null : informant(mode) })),
      }) as unknown as OpenedTip;
    expect(identityOf(tip(null))).toBe('anonymous');
    expect(identityOf(tip('refused', null))).toBe('refused');
    expect(identityOf(tip('refused', 'named', null))).toBe('named');
  });
});

describe('steps that the law asks for', () => {
  const tip = (state: object, more: object = {}): OpenedTip =>
    ({
      detail: { state: { clocks: [], legalKind: 'crime_report', outcome: null, postCheck: null, ...state } },
      extras: { informant: null },
      messages: [],
      thread: { noCode: false },
      law,
      procuracies: ['14-vks'],
      ...more,
    }) as unknown as OpenedTip;

  test('a duty is offered while its clock runs, and no longer', () => {
    const clock = (stopped: number | null) => ({ clocks: [{ clock: 'child_measures', stopped }] });
    expect(isCalledFor('child_measures_taken', tip(clock(null)), 0)).toBe(true);
    expect(isOwed('child_measures_taken', tip(clock(null)))).toBe(true);
    expect(isCalledFor('child_measures_taken', tip(clock(5)), 0)).toBe(false);
    expect(isOwed('registered', tip(clock(null)))).toBe(false);
  });

  test('only crime is suspended, and never without a procuracy that may know', () => {
    expect(isCalledFor('suspension_proposed', tip({}), 0)).toBe(true);
    expect(isCalledFor('suspension_proposed', tip({ legalKind: 'feedback' }), 0)).toBe(false);
    expect(isCalledFor('suspension_proposed', tip({}, { procuracies: [] }), 0)).toBe(false);
  });

  test('what was merged is not reopened, and one follow-up at a time is open', () => {
    expect(isCalledFor('reopened', tip({ outcome: 'duplicate' }), 0)).toBe(false);
    expect(isCalledFor('reopened', tip({ outcome: 'kept' }), 0)).toBe(true);
    expect(isCalledFor('post_check_set', tip({ postCheck: {} }), 0)).toBe(false);
    expect(isCalledFor('post_check_done', tip({ postCheck: {} }), 0)).toBe(true);
  });

  test('a notice is impossible only where nobody holds a code', () => {
    const refused = { extras: { informant: { mode: 'refused' } } };
    expect(noNoticeOf(tip({}, refused))).toEqual([]);
    expect(noNoticeOf(tip({}, { thread: { noCode: true } }))).toEqual(['no_code']);
    expect(noNoticeOf(tip({}, { ...refused, thread: { noCode: true } }))).toEqual(['no_code', 'refused']);
  });
});
