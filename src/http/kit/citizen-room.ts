import { dayOf, endOfDay } from '../../domain/calendar.ts';
import { type CitizenAct, type CitizenStep, THREAD_LIMITS } from '../../domain/conversation.ts';
import { AppError } from '../../domain/errors.ts';
import type { Seconds, TipId } from '../../domain/ids.ts';
import { type ThreadFacts, threadFacts } from '../../domain/thread.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TipDetail, TipEvent } from '../../ports/store/triage-store.ts';
import type { DecodedCitizenStep } from '../../protocol/citizen-frame.ts';
import { citizenStepOf } from '../../protocol/citizen-step.ts';
import { parsePart } from '../../protocol/event.ts';

/** What a tip's stored events say of its conversation. */
export const threadOf = (events: readonly TipEvent[]): ThreadFacts =>
  threadFacts(
    events.map(({ no, type, citizenPart, restrictedPart }) => ({
      no,
      type,
      citizenPart: parsePart(citizenPart),
      restrictedPart: parsePart(restrictedPart),
    })),
  );

/** How many messages a citizen may still write, today and in all; what the mailbox tells and the next step is held to. */
export async function roomOf(
  deps: Pick<Deps, 'store'>,
  tip: TipId,
  envelopes: number,
  now: Seconds,
): Promise<{ readonly today: number; readonly total: number }> {
  const sent = await deps.store.thread.sent(tip, dayOf(now));
  const total = Math.min(THREAD_LIMITS.citizen - sent.total, THREAD_LIMITS.envelopes - envelopes);
  const today = Math.min(THREAD_LIMITS.citizenPerDay - sent.today, total);
  return { today: Math.max(0, today), total: Math.max(0, total) };
}

/** Steps without an envelope are counted by their events: every one of them makes the history longer for good. */
const FEW: Partial<Record<CitizenStep, number>> = {
  ...{ consent_answered: 40, mailbox_changed: 40, withdrawal_signed: 10 },
};

/**
 * Refuses what a muted or full thread does not take. A unit that stopped taking messages still learns of a consent, and nobody is kept
 * from changing their code. Errors: `thread_muted`, `thread_full`, `too_many` (the day's limit).
 */
export async function checkRoom(
  deps: Pick<Deps, 'store'>,
  detail: TipDetail,
  thread: ThreadFacts,
  step: DecodedCitizenStep,
  now: Seconds,
): Promise<void> {
  const type = citizenStepOf(step);
  const taken = detail.events.filter((event) => event.type === type).length;
  if (taken >= (FEW[type] ?? Number.POSITIVE_INFINITY)) throw new AppError('thread_full');
  if (type !== 'message_received') return;
  if (thread.muted) throw new AppError('thread_muted');
  const { header } = step.parsed.event;
  // Counted for the day that the step carries: near midnight it may be the neighbouring one.
  const at = 'day' in header.time ? endOfDay(header.time.day) : now;
  const room = await roomOf(deps, detail.tip, thread.head.no, at);
  if (room.total === 0) throw new AppError('thread_full');
  if (room.today === 0) throw new AppError('too_many', { retryAfter: endOfDay(dayOf(now)) + 1 - now });
}

/**
 * A withdrawal is signed once, with the code, by nobody but its holder: an operator who knows the code may have been asked by somebody else. Error
 * `step_not_allowed`.
 */
export function checkWithdrawal(act: CitizenAct, thread: ThreadFacts, byOperator: boolean): void {
  if (act.step === 'withdrawal_signed' && (byOperator || thread.withdrew))
    throw new AppError('step_not_allowed');
}

/** A consent is an answer: somebody must have asked for this very unit. Error `step_not_allowed`. */
export function checkConsent(detail: TipDetail, act: CitizenAct): void {
  if (act.step !== 'consent_answered') return;
  const asked = detail.events.some(({ type, restrictedPart }) => {
    if (type !== 'consent_asked') return false;
    const asking = parsePart(restrictedPart).act;
    return typeof asking === 'object' && asking !== null && Reflect.get(asking, 'toUnit') === act.unit;
  });
  if (!asked) throw new AppError('step_not_allowed', { field: 'unit' });
}
