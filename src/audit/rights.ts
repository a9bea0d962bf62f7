import type { Seconds, StaffId, UnitId } from '../domain/ids.ts';
import { holdsAny, LEADER_ROLES } from '../domain/roles.ts';
import type { SettlementRight } from '../domain/settlement.ts';
import { parseAssignment, requireGiver, rightOf } from '../protocol/assignment.ts';
import { utf8 } from '../protocol/bytes.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { Verifier } from '../protocol/suite.ts';
import { type People, SIGNER_CLOCK } from './people.ts';

interface Given {
  readonly right: SettlementRight;
  /** Moment of the event that recorded it: nobody settled by it before. */
  readonly since: number;
}

/** Who could settle what at any moment of the log, by the assignments that the chain `directory` records. */
export class RightsBook {
  readonly #verifier: Verifier;
  readonly #instance: string;
  readonly #people: People;
  readonly #given = new Map<string, Given>();

  constructor(verifier: Verifier, instance: string, people: People) {
    this.#verifier = verifier;
    this.#instance = instance;
    this.#people = people;
  }

  /** An assignment that was recorded at a moment; what is wrong with it in a few words, or null. A wrong one gives no right. */
  give(statement: string, named: unknown, at: number): string | null {
    try {
      const parsed = parseAssignment(this.#verifier, utf8(statement));
      const { assignment, hash } = parsed;
      if (hash !== named) return 'another assignment than the one named';
      if (assignment.instance !== this.#instance) return 'an assignment of another instance';
      const { unit, by, byUnit } = assignment;
      if (this.#people.unit(unit, at)?.parent !== byUnit)
        return 'an assignment by a unit that is not right above';
      const giver = this.#people.at(by, byUnit, at);
      if (!holdsAny(giver.roles, LEADER_ROLES)) return 'an assignment by nobody who leads the unit above';
      const keys = giver.keys.map(({ signKey }) => signKey);
      requireGiver(this.#verifier, parsed, keys);
      this.#given.set(hash, { right: rightOf(parsed), since: at });
      return null;
    } catch (error) {
      if (error instanceof ProtocolError) return `an assignment that cannot be taken (${error.code})`;
      throw error;
    }
  }

  /** An assignment that was ended at a moment; what is wrong, or null. */
  end(named: unknown, at: Seconds): string | null {
    const given = this.#given.get(String(named));
    if (given === undefined) return 'the end of an assignment that nobody gave';
    const { right } = given;
    const until = Math.max(at, right.from) as Seconds;
    if (right.until === null || right.until > until)
      this.#given.set(right.id, { ...given, right: { ...right, until } });
    return null;
  }

  /** What a person of a unit held at a moment, as far as their clock may have stood from the service's. */
  of(staff: StaffId, unit: UnitId, at: number): readonly SettlementRight[] {
    const held: SettlementRight[] = [];
    for (const { right, since } of this.#given.values())
      if (right.staff === staff && right.unit === unit && since <= at + SIGNER_CLOCK) held.push(right);
    return held;
  }
}
