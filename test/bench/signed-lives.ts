import { nodeCrypto } from '../../src/adapters/crypto/node.ts';
import { nodeRandom } from '../../src/adapters/random/node.ts';
import type { LawData } from '../../src/audit/law.ts';
import { People } from '../../src/audit/people.ts';
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
  hourOf,
  type Seconds,
  type StaffId,
  secondsOfHour,
  type TipId,
  type UnitId,
} from '../../src/domain/ids.ts';
import { decide, initialState } from '../../src/domain/life-cycle.ts';
import type { Act, TipState } from '../../src/domain/life-cycle-types.ts';
import type { Role } from '../../src/domain/terms.ts';
import { fromUtf8, toHex, utf8 } from '../../src/protocol/bytes.ts';
import { cosignDecision, signDecision } from '../../src/protocol/decision.ts';
import { buildEvent, type EventTime, eventLeaf, type Part, signEvent } from '../../src/protocol/event.ts';
import type { DirectoryUnit } from '../../src/protocol/shard.ts';
import type { SignKeyPair, Suite } from '../../src/protocol/suite.ts';

/** An event with everything that opens it, as a bundle has it. */
export interface SignedText {
  readonly record: string;
  readonly leafSalt: Uint8Array;
  readonly citizen: string;
  readonly citizenSalt: Uint8Array;
  readonly restricted: string;
  readonly restrictedSalt: Uint8Array;
}

export const INSTANCE = 'f1'.repeat(16);
/** Events of one life. */
export const LIFE = 9;
const UNIT = '14-03646-ca' as UnitId;
const HASH = 'ab'.repeat(32) as Hash;
/** 2026-11-23 09:00 in Vietnam. */
export const BEGUN = (Date.UTC(2026, 10, 23, 2) / 1000) as Seconds;

interface Signer {
  readonly staff: StaffId;
  readonly unit: UnitId;
  readonly roles: readonly Role[];
  readonly keys: SignKeyPair;
}

/** Tips of one unit with whole lives, from submission to archive, every step decided by the life cycle and really signed; nothing is kept. */
export class SignedLives {
  readonly #suite: Suite;
  readonly #law: LawData;
  readonly #officer: Signer;
  readonly #head: Signer;

  constructor(suite: Suite, law: LawData) {
    const { blake2b512, sha256 } = nodeCrypto();
    this.#suite = { ...bound(suite), blake2b512, sha256 };
    this.#law = law;
    const signer = (roles: readonly Role[]): Signer => ({
      ...{ staff: toHex(suite.randomBytes(16)) as StaffId, unit: UNIT, roles },
      keys: suite.ed25519KeyPair(suite.randomBytes(32)),
    });
    this.#officer = signer(['officer']);
    this.#head = signer(['head']);
  }

  /** Who signs, as a verifier knows them from statements. */
  people(): People {
    const members = [this.#officer, this.#head].map(({ staff, unit, roles, keys }) => ({
      ...{ person: staff, name: staff, unit, roles, signKey: keys.publicKey, kemKey: keys.publicKey },
      ...{ issued: 0, from: 0, until: 1e11, revokedAt: null, supersededAt: null },
      ...{
        instance: INSTANCE,
        hash: HASH,
        envelope: { payloadType: '', payload: new Uint8Array(0), signatures: [] },
      },
    }));
    const unit = { code: UNIT, parent: null, kind: 'commune_police' } as DirectoryUnit;
    const version = { version: 1, issued: 0, ledgerKey: this.#head.keys.publicKey, auditors: [] };
    return new People(this.#suite, members, [{ ...version, units: new Map([[UNIT, unit]]) }]);
  }

  /** One tip's chain. */
  life(): { readonly subject: string; readonly events: readonly SignedText[] } {
    const tip = toHex(this.#suite.randomBytes(16)) as TipId;
    const chain = new Chain(this.#suite, tip);
    const author = this.#suite.ed25519KeyPair(this.#suite.randomBytes(32));
    const t0 = hourOf(BEGUN);
    const parts = submittedParts({ unit: UNIT, seal: HASH, facts: HASH, author: HASH, taken: null });
    chain.add('submitted', { t0 }, parts.citizen, parts.restricted, author);
    const first = initialState(
      { unitKind: 'commune_police', priority: 'P3', t0: secondsOfHour(t0) },
      this.#law,
    );
    const clocks = new ClockBook();
    clocks.apply(first, UNIT, BEGUN, dayOf(BEGUN));
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
    };
    let statement = '';
    for (const [act, by, hours] of this.#course()) {
      const at = (BEGUN + hours * 3600) as Seconds;
      const actor = { staff: by.staff, unit: by.unit, roles: by.roles, overTipUnit: false };
      const context = { ...this.#law, now: at, unitKind: 'commune_police' } as const;
      const change = decide(state, actor, act, context);
      const opened = openedDecision(change, { instance: INSTANCE, tip, at });
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
    return { subject: `tip:${tip}`, events: chain.events };
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
      [{ step: 'notified' }, officer, 32],
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
  readonly events: SignedText[] = [];
  #prev: Hash | null = null;

  constructor(suite: Suite, tip: TipId) {
    this.#suite = suite;
    this.#subject = `tip:${tip}`;
  }

  add(type: string, time: EventTime, citizen: Part, restricted: Part, signer: SignKeyPair): void {
    const header = {
      type,
      instance: INSTANCE,
      subject: this.#subject,
      no: this.events.length + 1,
      prev: this.#prev,
      time,
    };
    const built = buildEvent(this.#suite, header, citizen, restricted);
    const record = signEvent(this.#suite, built, signer);
    const leafSalt = this.#suite.randomBytes(32);
    this.#prev = eventLeaf(this.#suite, leafSalt, record);
    this.events.push({
      ...{ record: fromUtf8(record), leafSalt },
      ...{ citizen: fromUtf8(built.citizenPart), citizenSalt: built.citizenSalt },
      ...{ restricted: fromUtf8(built.restrictedPart), restrictedSalt: built.restrictedSalt },
    });
  }
}
