import { isDay, isStaffId, isTipId, isUnitId } from '../../../domain/ids.ts';
import type { Evidence } from '../../../domain/legal-duties.ts';
import {
  type Act,
  NO_CASE_GROUNDS,
  NO_NOTICE,
  RETURN_GROUNDS,
  type Step,
  TRANSFER_GROUNDS,
} from '../../../domain/life-cycle-types.ts';
import { CIRCUMSTANCES, IDENTITY_MODES, LEGAL_KINDS, OUTCOMES, PRIORITIES } from '../../../domain/terms.ts';
import { lawActFrom, oneOf } from './law-act-from.ts';

/** The three answers of the evidence test, where all were given. */
const evidenceFrom = (read: (name: string) => string): Evidence | null => {
  const answers = ['violator', 'proof', 'basis'].map((name) => read(`evidence-${name}`));
  if (!answers.every((answer) => answer === 'yes' || answer === 'no')) return null;
  const [violator, proof, basis] = answers.map((answer) => answer === 'yes');
  return { violator: violator === true, proof: proof === true, basis: basis === true };
};

/**
 * The act that a form's fields say, or null when one that the browser itself insists on is missing. Texts are checked where the step
 * is decided.
 */
export const actFrom = (
  step: Step,
  read: (name: string) => string,
  more: { readonly decision: number; readonly watermark: string },
): Act | null => {
  switch (step) {
    case 'notified':
    case 'suspension_noticed':
      return { step, impossible: oneOf(NO_NOTICE, read('impossible')) };
    case 'registered':
    case 'archived':
    case 'transfer_acknowledged':
    case 'message_posted':
    case 'question_posted':
      return { step };
    case 'classified': {
      const legalKind = oneOf(LEGAL_KINDS, read('legalKind'));
      const priority = oneOf(PRIORITIES, read('priority'));
      if (legalKind === null || priority === null) return null;
      return {
        ...{ step, legalKind, conduct: read('conduct'), priority, competent: read('competent') !== 'no' },
        circumstances: CIRCUMSTANCES.filter((one) => read(`circumstance-${one}`) === 'yes'),
        identity: oneOf(IDENTITY_MODES, read('identity')) ?? 'anonymous',
        evidence: legalKind === 'denunciation_info' ? evidenceFrom(read) : null,
      };
    }
    case 'prioritised': {
      const priority = oneOf(PRIORITIES, read('priority'));
      return priority === null ? null : { step, priority, reason: read('reason') };
    }
    case 'assigned': {
      const assignee = read('assignee');
      return isStaffId(assignee) ? { step, assignee } : null;
    }
    case 'verification_started':
      return { step, plan: read('plan') };
    case 'resolution_proposed': {
      const outcome = oneOf(OUTCOMES, read('outcome'));
      if (outcome === null) return null;
      const proposal = { step, outcome, documentNumber: read('documentNumber'), ground: read('ground') };
      const mergedInto = read('mergedInto');
      if (outcome === 'duplicate' && isTipId(mergedInto)) return { ...proposal, mergedInto };
      if (outcome === 'transferred') return { ...proposal, acknowledgedBy: read('acknowledgedBy') };
      if (outcome !== 'not_prosecuted') return proposal;
      const noCase = oneOf(NO_CASE_GROUNDS, read('noCase'));
      return noCase === null ? null : { ...proposal, noCase, violationLeft: read('violationLeft') === 'yes' };
    }
    case 'resolution_refused':
      return { step, decision: more.decision, reason: read('reason') };
    case 'resolved':
      return { step, decision: more.decision };
    case 'transfer_sent': {
      const toUnit = read('toUnit');
      const why = oneOf(TRANSFER_GROUNDS, read('why'));
      const documentDay = read('documentDay');
      if (!isUnitId(toUnit) || why === null || !isDay(documentDay)) return null;
      const paper = { documentNumber: read('documentNumber'), documentDay, pages: Number(read('pages')) };
      return { step, toUnit, why, ground: read('ground'), ...paper };
    }
    case 'consent_asked': {
      const toUnit = read('toUnit');
      return isUnitId(toUnit) ? { step, toUnit } : null;
    }
    case 'thread_muted':
    case 'thread_unmuted':
      return { step, reason: read('reason') };
    case 'transfer_returned': {
      const why = oneOf(RETURN_GROUNDS, read('why'));
      return why === null ? null : { step, why, ground: read('ground') };
    }
    case 'printed':
      return { step, watermark: more.watermark };
    default:
      return lawActFrom(step, read, more.decision);
  }
};
