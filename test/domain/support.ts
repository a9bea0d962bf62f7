import { readFileSync } from 'node:fs';
import { startOfDay } from '../../src/domain/calendar.ts';
import { holderAfter } from '../../src/domain/event-parts.ts';
import type { Day, Hash, Seconds, StaffId, UnitId } from '../../src/domain/ids.ts';
import { PLAIN_CASE, readLawOfSteps } from '../../src/domain/law.ts';
import type { DecideContext } from '../../src/domain/life-cycle.ts';
import { initialState } from '../../src/domain/life-cycle.ts';
import type {
  Act,
  Actor,
  PendingDecision,
  RunningClock,
  Step,
  TipChange,
  TipState,
} from '../../src/domain/life-cycle-types.ts';
import { pendingFrom } from '../../src/domain/pending.ts';
import type { Role } from '../../src/domain/terms.ts';
import { FORM_03, ORDINARY, UNTOUCHED } from '../fixtures/acts.ts';

/** A file of `db/data`, parsed. */
export const data = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../db/data/${name}.json`, import.meta.url), 'utf8'));

export const law = readLawOfSteps(data);
export const { calendar, rules } = law;

/** UTC seconds of a local time in Vietnam. */
export const at = (day: string, time = '00:00:00'): Seconds => {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return (startOfDay(day as Day) + hours * 3600 + minutes * 60 + seconds) as Seconds;
};

export const COMMUNE = '14-03646-ca' as UnitId;
export const PROVINCE = '14-ca' as UnitId;
export const PROCURACY = '14-vks' as UnitId;
export const OTHER = '14-03664-ca' as UnitId;
export const T0 = at('2026-06-01', '09:00:00');

export const staff = (n: number): StaffId => String(n).padStart(32, '0') as StaffId;

let people = 0;
/** A fresh person with one role in the tip's commune unit. */
export const member = (role: Role, more: Partial<Actor> = {}): Actor => {
  people += 1;
  return { staff: staff(people), unit: COMMUNE, roles: [role], overTipUnit: false, ...more };
};
/** A fresh person of the unit above. */
export const outsider = (role: Role): Actor => member(role, { unit: PROVINCE, overTipUnit: true });

export const context = (more: Partial<DecideContext> = {}): DecideContext => ({
  now: (T0 + 3600) as Seconds,
  ...law,
  ...PLAIN_CASE,
  unitKind: 'commune_police',
  ...more,
});

/** A conversation in which nothing was said yet. */
export const SILENT = { muted: false, consents: [], noCode: false, withdrew: false } as const;

const running = (change: TipChange): RunningClock[] =>
  change.startClocks.map(({ clock, ruleVersion, started, due }) => ({
    clock,
    ruleVersion,
    started,
    due,
    stopped: null,
  }));

/** A tip as it came in, received at T0 by the commune unit. */
export const tip = (more: Partial<TipState> = {}): TipState => ({
  unit: COMMUNE,
  stage: 'submitted',
  overlay: 'none',
  priority: 'P3',
  urgent: false,
  legalKind: null,
  conduct: null,
  outcome: null,
  t0: T0,
  ...UNTOUCHED,
  clocks: running(initialState({ unitKind: 'commune_police', priority: 'P3', t0: T0 }, { rules, calendar })),
  pending: null,
  transferTo: null,
  ...more,
});

const opened = (decision: NonNullable<TipChange['openDecision']>, by: Actor): PendingDecision => {
  const pending = pendingFrom(decision, { id: 7, proposedBy: decision.proposedBy, proposerUnit: by.unit });
  if (pending === null) throw new Error(`no ${decision.kind}`);
  return pending;
};

/** Carries a change out on a state as a store does. */
export const apply = (state: TipState, change: TipChange, by: Actor): TipState => {
  const stops = new Map(change.stopClocks.map((stop) => [stop.clock, stop.stopped]));
  const kept = state.clocks.map((clock) =>
    clock.stopped === null && stops.has(clock.clock)
      ? { ...clock, stopped: stops.get(clock.clock) ?? null }
      : clock,
  );
  const again = new Map(
    change.startClocks.filter((start) => start.again !== null).map((start) => [start.clock, start]),
  );
  const clocks = [
    ...kept.map((clock) => {
      const { due, ruleVersion } = again.get(clock.clock) ?? clock;
      return again.has(clock.clock) ? { ...clock, due, ruleVersion, stopped: null } : clock;
    }),
    ...running({ ...change, startClocks: change.startClocks.filter((start) => start.again === null) }),
  ];
  const { openDecision, closeDecision, custody } = change;
  const left = closeDecision === undefined ? state.pending : null;
  const pending = openDecision === undefined ? left : opened(openDecision, by);
  return {
    ...state,
    stage: change.stage,
    overlay: change.overlay,
    priority: change.priority,
    legalKind: change.legalKind,
    conduct: change.conduct,
    outcome: change.outcome,
    clocks,
    pending,
    unit: holderAfter(state, change),
    extension: change.extension,
    supervisor: change.supervisor,
    circumstances: change.circumstances,
    transferTo: custody?.kind === 'offer' ? custody.to : custody === undefined ? state.transferTo : null,
  };
};

/** A well-formed act for each step that staff take. */
export const ACTS: Readonly<Partial<Record<Step, Act>>> = {
  registered: { step: 'registered' },
  classified: {
    step: 'classified',
    legalKind: 'crime_report',
    conduct: 'harbouring',
    priority: 'P2',
    competent: true,
    ...ORDINARY,
  },
  prioritised: { step: 'prioritised', priority: 'P1', reason: 'đang xảy ra' },
  assigned: { step: 'assigned', assignee: staff(999) },
  verification_started: { step: 'verification_started', plan: 'xác minh tại chỗ' },
  resolution_proposed: {
    step: 'resolution_proposed',
    outcome: 'sanctioned',
    documentNumber: '12/QĐ-XPHC',
    ground: 'biên bản ngày 3/6',
  },
  resolution_refused: { step: 'resolution_refused', decision: 7, reason: 'chưa đủ căn cứ' },
  resolved: { step: 'resolved', decision: 7 },
  notified: { step: 'notified', impossible: null },
  archived: { step: 'archived' },
  transfer_sent: {
    step: 'transfer_sent',
    toUnit: OTHER,
    ground: 'không thuộc thẩm quyền',
    ...FORM_03,
  },
  transfer_acknowledged: { step: 'transfer_acknowledged' },
  transfer_returned: { step: 'transfer_returned', why: 'not_competent', ground: 'không thuộc địa bàn' },
  message_posted: { step: 'message_posted' },
  question_posted: { step: 'question_posted' },
  consent_asked: { step: 'consent_asked', toUnit: OTHER },
  thread_muted: { step: 'thread_muted', reason: 'chửi bới' },
  thread_unmuted: { step: 'thread_unmuted', reason: 'đã xin lỗi' },
  copy_made: { step: 'copy_made', copy: 1, seal: 'ab'.repeat(32) as Hash, toUnit: COMMUNE },
  rewrapped: { step: 'rewrapped' },
  printed: { step: 'printed', watermark: 'in lúc 9 giờ' },
  receipt_noticed: { step: 'receipt_noticed', toUnit: null, impossible: null },
  child_measures_taken: {
    step: 'child_measures_taken',
    documentNumber: '3/BC',
    ground: 'đã đưa cháu đến nơi an toàn',
  },
  assignment_proposed: { step: 'assignment_proposed', documentNumber: '4/CV' },
  suspension_proposed: {
    step: 'suspension_proposed',
    why: 'expert_awaited',
    ground: 'chờ kết luận giám định',
    documentNumber: '5/TTr',
    toUnit: PROCURACY,
  },
  suspension_noticed: { step: 'suspension_noticed', impossible: null },
  suspension_annulled: { step: 'suspension_annulled', documentNumber: '6/QĐ-VKS', reason: 'không có căn cứ' },
  resumed: { step: 'resumed', documentNumber: '7/QĐ', ground: 'đã có kết luận giám định' },
  reopened: { step: 'reopened', why: 'new_facts', reason: 'có chứng cứ mới', documentNumber: '8/QĐ' },
  file_passed: { step: 'file_passed', agency: 'UBND phường', documentNumber: '9/CV' },
  shredding_proposed: {
    step: 'shredding_proposed',
    rule: 'spam',
    audited: 'ab'.repeat(32) as Hash,
    upTo: 9,
  },
  shredding_refused: { step: 'shredding_refused', decision: 7, reason: 'còn cần' },
  shredded: { step: 'shredded', decision: 7 },
  canary_revealed: {
    step: 'canary_revealed',
    set: 'cd'.repeat(32) as Hash,
    index: 0,
    size: 1,
    path: [],
    salt: 'ef'.repeat(32) as Hash,
  },
};

/** The code of the AppError that a call throws; `none` when it throws nothing. */
export const codeOf = (call: () => unknown): string => {
  try {
    call();
    return 'none';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : `defect: ${String(error)}`;
  }
};
