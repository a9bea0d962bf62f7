import { dayOf } from '../../domain/calendar.ts';
import type { OperatorName } from '../../domain/citizen-parts.ts';
import { AppError } from '../../domain/errors.ts';
import { type Hash, isTipId, type Seconds, type TipId, type UnitId } from '../../domain/ids.ts';
import { decideCitizen } from '../../domain/life-cycle.ts';
import type { TipChange } from '../../domain/life-cycle-types.ts';
import type { ThreadFacts } from '../../domain/thread.ts';
import type { Deps } from '../../ports/deps.ts';
import type { CitizenCommit } from '../../ports/store/thread-store.ts';
import type { TipDetail } from '../../ports/store/triage-store.ts';
import { citizenStepKey, type DecodedCitizenStep, decodeCitizenStep } from '../../protocol/citizen-frame.ts';
import {
  type CheckedCitizenStep,
  checkCitizenStep,
  citizenStepOf,
  citizenStepSignatures,
} from '../../protocol/citizen-step.ts';
import { keyId } from '../../protocol/dsse.ts';
import { citizenCommit, newMailbox } from './citizen-commit.ts';
import { checkConsent, checkRoom, checkWithdrawal, threadOf } from './citizen-room.ts';
import { requireLiveEpoch } from './live-epoch.ts';
import { isStale } from './server-event.ts';

/** Content type of a citizen's step. */
export const CITIZEN_STEP_TYPE = 'application/vnd.tinkin.citizen-step';

/** Through which door a citizen's step came. */
export type CitizenDoor =
  /** From the citizen's own browser: a proof of work is in the frame. */
  | { readonly kind: 'browser' }
  /** Typed by an operator for a caller: their session stands for the proof, and their member key signs beside the author's. */
  | { readonly kind: 'operator'; readonly operator: OperatorName; readonly signKey: Uint8Array };

export interface TakenStep {
  /** True when this very step was stored before and `answer` is what it got then. */
  readonly replayed: boolean;
  /** Exact UTF-8 JSON bytes: promise and leaf salt. */
  readonly answer: Uint8Array;
}

/**
 * Takes one step of a citizen (`TK1C`, docs/protocol.md, Citizens' steps): a message, an answer to a question of consent, a new code, a withdrawal. There is no login:
 * the author's signature is the right to write. Errors: `frame_malformed`, `body_too_large`, `challenge_…`; `mailbox_refused`, the
 * very same for a tip that does not exist, a key that is not its author's and a wrong signature; `stale` when the tip moved on;
 * `thread_muted`, `thread_full`, `too_many`, `step_not_allowed`, `seal_mismatch`, `event_invalid`, `event_signature`, `epoch_…`,
 * `wrap_missing`, `attachment_missing`, `mailbox_taken`, `storage_full`.
 */
export async function takeCitizenStep(deps: Deps, frame: Uint8Array, door: CitizenDoor): Promise<TakenStep> {
  const step = decodeCitizenStep(frame);
  const key = citizenStepKey(deps.crypto, step);
  const tip = tipOf(step);
  const stored = tip === null ? null : await deps.store.thread.answerFor(tip, key);
  if (stored !== null) return { replayed: true, answer: stored };
  const now = deps.clock.now();
  const challenge = door.kind === 'operator' ? null : await checkProof(deps, key, step.solution, now);
  const { detail, authorKey } = await signedByAuthor(deps, step, tip);
  const ready = await check(deps, step, detail, authorKey, door, now);
  const commit = await citizenCommit(deps, { step, key, challenge, detail, door, now, ...ready });
  return { replayed: false, answer: await store(deps, commit, detail) };
}

const tipOf = (step: DecodedCitizenStep): TipId | null => {
  const [kind, id = ''] = step.parsed.event.header.subject.split(':');
  return kind === 'tip' && isTipId(id) ? id : null;
};

async function checkProof(
  deps: Deps,
  key: Hash,
  solution: Uint8Array,
  now: Seconds,
): Promise<NonNullable<CitizenCommit['challenge']>> {
  const result = await deps.proof.check(key, solution, now);
  if (!result.ok)
    throw new AppError(result.code, result.code === 'challenge_unavailable' ? { retryAfter: 30 } : {});
  // Kept in the store until it expires: in whole hours, because nothing finer is kept of what a citizen does.
  return { id: result.id, expires: (Math.ceil(result.expires / 3600) * 3600) as Seconds };
}

/**
 * The tip, once its newest author key is found to have signed the step: before that nothing is told of it, and every refusal is the same
 * and costs one verification.
 */
async function signedByAuthor(
  deps: Deps,
  step: DecodedCitizenStep,
  tip: TipId | null,
): Promise<{ readonly detail: TipDetail; readonly authorKey: Uint8Array }> {
  const authors = tip === null ? [] : await deps.store.thread.authors(tip);
  const authorKey = authors.at(-1)?.key ?? deps.ledger.publicKey;
  const { message, author } = citizenStepSignatures(step);
  const signed = await deps.crypto.verify(author.signature, message, authorKey);
  const named = author.keyid === keyId(deps.crypto, authorKey);
  const allowed = tip !== null && authors.length > 0 && signed && named;
  const detail = allowed ? await deps.store.triage.tip(tip) : null;
  if (detail === null) throw new AppError('mailbox_refused');
  return { detail, authorKey };
}

/** What a checked step is committed with. */
interface Ready {
  readonly checked: CheckedCitizenStep;
  readonly change: TipChange;
  readonly mailbox: CitizenCommit['mailbox'];
}

async function check(
  deps: Deps,
  step: DecodedCitizenStep,
  detail: TipDetail,
  authorKey: Uint8Array,
  door: CitizenDoor,
  now: Seconds,
): Promise<Ready> {
  const { state, head } = detail;
  const thread = threadOf(detail.events);
  requireHead(step, head, thread);
  const type = citizenStepOf(step);
  await checkRoom(deps, detail, thread, step, now);
  const change = decideCitizen(state, type, { now });
  const checked = checkCitizenStep(deps.crypto, step, {
    instance: deps.instance.id,
    tip: detail.tip,
    head,
    thread: thread.head,
    readers: readersOf(detail),
    authorKey,
    day: dayOf(now),
    state,
    change,
    operator: door.kind === 'operator' ? door.operator : null,
  });
  checkConsent(detail, checked.act);
  checkWithdrawal(checked.act, thread, door.kind === 'operator');
  for (const { unit, epoch } of checked.epochs) await requireLiveEpoch(deps, unit, epoch, now);
  await requireOperator(deps, step, door);
  return { checked, change, mailbox: await newMailbox(deps, detail, step, checked) };
}

/** Units that a message is sealed to: the holder and, while a transfer is on its way, the unit that could not take it over otherwise. */
const readersOf = ({ state }: TipDetail): readonly UnitId[] =>
  state.transferTo === null ? [state.unit] : [state.unit, state.transferTo];

/** A step that was built for an earlier state of the tip: its browser opens the mailbox again and builds it anew. */
function requireHead(step: DecodedCitizenStep, head: TipDetail['head'], thread: ThreadFacts): void {
  const { header } = step.parsed.event;
  if (header.no !== head.no + 1 || header.prev !== head.leaf) throw new AppError('stale');
  const core = step.parsed.envelope?.core;
  if (core !== undefined && (core.no !== thread.head.no + 1 || core.prev !== thread.head.seal))
    throw new AppError('stale', { field: 'message' });
}

async function requireOperator(deps: Deps, step: DecodedCitizenStep, door: CitizenDoor): Promise<void> {
  if (door.kind === 'browser') return;
  const { message, staff } = citizenStepSignatures(step);
  const named = staff?.keyid === keyId(deps.crypto, door.signKey);
  const signed = named && (await deps.crypto.verify(staff.signature, message, door.signKey));
  if (!signed) throw new AppError('event_signature');
}

async function store(deps: Deps, commit: CitizenCommit, detail: TipDetail): Promise<Uint8Array> {
  const result = await deps.store.thread.receive(commit);
  if (isStale(result)) throw new AppError('stale');
  if (result.kind === 'refused')
    throw new AppError(result.code === 'tip_unknown' ? 'mailbox_refused' : result.code);
  if (result.kind === 'replayed') return result.answer;
  if (commit.challenge !== null) deps.proof.accepted(deps.clock.now());
  for (const unit of readersOf(detail)) deps.live.publish(unit, { kind: 'changed', tip: detail.tip });
  return commit.answer;
}
