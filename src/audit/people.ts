import type { StaffId, UnitId } from '../domain/ids.ts';
import { ancestorsOf } from '../domain/roles.ts';
import type { Role } from '../domain/terms.ts';
import type { ParsedDirectory } from '../protocol/directory.ts';
import { keyId } from '../protocol/dsse.ts';
import { isActive, type VerifiedMember } from '../protocol/membership.ts';
import type { DirectoryUnit } from '../protocol/shard.ts';
import type { Hashes } from '../protocol/suite.ts';

/** Seconds by which a signer's clock may differ from the service's, which decides by its own who is a member. */
export const SIGNER_CLOCK = 300;

/** One version of the directory with the units of its shards. */
export interface DirectoryVersion extends Pick<ParsedDirectory, 'version' | 'issued' | 'ledgerKey'> {
  /** Independent auditors with the keys that they sign with; one without may sign nothing. */
  readonly auditors: readonly { readonly id: string; readonly signKey: Uint8Array | null }[];
  readonly units: ReadonlyMap<UnitId, DirectoryUnit>;
}

/** Somebody in a unit around a moment. */
export interface Person {
  readonly roles: readonly Role[];
  /** Ed25519 keys that their statements name then: nearly always one. */
  readonly keys: readonly { readonly keyid: string; readonly signKey: Uint8Array }[];
}

/** A statement, and what it alone says of its person. */
interface Known {
  readonly member: VerifiedMember;
  readonly alone: Person;
}

/** A question that was answered last. */
interface Asked {
  readonly staff: StaffId;
  readonly unit: UnitId;
  readonly at: number;
  readonly person: Person;
}

const NOBODY: Person = { roles: [], keys: [] };

/**
 * Who was who at any moment of the log: members by their verified statements, units and service keys by the directory version then in force.
 * Key ids are hints for finding a key and prove nothing.
 */
export class People {
  readonly #hashes: Pick<Hashes, 'blake2b512'>;
  readonly #members = new Map<string, Known[]>();
  /** Ascending by time. */
  readonly #versions: readonly DirectoryVersion[];
  readonly #ledgerIds = new Map<DirectoryVersion, string>();
  #last: Asked | null = null;
  readonly #above = new Map<DirectoryVersion, Map<UnitId, readonly UnitId[]>>();

  constructor(
    hashes: Pick<Hashes, 'blake2b512'>,
    members: readonly VerifiedMember[],
    versions: readonly DirectoryVersion[],
  ) {
    this.#hashes = hashes;
    for (const member of members) {
      const name = nameOf(member.person, member.unit);
      const key = { keyid: keyId(hashes, member.signKey), signKey: member.signKey };
      const known = { member, alone: { roles: member.roles, keys: [key] } };
      const line = this.#members.get(name);
      if (line === undefined) this.#members.set(name, [known]);
      else line.push(known);
    }
    this.#versions = versions.toSorted((a, b) => a.issued - b.issued || a.version - b.version);
    for (const version of this.#versions) this.#ledgerIds.set(version, keyId(hashes, version.ledgerKey));
  }

  /** True when any statement names this person in this unit, at whatever time. */
  isKnown(staff: StaffId, unit: UnitId): boolean {
    return this.#members.has(nameOf(staff, unit));
  }

  /**
   * Roles and keys of a person in a unit at a moment, as far as the service's clock may have stood from it. Nothing when no statement of
   * theirs held then.
   */
  at(staff: StaffId, unit: UnitId, at: number): Person {
    const last = this.#last;
    // The checks of one event ask for the same person one after the other.
    if (last !== null && last.at === at && last.staff === staff && last.unit === unit) return last.person;
    const person = this.#find(staff, unit, at);
    this.#last = { staff, unit, at, person };
    return person;
  }

  #find(staff: StaffId, unit: UnitId, at: number): Person {
    const line = this.#members.get(nameOf(staff, unit));
    if (line === undefined) return NOBODY;
    const held = line.filter(({ member }) => near(at).some((moment) => isActive(member, moment)));
    const [first, ...more] = held;
    if (first === undefined) return NOBODY;
    if (more.length === 0) return first.alone;
    return {
      roles: [...new Set(held.flatMap(({ member }) => member.roles))],
      keys: held.flatMap(({ alone }) => alone.keys),
    };
  }

  /** The version in force at a moment; before the first one, the first. Null without any. */
  #version(at: number): DirectoryVersion | null {
    let low = 0;
    let high = this.#versions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#versions[middle]?.issued ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return this.#versions[Math.max(0, low - 1)] ?? null;
  }

  /** Keys with which the service may have signed at a moment: that of the version in force, and of a version just before or after. */
  ledgerKeys(at: number): Person['keys'] {
    const versions = new Set(near(at).map((moment) => this.#version(moment)));
    return [...versions].flatMap((version) =>
      version === null ? [] : [{ keyid: this.#ledgerIds.get(version) ?? '', signKey: version.ledgerKey }],
    );
  }

  /** Keys of the independent auditors whom the directory names at a moment. */
  auditorKeys(at: number): Person['keys'] {
    return (this.#version(at)?.auditors ?? []).flatMap(({ signKey }) =>
      signKey === null ? [] : [{ keyid: keyId(this.#hashes, signKey), signKey }],
    );
  }

  unit(code: UnitId, at: number): DirectoryUnit | null {
    return this.#version(at)?.units.get(code) ?? null;
  }

  /** Units above a unit, nearest first. */
  above(unit: UnitId, at: number): readonly UnitId[] {
    const version = this.#version(at);
    if (version === null) return [];
    const known = this.#above.get(version) ?? new Map<UnitId, readonly UnitId[]>();
    this.#above.set(version, known);
    const found = known.get(unit) ?? ancestorsOf(unit, (code) => version.units.get(code)?.parent ?? null);
    known.set(unit, found);
    return found;
  }
}

const nameOf = (staff: StaffId, unit: UnitId): string => `${staff} ${unit}`;

const near = (at: number): readonly number[] => [at, at + SIGNER_CLOCK, at - SIGNER_CLOCK];
