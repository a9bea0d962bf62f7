import { citizenPartOf, restrictedPartOf, type StepFacts } from '../../../domain/event-parts.ts';
import type { Seconds, UnitId } from '../../../domain/ids.ts';
import { NO_LAW } from '../../../domain/law.ts';
import { decide } from '../../../domain/life-cycle.ts';
import type { Act, Actor, TipChange } from '../../../domain/life-cycle-types.ts';
import { PROPOSAL_OF } from '../../../domain/pending.ts';
import type { UnitKind } from '../../../domain/terms.ts';
import { needsConsent } from '../../../domain/thread.ts';
import { cleanText } from '../../../domain/tip-form.ts';
import { ProtocolError } from '../../../protocol/errors.ts';
import { getJson, Problem, sendJson } from '../http.ts';
import type { TipDetail } from '../wire.ts';
import type { StepWish, TransferTarget } from './calls.ts';
import { approvalText, proposalText } from './decisions.ts';
import { conversationOf } from './history.ts';
import { type Letter, sealLetter, type Words } from './messages.ts';
import { openTip } from './opening.ts';
import { epochNow, excludedFrom, type NewWraps, rewrapThread } from './recipients.ts';
import { onceMore, signedEvent } from './signing.ts';
import type { WorkerState } from './state.ts';

/** Who I am to this tip. */
export const actorFor = (state: WorkerState, detail: TipDetail): Actor => {
  const { me } = state.keyring;
  return {
    ...{ staff: me.staff, unit: me.unit, roles: me.roles },
    overTipUnit: detail.above.includes(me.unit),
    divertsFrom: detail.access === 'diverting',
  };
};

/** A tip in full but for its ciphertext. */
export const fetchTip = (tip: string): Promise<TipDetail> => getJson<TipDetail>(`/api/staff/tips/${tip}`);

/** Text of an act as it is signed: NFC, without stray control characters. */
const clean = (act: Act): Act =>
  Object.fromEntries(
    Object.entries(act).map(([key, value]) => [key, typeof value === 'string' ? cleanText(value) : value]),
  ) as unknown as Act;

/**
 * Takes one step: decides it on the tip as it stands, builds the event's parts with the server's own code, signs, and sends. When
 * somebody else acted in between it starts again once from the new state. Throws AppError, ProtocolError, Problem.
 */
export async function takeStep(
  state: WorkerState,
  wish: StepWish,
): Promise<{ readonly registerNumber: string | null }> {
  const result = await onceMore(() => attempt(state, { ...wish, act: clean(wish.act) }));
  if (wish.act.step !== 'printed') state.reads.drop(wish.tip);
  return { registerNumber: result.registerNumber };
}

async function attempt(
  state: WorkerState,
  wish: StepWish,
): Promise<{ readonly registerNumber: string | null }> {
  const { act } = wish;
  const detail = await fetchTip(wish.tip);
  const actor = actorFor(state, detail);
  const at = state.keyring.now();
  const { unitKind } = state.keyring.me;
  const context = { ...NO_LAW, now: at, unitKind, thread: conversationOf(detail.events) };
  const toUnitKind = await kindOfReceiver(state, act);
  const change = decide(detail.state, actor, act, {
    ...context,
    ...(toUnitKind === undefined ? {} : { toUnitKind }),
  });
  const words = wordsOf(wish);
  const letter = words === null ? null : await sealLetter(state, detail, words);
  const wraps = await wrapsFor(state, detail, act);
  const decision = await decisionFor(state, detail, act, change, at);
  const facts: StepFacts = {
    state: detail.state,
    act,
    change,
    actor: { staff: actor.staff, unit: actor.unit },
    ...(letter === null ? {} : { message: letter.fact }),
    ...(wraps === null ? {} : { wraps: wraps.map(({ no, hash }) => ({ no, hash })) }),
    ...(decision === null ? {} : { decision }),
  };
  const head = { type: act.step, subject: `tip:${detail.tip}`, head: detail.head, at };
  const event = signedEvent(state, head, citizenPartOf(facts), restrictedPartOf(facts));
  return sendJson('POST', `/api/staff/tips/${detail.tip}/steps`, { act, event, ...travels(letter, wraps) });
}

/** Kind of the unit that a tip is to be passed on to; what was told to a support unit needs its sender's yes. */
const kindOfReceiver = async (state: WorkerState, act: Act): Promise<UnitKind | undefined> => {
  if (act.step !== 'transfer_sent') return undefined;
  return (await state.directories.unit(act.toUnit, state.keyring.now()))?.kind;
};

/** What the citizen is to read with a step, or null for one that brings nothing. */
const wordsOf = ({ act, text, about, by }: StepWish): Words | null => {
  if (text === undefined) return null;
  const plain = { text, about: about ?? 'plain', ask: null } as const;
  if (act.step === 'consent_asked') return { ...plain, ask: { kind: 'consent', unit: act.toUnit } };
  if (act.step === 'question_posted' && by !== undefined) return { ...plain, ask: { kind: 'answer', by } };
  return plain;
};

const travels = (letter: Letter | null, wraps: readonly NewWraps[] | null) => ({
  ...(letter === null ? {} : { message: letter.wire }),
  ...(wraps === null ? {} : { wraps: wraps.map(({ no, wraps: block }) => ({ no, wraps: block })) }),
});

const decisionFor = async (
  state: WorkerState,
  detail: TipDetail,
  act: Act,
  change: TipChange,
  at: Seconds,
): Promise<string | null> => {
  if (change.openDecision !== undefined) return proposalText(state, detail, change, at);
  return PROPOSAL_OF[act.step] === undefined ? null : approvalText(state, detail);
};

/** New wraps for a hand-over: to both units while it is offered, to one when it is taken or returned. Null for other steps. */
async function wrapsFor(
  state: WorkerState,
  detail: TipDetail,
  act: Act,
): Promise<readonly NewWraps[] | null> {
  const units = readersAfter(state, detail, act);
  if (units === null) return null;
  const read = await state.reads.one(detail.tip);
  if (act.step === 'transfer_sent' || act.step === 'diverted') {
    const target = await transferTarget(state, detail, act.toUnit);
    if (target.code !== null) throw new Problem(target.code as 'excluded_unit');
  }
  return rewrapThread(state, detail, read, units);
}

function readersAfter(state: WorkerState, detail: TipDetail, act: Act): readonly UnitId[] | null {
  switch (act.step) {
    case 'transfer_sent':
      return [detail.state.unit, act.toUnit];
    case 'transfer_acknowledged':
      return [state.keyring.me.unit];
    case 'transfer_returned':
      return [detail.state.unit];
    case 'diverted':
      return detail.state.unit === state.keyring.me.unit ? [act.toUnit] : null;
    default:
      return null;
  }
}

/**
 * Whether a tip may go to a unit: its chain verified, a live epoch with readers, not among the units that the sender excluded, and
 * agreed to by the sender where it passes on what a support unit was told (`consent_missing` alone says that it may be asked for). The content is opened for that: nobody hands on what they cannot read.
 */
export async function transferTarget(
  state: WorkerState,
  detail: TipDetail,
  unit: UnitId,
): Promise<TransferTarget> {
  const now = state.keyring.now();
  const known = await state.directories.unit(unit, now);
  const name = { unit, nameVi: known?.nameVi ?? unit, nameEn: known?.nameEn ?? unit };
  if (known === null) return { ...name, code: 'unit_unknown' };
  await state.reads.fetch([detail.tip]);
  const read = state.reads.get(detail.tip);
  if (read === null || read === undefined) return { ...name, code: 'no_key' };
  const { content } = await openTip(state, detail.tip, read);
  const own = await state.directories.of(detail.state.unit, now);
  if (excludedFrom(content, own).has(unit)) return { ...name, code: 'excluded_unit' };
  try {
    await epochNow(state, unit);
  } catch (error) {
    const unconfirmed = error instanceof ProtocolError && error.code !== 'epoch_missing';
    return { ...name, code: unconfirmed ? error.code : 'epoch_missing' };
  }
  const { consents } = conversationOf(detail.events);
  const asks = needsConsent(state.keyring.me.unitKind, known.kind) && !consents.includes(unit);
  return { ...name, code: asks ? 'consent_missing' : null };
}
