import { describe, expect, test } from 'vitest';
import { actFrom } from '../../../src/client/console/tip/act-from.ts';
import { type Offer, offersFor } from '../../../src/client/console/tip/actions.tsx';
import { nextStep, rowOf } from '../../../src/client/console/tip/consequence.ts';
import type { OpenedTip } from '../../../src/client/console/worker/calls.ts';
import { lawWith } from '../../../src/client/console/worker/law.ts';
import type { Seconds, StaffId, UnitId } from '../../../src/domain/ids.ts';
import type { Actor, Step, TipState } from '../../../src/domain/life-cycle-types.ts';
import { CLOCKS, OUTCOMES, ROLES, STAGES, UNIT_KINDS } from '../../../src/domain/terms.ts';
import { CONSEQUENCES } from '../../../src/domain/transition-types.ts';
import { consoleEn } from '../../../src/i18n/en/console.ts';
import { domainEn } from '../../../src/i18n/en/domain.ts';
import { consoleVi } from '../../../src/i18n/vi/console.ts';
import { domainVi } from '../../../src/i18n/vi/domain.ts';
import { ORDINARY, UNTOUCHED } from '../../fixtures/acts.ts';

const UNIT = '14-03646-ca' as UnitId;
const OFFICER = 'a'.repeat(32) as StaffId;
const OTHER = 'b'.repeat(32) as StaffId;

const state = (more: Partial<TipState> = {}): TipState => ({
  unit: UNIT,
  stage: 'submitted',
  overlay: 'none',
  priority: 'P3',
  urgent: false,
  legalKind: null,
  conduct: null,
  outcome: null,
  t0: 0 as Seconds,
  clocks: [],
  pending: null,
  transferTo: null,
  ...UNTOUCHED,
  ...more,
});
const actor = (roles: Actor['roles'], more: Partial<Actor> = {}): Actor => ({
  staff: OFFICER,
  unit: UNIT,
  roles,
  overTipUnit: false,
  ...more,
});
const tip = (of: TipState, who: Actor, muted = false): OpenedTip =>
  ({
    detail: { state: of },
    actor: who,
    thread: { muted, withdrew: false },
    law: lawWith([]),
    procuracies: ['14-vks'],
  }) as unknown as OpenedTip;
const NOW = 1_000_000;
const keys = (of: TipState, who: Actor): string[] => offersFor(tip(of, who), NOW).map((offer) => offer.key);

describe('the buttons of a tip', () => {
  test('a new tip waits to be registered, and may be spam', () => {
    const found = keys(state(), actor(['officer']));
    expect(found[0]).toBe('registered');
    expect(found).toContain('resolution_proposed-apart');
    expect(found).not.toContain('resolution_proposed');
    expect(found).not.toContain('assigned');
  });

  test('a registered tip waits to be classified', () => {
    expect(keys(state({ stage: 'received' }), actor(['officer']))[0]).toBe('classified');
  });

  test('a tip under verification waits for a proposal, and printing stands last', () => {
    const found = keys(state({ stage: 'verifying', legalKind: 'crime_report' }), actor(['officer']));
    expect(found[0]).toBe('resolution_proposed');
    expect(found.at(-1)).toBe('printed');
  });

  test('whoever proposed is not offered the approval, a head is', () => {
    const pending = {
      id: 1,
      kind: 'resolution',
      outcome: 'sanctioned',
      documentNumber: '1',
      mergedInto: null,
      violationLeft: false,
      proposedBy: OFFICER,
      proposerUnit: UNIT,
    } as const;
    const waiting = state({ stage: 'verifying', legalKind: 'crime_report', pending });
    expect(keys(waiting, actor(['head']))).not.toContain('resolved');
    expect(keys(waiting, actor(['head'], { staff: OTHER }))[0]).toBe('resolved');
  });

  test('steps of the citizen and re-wraps are never offered', () => {
    for (const stage of STAGES) {
      const found = keys(state({ stage, legalKind: 'crime_report' }), actor(['officer', 'head']));
      for (const step of ['submitted', 'message_received', 'rewrapped']) expect(found).not.toContain(step);
    }
  });

  test('a leader may close a thread, and open it again once it is closed', () => {
    const of = state({ stage: 'verifying', legalKind: 'crime_report' });
    const steps = (muted: boolean) =>
      offersFor(tip(of, actor(['head']), muted), NOW)
        .map((offer) => offer.step)
        .filter((step) => step.startsWith('thread_'));
    expect([steps(false), steps(true)]).toEqual([['thread_muted'], ['thread_unmuted']]);
  });

  test('an officer may ask back, and only a support unit asks whether it may pass a tip on', () => {
    const of = state({ stage: 'verifying', legalKind: 'crime_report' });
    expect(keys(of, actor(['officer']))).toContain('question_posted');
    expect(keys(of, actor(['officer']))).not.toContain('consent_asked');
    expect(keys(of, actor(['support_worker']))).toContain('consent_asked');
  });

  test('nobody without a role is offered anything', () => {
    expect(keys(state(), actor(['auditor']))).toEqual([]);
  });
});

describe('the consequence under a button', () => {
  const step = (name: Step): Pick<Offer, 'step' | 'outcomes'> => ({ step: name, outcomes: [] });
  /** Consequence of each button that is offered, by its key, before anything is chosen in its form. */
  const underButtons = (of: TipState, who: Actor): Readonly<Record<string, string | undefined>> =>
    Object.fromEntries(
      offersFor(tip(of, who), NOW).map((offer) => [offer.key, rowOf(offer, of)?.consequence]),
    );

  test('every button that is offered has one', () => {
    for (const stage of STAGES)
      for (const legalKind of ['crime_report', 'support_request'] as const) {
        const found = underButtons(state({ stage, legalKind }), actor(['officer', 'head']));
        for (const [key, consequence] of Object.entries(found))
          expect([stage, key, consequence]).toEqual([stage, key, expect.any(String)]);
      }
  });

  test('saying "not competent" changes what classifying does', () => {
    const received = state({ stage: 'received' });
    const under = (competent: boolean) => rowOf(step('classified'), received, { competent })?.consequence;
    expect([under(true), under(false)]).toEqual(['kind_set', 'kind_set_not_competent']);
  });

  test.each([
    ['verifying', 'crime_report'],
    ['classified', 'support_request'],
    ['assigned', 'crime_report'],
  ] as const)(
    'proposing an end asks a second person, proposing spam somebody from outside: %s, %s',
    (stage, legalKind) => {
      expect(underButtons(state({ stage, legalKind }), actor(['officer']))).toMatchObject({
        resolution_proposed: 'second_person_asked',
        'resolution_proposed-apart': 'outside_person_asked',
      });
    },
  );

  test('no outcome that a button lists says anything else than its button', () => {
    const verifying = state({ stage: 'verifying', legalKind: 'crime_report' });
    const proposals = offersFor(tip(verifying, actor(['officer'])), NOW).filter(
      ({ outcomes }) => outcomes.length > 0,
    );
    for (const offer of proposals)
      for (const outcome of offer.outcomes)
        expect([outcome, rowOf(offer, verifying, { outcome })?.consequence]).toEqual([
          outcome,
          rowOf(offer, verifying)?.consequence,
        ]);
  });

  test('a step that the table does not have for a state has no row, and nothing is next without steps', () => {
    const verifying = state({ stage: 'verifying', legalKind: 'crime_report' });
    expect(rowOf(step('archived'), verifying)).toBeNull();
    expect(nextStep([], verifying)).toBeNull();
  });
});

describe('the act that a form says', () => {
  const read = (fields: Record<string, string>) => (name: string) => fields[name] ?? '';
  const more = { decision: 7, watermark: 'A · B' };

  test('a classification carries all four answers', () => {
    const fields = { legalKind: 'crime_report', conduct: 'brokering', priority: 'P2', competent: 'no' };
    expect(actFrom('classified', read(fields), more)).toEqual({
      step: 'classified',
      legalKind: 'crime_report',
      conduct: 'brokering',
      priority: 'P2',
      competent: false,
      ...ORDINARY,
    });
  });

  test.each([
    ['classified', {}],
    ['prioritised', { reason: 'x' }],
    ['assigned', { assignee: 'somebody' }],
    ['resolution_proposed', { outcome: 'nothing' }],
    ['transfer_sent', { toUnit: '' }],
  ] as const)('%s without what it needs says nothing', (step, fields) => {
    expect(actFrom(step, read(fields), more)).toBeNull();
  });

  test('an approval names the decision that was shown, a print its mark', () => {
    expect(actFrom('resolved', read({}), more)).toEqual({ step: 'resolved', decision: 7 });
    expect(actFrom('printed', read({}), more)).toEqual({ step: 'printed', watermark: 'A · B' });
  });
});

describe('the words of the field', () => {
  /** Every key of a catalogue, dotted. */
  const paths = (value: unknown, at = ''): string[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, inner]) => paths(inner, `${at}.${key}`))
      : [at];

  test('both languages say the same things', () => {
    expect(paths(domainEn)).toEqual(paths(domainVi));
    expect(paths(consoleEn)).toEqual(paths(consoleVi));
  });

  test('every identifier has a word in NFC', () => {
    const lists: [readonly string[], Readonly<Record<string, string>>][] = [
      [CLOCKS, domainVi.clock],
      [OUTCOMES, domainVi.outcome],
      [ROLES, domainVi.role],
      [UNIT_KINDS, domainVi.unitKind],
      [CONSEQUENCES, domainVi.consequence],
    ];
    for (const [words, labels] of lists)
      for (const word of words) expect(labels[word]?.normalize('NFC')).toBe(labels[word]);
  });
});
