import type { Act } from './life-cycle-types.ts';

type PlainValue = string | number | boolean | null | readonly string[];

/** An act's data; keys in the order of `Act`. */
export type PlainAct = {
  readonly [key: string]: PlainValue | { readonly [key: string]: boolean };
};

/** An act's data with its keys in one order, whatever order it was given in. That order is part of the events' format. */
export const plainAct = (act: Act): PlainAct => {
  const { step } = act;
  switch (act.step) {
    case 'classified': {
      const { legalKind, conduct, priority, competent, circumstances, identity } = act;
      const evidence =
        act.evidence === null
          ? null
          : { violator: act.evidence.violator, proof: act.evidence.proof, basis: act.evidence.basis };
      return {
        step,
        legalKind,
        conduct,
        priority,
        competent,
        circumstances: [...circumstances],
        identity,
        evidence,
      };
    }
    case 'prioritised':
      return { step, priority: act.priority, reason: act.reason };
    case 'assigned':
      return { step, assignee: act.assignee };
    case 'verification_started':
      return { step, plan: act.plan };
    case 'resolution_proposed': {
      const { outcome, documentNumber, ground, mergedInto, noCase, violationLeft, acknowledgedBy } = act;
      return {
        ...{ step, outcome, documentNumber, ground },
        ...(mergedInto === undefined ? {} : { mergedInto }),
        ...(noCase === undefined ? {} : { noCase }),
        ...(violationLeft === undefined ? {} : { violationLeft }),
        ...(acknowledgedBy === undefined ? {} : { acknowledgedBy }),
      };
    }
    case 'resolution_refused':
    case 'extension_refused':
    case 'suspension_refused':
    case 'shredding_refused':
      return { step, decision: act.decision, reason: act.reason };
    case 'resolved':
    case 'suspended':
    case 'shredded':
      return { step, decision: act.decision };
    case 'notified':
    case 'suspension_noticed':
      return { step, impossible: act.impossible };
    case 'transfer_sent': {
      const { toUnit, why, ground, documentNumber, documentDay, pages } = act;
      return { step, toUnit, why, ground, documentNumber, documentDay, pages };
    }
    case 'transfer_returned':
      return { step, why: act.why, ground: act.ground };
    case 'consent_asked':
      return { step, toUnit: act.toUnit };
    case 'thread_muted':
    case 'thread_unmuted':
      return { step, reason: act.reason };
    case 'copy_made':
      return { step, copy: act.copy, seal: act.seal, toUnit: act.toUnit };
    case 'printed':
      return { step, watermark: act.watermark };
    case 'shredding_proposed':
      return { step, rule: act.rule, audited: act.audited, upTo: act.upTo };
    case 'canary_revealed': {
      const { set, index, size, path, salt } = act;
      return { step, set, index, size, path: [...path], salt };
    }
    case 'receipt_noticed':
      return { step, toUnit: act.toUnit, impossible: act.impossible };
    case 'child_measures_taken':
      return { step, documentNumber: act.documentNumber, ground: act.ground };
    case 'assignment_proposed':
      return { step, documentNumber: act.documentNumber };
    case 'extension_proposed': {
      const { number, until, ground, documentNumber, toUnit } = act;
      return { step, number, until, ground, documentNumber, toUnit };
    }
    case 'extended':
      return { step, decision: act.decision, documentNumber: act.documentNumber };
    case 'suspension_proposed': {
      const { why, ground, documentNumber, toUnit } = act;
      return { step, why, ground, documentNumber, toUnit };
    }
    case 'suspension_annulled':
      return { step, documentNumber: act.documentNumber, reason: act.reason };
    case 'resumed':
      return { step, documentNumber: act.documentNumber, ground: act.ground };
    case 'diverted':
      return { step, toUnit: act.toUnit, why: act.why, ground: act.ground };
    case 'file_passed':
      return { step, agency: act.agency, documentNumber: act.documentNumber };
    case 'reopened':
      return { step, why: act.why, reason: act.reason, documentNumber: act.documentNumber };
    case 'post_check_set': {
      const { day, kind, focal, deputy } = act;
      return { step, day, kind, focal, deputy };
    }
    case 'post_check_done':
      return { step, result: act.result, reason: act.reason };
    default:
      return { step };
  }
};

/** Longest texts of an act, in UTF-16 units after NFC, so that an event's parts keep their bound. */
export const ACT_LIMITS = {
  reason: 1000,
  plan: 1500,
  ground: 1500,
  documentNumber: 100,
  watermark: 200,
  conduct: 40,
  agency: 200,
  /** Pages of a file that is handed over. */
  pages: 10_000,
} as const;
