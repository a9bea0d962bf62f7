import { codeNotGivenParts } from '../../domain/citizen-parts.ts';
import type { StaffId } from '../../domain/ids.ts';
import type { AuditEvent } from './event.ts';
import type { Step, TipSoFar } from './tip-replay.ts';

/** The mark of the operator who took the tip down that nobody has its code: once, by that very person, changing nothing else. */
export function replayCodeNotGiven({ state, thread, taken }: TipSoFar, event: AuditEvent): Step {
  const refused = (detail: string): Step => ({
    ...{ change: null, actor: state, due: [] },
    faults: [{ check: 'stepLegal', detail }],
  });
  if (taken === null) return refused('nobody took this tip down');
  if (thread.noCode || !('at' in event.parsed.header.time)) return refused('marked before');
  const parts = codeNotGivenParts(state, { staff: taken.staff as StaffId, unit: taken.unit });
  if (event.citizen !== JSON.stringify(parts.citizen)) return refused('citizen part');
  if (event.restricted !== JSON.stringify(parts.restricted)) return refused('restricted part');
  const { stage, overlay, priority, legalKind, conduct, outcome } = state;
  const { extension, supervisor, circumstances } = state;
  return {
    change: {
      ...{ step: 'code_not_given', stage, overlay, priority, legalKind, conduct, outcome },
      ...{ extension, supervisor, circumstances },
      ...{ leavesRates: false, startClocks: [], stopClocks: [] },
    },
    ...{ actor: state, faults: [], due: [] },
  };
}
