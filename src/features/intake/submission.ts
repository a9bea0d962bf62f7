import { dayOf } from '../../domain/calendar.ts';
import { parseClockRules } from '../../domain/clock-rules.ts';
import { parseConduct } from '../../domain/conduct.ts';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { type Hash, type Seconds, secondsOfHour } from '../../domain/ids.ts';
import { initialState } from '../../domain/life-cycle.ts';
import type { TipChange } from '../../domain/life-cycle-types.ts';
import { initialPriority, isUrgentTip } from '../../domain/priority.ts';
import type { Priority, UnitKind } from '../../domain/terms.ts';
import { calendarAt } from '../../http/kit/calendar.ts';
import type { Deps } from '../../ports/deps.ts';
import { keyId } from '../../protocol/dsse.ts';
import { hashSeal, parseSeal } from '../../protocol/seal.ts';
import {
  type CheckedSubmission,
  checkSubmission,
  type DecodedSubmission,
  decodeSubmission,
  splitSubmission,
  submissionSignatures,
} from '../../protocol/submission.ts';
import { type Batcher, createBatcher, type ReadySubmission } from './batcher.ts';
import { ASSURANCE_OF, type Door, type SpentOnce } from './doors.ts';
import { checkEpoch, createUnitCache } from './unit-cache.ts';

export interface Accepted {
  /** True when this very submission was stored before and `answer` is what it got then. */
  readonly replayed: boolean;
  readonly sealHash: Hash;
  /** Exact UTF-8 JSON bytes: promise and leaf salt. */
  readonly answer: Uint8Array;
}

export interface Intake {
  /**
   * Checks a submission frame completely, commits it, and gives its promise. Errors: `frame_malformed`, `body_too_large`,
   * `seal_mismatch`, `author_signature`, `event_signature` (an operator's), `unit_unknown`, `epoch_unknown`, `epoch_expired`, `epoch_revoked`, `challenge_…`,
   * `attachment_missing`, `tip_conflict`, `mailbox_taken`, `storage_full`, `unavailable`.
   */
  submit(frame: Uint8Array, door: Door): Promise<Accepted>;
}

const intakes = new WeakMap<Deps, Intake>();

/** The intake of these dependencies: one for all doors, because they share the group commit. */
export function intakeOf(deps: Deps): Intake {
  const known = intakes.get(deps);
  if (known) return known;
  const intake = createIntake(deps, createBatcher(deps));
  intakes.set(deps, intake);
  return intake;
}

function createIntake(deps: Deps, batcher: Batcher): Intake {
  const units = createUnitCache(deps);
  const firstChange = createFirstChange(deps);

  const check = async (frame: Uint8Array, sealHash: Hash, door: Door): Promise<ReadySubmission> => {
    const now = deps.clock.now();
    const decoded = decodeSubmission(frame);
    const checked = checkSubmission(deps.crypto, decoded, {
      instance: deps.instance.id,
      assurances: [ASSURANCE_OF[door.kind]],
      ...(door.kind === 'operator' ? { taken: door.operator } : {}),
    });
    if (door.kind !== 'operator' && checked.facts.channel !== 'web')
      throw new AppError('field_invalid', { field: 'facts.channel' });
    const unit = await units.get(checked.facts.unit, now);
    if (unit.until !== null && dayOf(now) > unit.until) throw new AppError('unit_unknown', { field: 'unit' });
    checkEpoch(unit, checked.facts.epoch, now);
    const spent = await checkChallenge(deps, door, sealHash, decoded.solution, now);
    // The author signed the hour that came with the challenge; another hour would start the clocks of the law at will.
    if (spent.t0 !== checked.t0) throw new AppError('challenge_invalid', { field: 't0' });
    const { message, author, staff } = submissionSignatures(decoded);
    if (!(await deps.crypto.verify(author.signature, message, author.publicKey)))
      throw new AppError('author_signature');
    if (door.kind === 'operator') {
      const named = staff?.keyid === keyId(deps.crypto, door.signKey);
      if (!named || !(await deps.crypto.verify(staff.signature, message, door.signKey)))
        throw new AppError('event_signature');
    }
    return assemble(decoded, checked, spent, await firstChange(unit.kind, checked));
  };

  const take = async (frame: Uint8Array, sealHash: Hash, door: Door): Promise<Accepted> => {
    const ready = await check(frame, sealHash, door);
    const result = await batcher.add(ready);
    if (result.kind === 'refused') throw refusal(result.code, door);
    if (result.kind === 'replayed') return { replayed: true, sealHash, answer: result.answer };
    // What operators type is no load that the web form's price should follow.
    if (door.kind !== 'operator') deps.challenge.accepted(deps.clock.now());
    const urgent = isUrgentTip({ urgent: ready.urgent, priority: ready.change.priority });
    deps.live.publish(ready.unit, { kind: 'new_tip', tip: ready.tip, urgent });
    return { replayed: false, sealHash, answer: result.answer ?? new Uint8Array(0) };
  };

  /** Null too for a seal that cannot be read, because none such was ever stored. */
  const storedAnswer = async (seal: Uint8Array, sealHash: Hash): Promise<Uint8Array | null> => {
    try {
      return await deps.store.intake.answerFor(parseSeal(seal).tip, sealHash);
    } catch {
      return null;
    }
  };

  return {
    async submit(frame, door) {
      const { seal } = splitSubmission(frame);
      const sealHash = hashSeal(deps.crypto, seal);
      try {
        return await take(frame, sealHash, door);
      } catch (error) {
        // A submission that is stored already gets its answer again, whatever has expired or been spent since: looking only when
        // something is refused gives the same answers as looking first, and costs the honest first try nothing.
        const answer = await storedAnswer(seal, sealHash);
        if (answer) return { replayed: true, sealHash, answer };
        throw error;
      }
    },
  };
}

/** A form that was sent before is told in its own words. */
const refusal = (code: ErrorCode, door: Door): AppError =>
  new AppError(code === 'challenge_spent' && door.kind === 'plain' ? 'form_spent' : code);

async function checkChallenge(
  deps: Deps,
  door: Door,
  sealHash: Hash,
  solution: Uint8Array,
  now: Seconds,
): Promise<SpentOnce> {
  if (door.kind === 'operator') return door.open(sealHash, solution, now);
  if (door.kind === 'plain') {
    if (now > door.token.expires) throw new AppError('form_token');
    return door.token;
  }
  const result = await deps.challenge.check(sealHash, solution, now);
  if (!result.ok)
    throw new AppError(result.code, result.code === 'challenge_unavailable' ? { retryAfter: 30 } : {});
  return result;
}

/** The change that a submission makes; the same for all of one hour, kind and priority, so it is computed once. */
function createFirstChange(
  deps: Pick<Deps, 'data' | 'store'>,
): (kind: UnitKind, checked: CheckedSubmission) => Promise<TipChange> {
  const rules = parseClockRules(deps.data.get('clocks'));
  const conduct = parseConduct(deps.data.get('conduct'));
  const known = new Map<string, TipChange>();
  return async (unitKind, { facts, t0 }) => {
    const priority: Priority = initialPriority(facts.urgent, facts.conductGroup, conduct);
    const key = `${unitKind} ${priority} ${t0}`;
    const held = known.get(key);
    if (held !== undefined) return held;
    const at = secondsOfHour(t0);
    const calendar = await calendarAt(deps, at);
    const change = initialState({ unitKind, priority, t0: at }, { rules, calendar });
    if (known.size > 500) known.clear();
    known.set(key, change);
    return change;
  };
}

function assemble(
  decoded: DecodedSubmission,
  checked: CheckedSubmission,
  spent: SpentOnce,
  change: TipChange,
): ReadySubmission {
  const { facts, tip, t0, attachments, taken } = checked;
  const attached = attachments.length > 0;
  return {
    tip,
    sealHash: checked.sealHash,
    unit: facts.unit,
    t0,
    urgent: facts.urgent,
    conductGroup: facts.conductGroup,
    channel: facts.channel,
    assurance: facts.assurance,
    authorKey: checked.authorKey,
    mailbox: facts.mailbox,
    envelope: {
      tip,
      no: 1,
      kind: 'tip',
      core: decoded.core,
      body: decoded.body,
      seal: decoded.seal,
      wraps: decoded.wraps,
      ...(attached ? { manifest: decoded.manifest } : {}),
    },
    event: {
      subject: `tip:${tip}`,
      no: 1,
      prev: null,
      type: 'submitted',
      record: decoded.record,
      citizenPart: decoded.citizenPart,
      restrictedPart: decoded.restrictedPart,
      openings: { citizenSalt: decoded.citizenSalt, restrictedSalt: decoded.restrictedSalt },
      time: { hour: t0 },
    },
    ...(attached ? { attachments } : {}),
    ...(taken === null ? {} : { taken }),
    change,
    // Kept in the store until it expires: in whole hours, for the same reason as T0.
    challenge: { id: spent.id, expires: (Math.ceil(spent.expires / 3600) * 3600) as Seconds },
  };
}
