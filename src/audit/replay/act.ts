import { CITIZEN_STEPS, type CitizenAct } from '../../domain/conversation.ts';
import { isDay, isHash, isStaffId, isTipId, isUnitId } from '../../domain/ids.ts';
import {
  type Act,
  NO_CASE_GROUNDS,
  RETURN_GROUNDS,
  STEPS,
  TRANSFER_GROUNDS,
} from '../../domain/life-cycle-types.ts';
import { CIRCUMSTANCES, IDENTITY_MODES, LEGAL_KINDS, OUTCOMES, PRIORITIES } from '../../domain/terms.ts';
import {
  allOf,
  evidenceOf,
  given,
  guarded,
  hashes,
  type Of,
  oneOf,
  type Read,
  text,
  whole,
  yesNo,
} from './act-fields.ts';
import { objectOf } from './event.ts';
import { LAW_ACTS, noticed } from './law-acts.ts';

/** Steps with data; all others have none. */
const READ: { readonly [S in Act['step']]?: Read } = {
  classified: ({ legalKind, conduct, priority, competent, circumstances, identity, evidence }) => {
    const read = evidenceOf(evidence);
    if (read === undefined) return null;
    const act = given<Omit<Of<'classified'>, 'evidence'>>({
      step: 'classified',
      legalKind: oneOf(LEGAL_KINDS, legalKind),
      conduct: text(conduct),
      priority: oneOf(PRIORITIES, priority),
      competent: yesNo(competent),
      circumstances: allOf(CIRCUMSTANCES, circumstances),
      identity: oneOf(IDENTITY_MODES, identity),
    });
    return act === null ? null : { ...act, evidence: read };
  },
  notified: ({ impossible }) => noticed('notified', impossible),
  prioritised: ({ priority, reason }) =>
    given<Of<'prioritised'>>({
      step: 'prioritised',
      priority: oneOf(PRIORITIES, priority),
      reason: text(reason),
    }),
  assigned: ({ assignee }) =>
    given<Of<'assigned'>>({ step: 'assigned', assignee: guarded(assignee, isStaffId) }),
  verification_started: ({ plan }) =>
    given<Of<'verification_started'>>({ step: 'verification_started', plan: text(plan) }),
  resolution_proposed: ({
    outcome,
    documentNumber,
    ground,
    mergedInto,
    noCase,
    violationLeft,
    acknowledgedBy,
  }) =>
    given<Of<'resolution_proposed'>>({
      step: 'resolution_proposed',
      outcome: oneOf(OUTCOMES, outcome),
      documentNumber: text(documentNumber),
      ground: text(ground),
      mergedInto: mergedInto === undefined ? undefined : guarded(mergedInto, isTipId),
      noCase: noCase === undefined ? undefined : oneOf(NO_CASE_GROUNDS, noCase),
      violationLeft: violationLeft === undefined ? undefined : yesNo(violationLeft),
      acknowledgedBy: acknowledgedBy === undefined ? undefined : text(acknowledgedBy),
    }),
  resolution_refused: ({ decision, reason }) =>
    given<Of<'resolution_refused'>>({
      step: 'resolution_refused',
      decision: whole(decision),
      reason: text(reason),
    }),
  resolved: ({ decision }) => given<Of<'resolved'>>({ step: 'resolved', decision: whole(decision) }),
  transfer_sent: ({ toUnit, why, ground, documentNumber, documentDay, pages }) =>
    given<Of<'transfer_sent'>>({
      step: 'transfer_sent',
      toUnit: guarded(toUnit, isUnitId),
      why: oneOf(TRANSFER_GROUNDS, why),
      ground: text(ground),
      documentNumber: text(documentNumber),
      documentDay: guarded(documentDay, isDay),
      pages: whole(pages),
    }),
  transfer_returned: ({ why, ground }) =>
    given<Of<'transfer_returned'>>({
      step: 'transfer_returned',
      why: oneOf(RETURN_GROUNDS, why),
      ground: text(ground),
    }),
  consent_asked: ({ toUnit }) =>
    given<Of<'consent_asked'>>({ step: 'consent_asked', toUnit: guarded(toUnit, isUnitId) }),
  thread_muted: ({ reason }) => given<Of<'thread_muted'>>({ step: 'thread_muted', reason: text(reason) }),
  thread_unmuted: ({ reason }) =>
    given<Of<'thread_unmuted'>>({ step: 'thread_unmuted', reason: text(reason) }),
  copy_made: ({ copy, seal, toUnit }) =>
    given<Of<'copy_made'>>({
      step: 'copy_made',
      copy: whole(copy),
      seal: guarded(seal, isHash),
      toUnit: guarded(toUnit, isUnitId),
    }),
  shredding_proposed: ({ rule, audited, upTo }) =>
    given<Of<'shredding_proposed'>>({
      step: 'shredding_proposed',
      rule: text(rule),
      audited: guarded(audited, isHash),
      upTo: whole(upTo),
    }),
  shredding_refused: ({ decision, reason }) =>
    given<Of<'shredding_refused'>>({
      step: 'shredding_refused',
      decision: whole(decision),
      reason: text(reason),
    }),
  shredded: ({ decision }) => given<Of<'shredded'>>({ step: 'shredded', decision: whole(decision) }),
  canary_revealed: ({ set, index, size, path, salt }) =>
    given<Of<'canary_revealed'>>({
      step: 'canary_revealed',
      set: guarded(set, isHash),
      index: whole(index),
      size: whole(size),
      path: hashes(path),
      salt: guarded(salt, isHash),
    }),
  ...LAW_ACTS,
  printed: ({ watermark }) => given<Of<'printed'>>({ step: 'printed', watermark: text(watermark) }),
};

/** Steps that are no officer's act. */
const OTHERS: readonly string[] = ['submitted', 'code_not_given', ...CITIZEN_STEPS];

/**
 * The act that an officer's event records, from its restricted part (attacker-controlled); null when a value is missing or of another kind.
 * What else stands there is found when the part is built again.
 */
export function readAct(type: string, value: unknown): Act | null {
  const act = objectOf(value);
  const step = STEPS.find((known) => known === type);
  if (act === null || step === undefined || OTHERS.includes(step) || act.step !== step) return null;
  const read = READ[step as Act['step']];
  return read === undefined ? ({ step } as Act) : read(act);
}

/** The act that a citizen's event records; as above. */
export function readCitizenAct(type: string, value: unknown): CitizenAct | null {
  const act = objectOf(value);
  const step = CITIZEN_STEPS.find((known) => known === type);
  if (act === null || step === undefined || act.step !== step) return null;
  if (step === 'message_received' || step === 'withdrawal_signed') return { step };
  if (step === 'consent_answered') {
    const unit = guarded(act.unit, isUnitId);
    return unit === null || typeof act.yes !== 'boolean' ? null : { step, unit, yes: act.yes };
  }
  const mailbox = guarded(act.mailbox, isHash);
  const next = guarded(act.next, isHash);
  return mailbox === null || next === null ? null : { step, mailbox, next };
}
