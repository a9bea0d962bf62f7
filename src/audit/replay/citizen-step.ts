import { endOfDay } from '../../domain/calendar.ts';
import { citizenStepParts, type OperatorName } from '../../domain/citizen-parts.ts';
import type { CitizenAct } from '../../domain/conversation.ts';
import { AppError } from '../../domain/errors.ts';
import type { SealedMessage } from '../../domain/event-parts.ts';
import { isStaffId, isUnitId } from '../../domain/ids.ts';
import { decideCitizen } from '../../domain/life-cycle.ts';
import type { TipChange } from '../../domain/life-cycle-types.ts';
import { readCitizenAct } from './act.ts';
import { messageOf } from './carried.ts';
import { type AuditEvent, type Fault, objectOf } from './event.ts';
import type { Step, TipSoFar } from './tip-replay.ts';

/**
 * A step of whoever holds the code: it follows from the tip's state, and its parts are the ones that follow from it. The key behind the code is
 * known to the log by a salted hash alone, so of the author's signature only its key id is compared with the one before.
 */
export function replayCitizenStep(so: TipSoFar, event: AuditEvent): Step {
  const { state, thread } = so;
  const { header, envelope } = event.parsed;
  const refused = (detail: string, check: Fault['check'] = 'stepLegal'): Step => ({
    ...{ change: null, actor: state, due: [] },
    faults: [{ check, detail }],
  });
  const part = event.restrictedPart;
  const act = readCitizenAct(header.type, part?.act);
  const message = messageOf(part?.message);
  const operator = operatorOf(part?.operator);
  if (part === null || act === null || message === undefined || operator === undefined)
    return refused('restricted part');
  if (act.step === 'withdrawal_signed' && operator !== null) return refused('an operator withdraws nothing');
  const problem = problemOf(so, act, message);
  if (problem !== null) return refused(problem);
  const change = changeOf(so, act, event);
  if (change === null) return refused('not possible in this state');
  const author = thread.authorHash;
  const parts = citizenStepParts({ state, change, act, author, message, operator });
  if (part.author !== author) return refused('another author', 'signerEntitled');
  if (event.citizen !== JSON.stringify(parts.citizen)) return refused('citizen part');
  if (event.restricted !== JSON.stringify(parts.restricted)) return refused('restricted part');
  const keyid = envelope.signatures[0]?.keyid ?? null;
  if (so.authorKeyId !== null && so.authorKeyId !== keyid)
    return refused('signed by another author', 'signerEntitled');
  so.authorKeyId = act.step === 'mailbox_changed' ? null : keyid;
  return { change, actor: state, faults: [], due: [] };
}

function problemOf(so: TipSoFar, act: CitizenAct, message: SealedMessage | null): string | null {
  if ((act.step === 'message_received') !== (message !== null)) return 'message';
  if (message !== null && message.no !== so.thread.head.no + 1) return 'message number';
  if (message !== null && so.thread.muted) return 'the thread takes no messages';
  if (act.step === 'withdrawal_signed' && so.thread.withdrew) return 'was withdrawn before';
  if (act.step === 'consent_answered' && !so.askedFor.has(act.unit)) return 'nobody asked for this consent';
  return null;
}

function changeOf({ state }: TipSoFar, act: CitizenAct, { parsed }: AuditEvent): TipChange | null {
  const { time } = parsed.header;
  if (!('day' in time)) return null;
  try {
    return decideCitizen(state, act.step, { now: endOfDay(time.day) });
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Null for a citizen's own browser, undefined for what names nobody. */
function operatorOf(value: unknown): OperatorName | null | undefined {
  if (value === null) return null;
  const { staff, unit } = objectOf(value) ?? {};
  if (typeof staff !== 'string' || typeof unit !== 'string') return undefined;
  return isStaffId(staff) && isUnitId(unit) ? { staff, unit } : undefined;
}
