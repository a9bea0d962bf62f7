import type { Seconds } from '../../../domain/ids.ts';
import type { Step, TipState } from '../../../domain/life-cycle-types.ts';
import type { ClockName } from '../../../domain/terms.ts';
import type { OpenedTip } from '../worker/calls.ts';
import { nextExtension } from './extension-next.ts';

/** Duties that are owed while their clock runs, and only then. */
const OWED: Readonly<Partial<Record<Step, ClockName>>> = {
  receipt_noticed: 'notice_receipt',
  child_measures_taken: 'child_measures',
  assignment_proposed: 'propose_assignment',
  suspension_noticed: 'suspension_sent',
  file_passed: 'pass_file',
};

const runs = ({ clocks }: TipState, clock: ClockName): boolean =>
  clocks.some((one) => one.clock === clock && one.stopped === null);

/** True for a step that the law wants now, because its own clock runs. */
export const isOwed = (step: Step, { detail }: OpenedTip): boolean =>
  OWED[step] !== undefined && runs(detail.state, OWED[step]);

/** False for a step that the table allows and the law does not ask for, or that could not succeed: it is not offered. */
export const isCalledFor = (step: Step, tip: OpenedTip, now: number): boolean => {
  const { state } = tip.detail;
  const clock = OWED[step];
  if (clock !== undefined) return runs(state, clock);
  switch (step) {
    case 'extension_proposed': {
      const next = nextExtension(state, tip.law, now as Seconds);
      return next !== null && (next.who === 'leader' || tip.procuracies.length > 0);
    }
    case 'suspension_proposed': {
      const duties = state.legalKind === null ? undefined : tip.law.kinds.get(state.legalKind);
      return duties?.procuracy === true && tip.procuracies.length > 0;
    }
    case 'reopened':
      return state.outcome !== 'duplicate';
    case 'post_check_set':
      return state.postCheck === null;
    case 'post_check_done':
      return state.postCheck !== null;
    default:
      return true;
  }
};
