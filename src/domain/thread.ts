import type { Hash, UnitId } from './ids.ts';
import { isHash, isUnitId } from './ids.ts';
import type { UnitKind } from './terms.ts';

/** What an event of a tip says, parts parsed: verified by whoever reads them, or the server's own. */
export interface ThreadEvent {
  readonly no: number;
  readonly type: string;
  readonly citizenPart: { readonly [key: string]: unknown };
  readonly restrictedPart: { readonly [key: string]: unknown };
}

/** What the events of one tip, in their order and whole, say of its conversation. */
export interface ThreadFacts {
  /** Newest envelope: its number and its seal's hash. */
  readonly head: { readonly no: number; readonly seal: Hash };
  /** Every envelope that an event names, by number, with its seal's hash. */
  readonly seals: ReadonlyMap<number, Hash>;
  /** Numbers of the envelopes that the citizen wrote, the tip (1) among them: wrapped to units alone. */
  readonly citizen: ReadonlySet<number>;
  /** True while the unit takes no more messages. */
  readonly muted: boolean;
  /** Units that the citizen agreed to, and has not taken back. */
  readonly consents: readonly UnitId[];
  /** True while a question of the unit waits for an answer. */
  readonly asked: boolean;
  /** H('tk1/author', tip, key) of the key that signs the citizen's steps now. */
  readonly authorHash: Hash;
  /** True when an operator has had the present code: at the first call or a later one, with no change of code since. */
  readonly byOperator: boolean;
  /** True when the caller left without a code: nobody reads what the unit writes. */
  readonly noCode: boolean;
  /** True when the citizen's own key signed a withdrawal since the work on the tip last began. */
  readonly withdrew: boolean;
}

const EMPTY = '' as Hash;
const hash = (value: unknown): Hash => (typeof value === 'string' && isHash(value) ? value : EMPTY);
const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/**
 * Reads a conversation out of a tip's events, one after the other. Its input is trusted: check chain and signatures first. Nothing is thrown;
 * what an event leaves out is empty (`head.no` 0 and an empty seal without a first event).
 */
export class ThreadReading implements ThreadFacts {
  readonly seals = new Map<number, Hash>();
  readonly citizen = new Set<number>();
  readonly #consents = new Set<UnitId>();
  head = { no: 0, seal: EMPTY };
  authorHash = EMPTY;
  muted = false;
  asked = false;
  byOperator = false;
  noCode = false;
  withdrew = false;

  get consents(): readonly UnitId[] {
    return [...this.#consents];
  }

  /** The next event of the chain. */
  add({ type, citizenPart, restrictedPart }: Omit<ThreadEvent, 'no'>): void {
    const { act } = restrictedPart;
    const envelope = type === 'submitted' ? { no: 1, seal: citizenPart.seal } : citizenPart.message;
    const no = field(envelope, 'no');
    if (typeof no === 'number') {
      this.head = { no, seal: hash(field(envelope, 'seal')) };
      this.seals.set(no, this.head.seal);
      if (type === 'submitted' || type === 'message_received') this.citizen.add(no);
    }
    if (type === 'submitted') {
      this.authorHash = hash(restrictedPart.author);
      this.byOperator = restrictedPart.taken !== undefined;
    }
    if (citizenPart.via === 'operator') this.byOperator = true;
    if (type === 'mailbox_changed') {
      this.authorHash = hash(field(act, 'next'));
      this.byOperator = citizenPart.via === 'operator';
    }
    if (type === 'thread_muted') this.muted = true;
    if (type === 'thread_unmuted') this.muted = false;
    if (type === 'question_posted' || type === 'consent_asked') this.asked = true;
    if (type === 'message_received' || type === 'consent_answered') this.asked = false;
    if (type === 'code_not_given') this.noCode = true;
    if (type === 'withdrawal_signed') this.withdrew = true;
    if (type === 'reopened') this.withdrew = false;
    const unit = field(act, 'unit');
    if (type === 'consent_answered' && typeof unit === 'string' && isUnitId(unit)) {
      if (field(act, 'yes') === true) this.#consents.add(unit);
      else this.#consents.delete(unit);
    }
  }
}

/** What the events of one tip say of its conversation, read at once. */
export function threadFacts(events: readonly ThreadEvent[]): ThreadFacts {
  const reading = new ThreadReading();
  for (const event of events) reading.add(event);
  const { head, seals, citizen, muted, consents, asked, authorHash, byOperator, noCode, withdrew } = reading;
  return { head, seals, citizen, muted, consents, asked, authorHash, byOperator, noCode, withdrew };
}

/** Kinds of unit that a support unit may pass a tip to without asking: they help, too, and are not the police. */
const HELPING: readonly UnitKind[] = ['social_support', 'health_department'];

/** True when a tip may go from one kind of unit to another only with its sender's signed yes. */
export const needsConsent = (from: UnitKind, to: UnitKind): boolean =>
  from === 'social_support' && !HELPING.includes(to);
