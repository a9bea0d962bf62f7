import { isDay, isStaffId, isUnitId } from '../../../domain/ids.ts';
import {
  type Act,
  DIVERT_GROUNDS,
  NO_NOTICE,
  REOPEN_GROUNDS,
  type Step,
  SUSPENSION_GROUNDS,
} from '../../../domain/life-cycle-types.ts';

type Read = (name: string) => string;

/** The word of a list that a field holds, or null. */
export const oneOf = <T extends string>(words: readonly T[], value: string): T | null =>
  words.find((word) => word === value) ?? null;

/** The unit that a form names; null for none. */
const unitIn = (read: Read) => {
  const unit = read('toUnit');
  return isUnitId(unit) ? unit : null;
};

const followUp = (read: Read): Act | null => {
  const [day, focal, deputy] = [read('day'), read('focal'), read('deputy')];
  const kind = oneOf(['sanction', 'hotspot'], read('kind'));
  if (!isDay(day) || !isStaffId(focal) || !isStaffId(deputy) || kind === null) return null;
  return { step: 'post_check_set', day, kind, focal, deputy };
};

/** The act of a step of `transitions-law.ts` that a form's fields say, or null when one is missing. */
export const lawActFrom = (step: Step, read: Read, decision: number): Act | null => {
  const paper = { documentNumber: read('documentNumber') };
  const [ground, reason, until] = [read('ground'), read('reason'), read('until')];
  const toUnit = unitIn(read);
  switch (step) {
    case 'receipt_noticed':
      return { step, toUnit, impossible: oneOf(NO_NOTICE, read('impossible')) };
    case 'assignment_proposed':
      return { step, ...paper };
    case 'child_measures_taken':
    case 'resumed':
      return { step, ...paper, ground };
    case 'extension_proposed':
      return isDay(until)
        ? { step, number: read('number') === '2' ? 2 : 1, until, ground, ...paper, toUnit }
        : null;
    case 'extended':
      return { step, decision, ...paper };
    case 'extension_refused':
    case 'suspension_refused':
      return { step, decision, reason };
    case 'suspension_proposed': {
      const why = oneOf(SUSPENSION_GROUNDS, read('why'));
      return why === null || toUnit === null ? null : { step, why, ground, ...paper, toUnit };
    }
    case 'suspended':
      return { step, decision };
    case 'suspension_annulled':
      return { step, ...paper, reason };
    case 'diverted': {
      const why = oneOf(DIVERT_GROUNDS, read('why'));
      return why === null || toUnit === null ? null : { step, toUnit, why, ground };
    }
    case 'file_passed':
      return { step, agency: read('agency'), ...paper };
    case 'reopened': {
      const why = oneOf(REOPEN_GROUNDS, read('why'));
      return why === null ? null : { step, why, reason, ...paper };
    }
    case 'post_check_set':
      return followUp(read);
    case 'post_check_done': {
      const result = oneOf(['clean', 'again', 'not_found'], read('result'));
      return result === null ? null : { step, result, reason };
    }
    default:
      return null;
  }
};
