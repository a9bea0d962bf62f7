import { isStaffId, isTipId, isUnitId } from '../../../domain/ids.ts';
import type { Act, Step } from '../../../domain/life-cycle-types.ts';
import { LEGAL_KINDS, OUTCOMES, PRIORITIES } from '../../../domain/terms.ts';

const oneOf = <T extends string>(words: readonly T[], value: string): T | null =>
  words.find((word) => word === value) ?? null;

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
    case 'registered':
    case 'notified':
    case 'archived':
    case 'transfer_acknowledged':
    case 'message_posted':
    case 'question_posted':
      return { step };
    case 'classified': {
      const legalKind = oneOf(LEGAL_KINDS, read('legalKind'));
      const priority = oneOf(PRIORITIES, read('priority'));
      if (legalKind === null || priority === null) return null;
      return { step, legalKind, conduct: read('conduct'), priority, competent: read('competent') !== 'no' };
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
      return outcome === 'duplicate' && isTipId(mergedInto) ? { ...proposal, mergedInto } : proposal;
    }
    case 'resolution_refused':
      return { step, decision: more.decision, reason: read('reason') };
    case 'resolved':
      return { step, decision: more.decision };
    case 'transfer_sent': {
      const toUnit = read('toUnit');
      return isUnitId(toUnit) ? { step, toUnit, ground: read('ground') } : null;
    }
    case 'consent_asked': {
      const toUnit = read('toUnit');
      return isUnitId(toUnit) ? { step, toUnit } : null;
    }
    case 'thread_muted':
    case 'thread_unmuted':
      return { step, reason: read('reason') };
    case 'transfer_returned':
      return { step, ground: read('ground') };
    case 'printed':
      return { step, watermark: more.watermark };
    default:
      return null;
  }
};
