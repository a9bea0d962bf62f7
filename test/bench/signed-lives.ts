import { nodeCrypto } from '../../src/adapters/crypto/node.ts';
import { nodeRandom } from '../../src/adapters/random/node.ts';
import type { LawData } from '../../src/audit/law.ts';
import { stateAfter } from '../../src/audit/replay/after.ts';
import { ClockBook } from '../../src/audit/replay/clock-book.ts';
import { dayOf } from '../../src/domain/calendar.ts';
import {
  citizenPartOf,
  openedDecision,
  restrictedPartOf,
  type StepFacts,
  submittedParts,
} from '../../src/domain/event-parts.ts';
import {
  type Hash,
  type Hour,
  hourOf,
  type Seconds,
  type StaffId,
  secondsOfHour,
  type TipId,
  type UnitId,
} from '../../src/domain/ids.ts';
import { PLAIN_CASE } from '../../src/domain/law.ts';
import { decide, initialState } from '../../src/domain/life-cycle.ts';
import type { Act, TipState } from '../../src/domain/life-cycle-types.ts';
import type { Role } from '../../src/domain/terms.ts';
import { saltedHash } from '../../src/ledger/leaf.ts';
import { fromUtf8, toHex, utf8 } from '../../src/protocol/bytes.ts';
import { cosignDecision, signDecision } from '../../src/protocol/decision.ts';
import { buildEvent, type EventTime, eventLeaf, type Part, signEvent } from '../../src/protocol/event.ts';
import { makeAnswers, type PromiseSigner } from '../../src/protocol/promise.ts';
import type { SignKeyPair, Suite } from '../../src/protocol/suite.ts';
import { ORDINARY, UNTOUCHED } from '../fixtures/acts.ts';

/** An event with everything that opens it, as a bundle has it, and what it is in the log. */
export interface SignedText {
  readonly leaf: Hash;
  readonly prev: Hash | null;
  readonly no: number;
  readonly citizenHash: Uint8Array;
  readonly record: string;
  readonly leafSalt: Uint8Array;
  readonly citizen: string;
  readonly citizenSalt: Uint8Array;
  readonly restricted: string;
  readonly restrictedSalt: Uint8Array;
}

/** One tip's chain, and the answer to its submission. */
export interface Life {
  readonly subject: string;
  readonly events: readonly SignedText[];
  readonly promise: string;
}

/** Hours within which every submission is promised to be in the log. */
const LATEST = 1000;
/** Events of one life. */
export const LIFE = 9;
const UNIT = '14-03646-ca' as UnitId;
const HASH = 'ab'.repeat(32) as Hash;

/** Somebody of the unit who takes steps. */
export interface Signer {
  readonly staff: StaffId;
  readonly unit: UnitId;
  readonly roles: readonly Role[];
  readonly keys: SignKeyPair;
}

/** Who takes part, and what the lives are lived under. */
export interface LivesWorld {
  readonly suite: Suite;
  readonly law: LawData;
  readonly instance: string;
  readonly logOrigin: string;
  readonly ledger: PromiseSigner;
  readonly officer: Signer;
  readonly head: Signer;
  /** The hour in which every tip was sent, UTC seconds. */
  readonly begun: Seconds;
}

/** Tips of one unit with whole lives, from submission to archive, every step decided by the life cycle and really signed; nothing is kept. */
export class SignedLives {
  readonly #world: LivesWorld;
  readonly #suite: Suite;
  readonly #law: LawData;
  readonly #officer: Signer;
  readonly #head: Signer;

  constructor(world: LivesWorld) {
    const { blake2b512, sha256 } = nodeCrypto();
    this.#world = world;
    this.#suite = { ...bound(world.suite), blake2b512, sha256 };
    this.#law = world.law;
    this.#officer = world.officer;
    this.#head = world.head;
  }

  /** One tip's chain. */
  life(): Life {
    const { instance, begun } = this.#world;
    const tip = toHex(this.#suite.randomBytes(16)) as TipId;
    const chain = new Chain(this.#suite, instance, tip);
    const author = this.#suite.ed25519KeyPair(this.#suite.randomBytes(32));
    const t0 = hourOf(begun);
    const parts = submittedParts({ unit: UNIT, seal: HASH, facts: HASH, author: HASH, taken: null });
    chain.add('submitted', { t0 }, parts.citizen, parts.restricted, author);
    const first = initialState(
      { unitKind: 'commune_police', priority: 'P3', t0: secondsOfHour(t0) },
      this.#law,
    );
    const clocks = new ClockBook();
    clocks.apply(first, UNIT, begun, dayOf(begun));
    let state: TipState = {
      ...{ unit: UNIT, stage: 'submitted', overlay: 'none', priority: 'P3', urgent: false, legalKind: null },
      ...{
        conduct: null,
        outcome: null,
        t0: secondsOfHour(t0),
        clocks: clocks.clocks,
        pending: null,
        transferTo: null,
      },
      ...UNTOUCHED,
    };
    let statement = '';
    for (const [act, by, hours] of this.#course()) {
      const at = (begun + hours * 3600) as Seconds;
      const actor = { staff: by.staff, unit: by.unit, roles: by.roles, overTipUnit: false };
      const context = { ...this.#law, ...PLAIN_CASE, now: at, unitKind: 'commune_police' } as const;
      const change = decide(state, actor, act, context);
      const opened = openedDecision(change, { instance, tip, at });
      if (opened !== null) statement = fromUtf8(signDecision(this.#suite, opened, by.keys));
      if (act.step === 'resolved')
        statement = fromUtf8(cosignDecision(this.#suite, utf8(statement), by.keys));
      const facts: StepFacts = {
        ...{ state, act, change, actor },
        ...(opened === null && act.step !== 'resolved' ? {} : { decision: statement }),
        ...(act.step === 'notified' ? { message: { no: 2, seal: HASH } } : {}),
      };
      chain.add(act.step, { at }, citizenPartOf(facts), restrictedPartOf(facts), by.keys);
      const after = stateAfter(state, change, actor, clocks.clocks);
      clocks.apply(change, after.unit, at, dayOf(at));
      // The database gives the open decision its number.
      state = after.pending === null ? after : { ...after, pending: { ...after.pending, id: 1 } };
    }
    return { subject: `tip:${tip}`, events: chain.events, promise: this.#promise(chain.events[0], t0) };
  }

  /** What the service answered to the submission. */
  #promise(submitted: SignedText | undefined, t0: Hour): string {
    const { ledger, logOrigin: origin } = this.#world;
    if (submitted === undefined) throw new Error('no submission');
    const { leaf, leafSalt } = submitted;
    const terms = {
      ...{ origin, leaf, seal: HASH, unit: UNIT, t0, assurance: 'e2ee' as const, checkpoint: null },
      includeBy: secondsOfHour(t0) + LATEST * 3600,
    };
    const [answer] = makeAnswers(this.#suite, ledger, [{ terms, leafSalt }]);
    return fromUtf8(answer ?? new Uint8Array(0));
  }

  #course(): readonly (readonly [Act, Signer, number])[] {
    const officer = this.#officer;
    const head = this.#head;
    return [
      [{ step: 'registered' }, officer, 1],
      [
        {
          step: 'classified',
          legalKind: 'crime_report',
          conduct: 'harbouring',
          priority: 'P2',
          competent: true,
          ...ORDINARY,
        },
        officer,
        2,
      ],
      [{ step: 'assigned', assignee: officer.staff }, head, 3],
      [{ step: 'verification_started', plan: 'Xác minh tại cơ sở' }, officer, 4],
      [
        {
          step: 'resolution_proposed',
          outcome: 'sanctioned',
          documentNumber: '12/QĐ-XPHC',
          ground: 'Có vi phạm',
        },
        officer,
        30,
      ],
      [{ step: 'resolved', decision: 1 }, head, 31],
      [{ step: 'notified', impossible: null }, officer, 32],
      [{ step: 'archived' }, officer, 40],
    ];
  }
}

/** A suite's functions, free of the object that they came with. */
const bound = (suite: Suite): Suite => ({
  ...suite,
  randomBytes: nodeRandom().bytes,
  sign: (message, secretKey) => suite.sign(message, secretKey),
  ed25519KeyPair: (seed) => suite.ed25519KeyPair(seed),
});

/** Signs events one behind the other. */
class Chain {
  readonly #suite: Suite;
  readonly #subject: string;
  readonly #instance: string;
  readonly events: SignedText[] = [];
  #prev: Hash | null = null;

  constructor(suite: Suite, instance: string, tip: TipId) {
    this.#suite = suite;
    this.#instance = instance;
    this.#subject = `tip:${tip}`;
  }

  add(type: string, time: EventTime, citizen: Part, restricted: Part, signer: SignKeyPair): void {
    const header = {
      type,
      instance: this.#instance,
      subject: this.#subject,
      no: this.events.length + 1,
      prev: this.#prev,
      time,
    };
    const built = buildEvent(this.#suite, header, citizen, restricted);
    const record = signEvent(this.#suite, built, signer);
    const leafSalt = this.#suite.randomBytes(32);
    const prev = this.#prev;
    const leaf = eventLeaf(this.#suite, leafSalt, record);
    this.#prev = leaf;
    const citizenHash = saltedHash(this.#suite.sha256, built.citizenSalt, built.citizenPart);
    this.events.push({
      ...{ leaf, prev, no: header.no, citizenHash },
      ...{ record: fromUtf8(record), leafSalt },
      ...{ citizen: fromUtf8(built.citizenPart), citizenSalt: built.citizenSalt },
      ...{ restricted: fromUtf8(built.restrictedPart), restrictedSalt: built.restrictedSalt },
    });
  }
}
