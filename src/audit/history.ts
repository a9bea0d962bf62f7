import type { UnitId } from '../domain/ids.ts';
import { parseBoxStatement } from '../protocol/box-statement.ts';
import { toHex } from '../protocol/bytes.ts';
import { type ParsedDirectory, parseDirectory } from '../protocol/directory.ts';
import { parseEpoch } from '../protocol/epoch.ts';
import { epochsInOrder, requireEpochSigners } from '../protocol/epoch-signers.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { parseMember } from '../protocol/member.ts';
import { acceptMembers, acceptRevocations } from '../protocol/membership.ts';
import { parseRevocation } from '../protocol/revocation.ts';
import { type VerifiedKeySet, verifyKeySet } from '../protocol/root.ts';
import { type DirectoryUnit, hashShard, parseShard } from '../protocol/shard.ts';
import { requireThreshold } from '../protocol/statement.ts';
import type { AuditEnvironment } from './environment.ts';
import { type DirectoryVersion, People } from './people.ts';

/** One statement of the directory as the state of a moment is made of it. */
export interface HeldStatement {
  readonly hash: string;
  readonly kind: string;
  /** `''` for key sets and directories. */
  readonly unit: string;
  /** When an epoch begins; 0 of anything else. */
  readonly from: number;
  readonly until: number;
  readonly version: number;
}

/** The directory's whole history, verified from the pins down. */
export interface History {
  readonly people: People;
  readonly versions: readonly (ParsedDirectory & DirectoryVersion)[];
  readonly statements: ReadonlyMap<string, HeldStatement>;
  /** Statements of opened tip boxes by the hex SHA-256 of their exact bytes. */
  readonly boxes: ReadonlyMap<string, Uint8Array>;
}

const KINDS = ['directory-keys', 'directory', 'member', 'epoch', 'revocation', 'box'] as const;
type Kind = (typeof KINDS)[number];

/** Collects statements and shards as they come, and verifies them all at the end: they vouch for each other. */
export class HistoryReader {
  readonly #env: Pick<AuditEnvironment, 'verifier' | 'pins'>;
  readonly #found: (detail: string) => void;
  readonly #bytes: Record<Kind, Uint8Array[]> = {
    ...{ 'directory-keys': [], directory: [], member: [], epoch: [], revocation: [], box: [] },
  };
  readonly #shards = new Map<string, readonly DirectoryUnit[]>();

  /** `found`: told of what does not verify, in a few words. */
  constructor(env: Pick<AuditEnvironment, 'verifier' | 'pins'>, found: (detail: string) => void) {
    this.#env = env;
    this.#found = found;
  }

  statement(kind: string, bytes: Uint8Array): void {
    const known = KINDS.find((one) => one === kind);
    if (known === undefined) this.#found(`a statement of an unknown kind`);
    else this.#bytes[known].push(bytes);
  }

  shard(bytes: Uint8Array): void {
    const units = this.#tried('a shard', () => parseShard(bytes).units);
    if (units !== null) this.#shards.set(hashShard(this.#env.verifier, bytes), units);
  }

  finish(): History {
    const { verifier, pins } = this.#env;
    const each = <T>(kind: Kind, read: (bytes: Uint8Array) => T): readonly T[] =>
      this.#bytes[kind].flatMap((bytes) => {
        const one = this.#tried(`a statement of kind ${kind}`, () => read(bytes));
        return one === null ? [] : [one];
      });
    const sets = each('directory-keys', (bytes) => verifyKeySet(verifier, pins, bytes));
    const directories = each('directory', (bytes) => this.#directory(bytes, sets));
    const versions = this.#versions(directories);
    const units = new Map(versions.flatMap((version) => [...version.units]));
    const authority = { sets, units };
    const parsed = each('member', (bytes) => ofInstance(parseMember(verifier, bytes), pins.instance));
    const claimed = each('revocation', (bytes) =>
      ofInstance(parseRevocation(verifier, bytes), pins.instance),
    );
    const epochs = each('epoch', (bytes) => ofInstance(parseEpoch(verifier, bytes), pins.instance));
    const members =
      this.#tried('members', () => {
        const unrevoked = acceptMembers(verifier, authority, parsed, []);
        const revocations = acceptRevocations(verifier, authority, unrevoked, claimed);
        return acceptMembers(verifier, authority, parsed, revocations);
      }) ?? [];
    for (const epoch of epochs)
      this.#tried(`epoch ${epoch.n} of ${epoch.unit}`, () => requireEpochSigners(verifier, members, epoch));
    for (const [unit, of] of Map.groupBy(epochs, (epoch) => epoch.unit))
      this.#tried(`epochs of ${unit}`, () => epochsInOrder(of));
    const held: HeldStatement[] = [
      ...sets.map(({ hash, serial, until }) => ({
        hash,
        kind: 'directory-keys',
        unit: '',
        from: 0,
        until,
        version: serial,
      })),
      ...versions.map(({ hash, expires, version }) => ({
        hash,
        kind: 'directory',
        unit: '',
        from: 0,
        until: expires,
        version,
      })),
      ...parsed.map(({ hash, unit, until }) => ({ hash, kind: 'member', unit, from: 0, until, version: 0 })),
      ...claimed.map(({ hash, unit }) => ({
        hash,
        kind: 'revocation',
        unit,
        from: 0,
        until: Number.MAX_SAFE_INTEGER,
        version: 0,
      })),
      ...epochs.map(({ hash, unit, from, until, n }) => ({
        hash,
        kind: 'epoch',
        unit,
        from,
        until,
        version: n,
      })),
    ];
    const boxes = each('box', (bytes) => {
      parseBoxStatement(bytes);
      return [toHex(verifier.sha256(bytes)), bytes] as const;
    });
    return {
      people: new People(verifier, members, versions),
      versions,
      statements: new Map(held.map((one) => [one.hash, one])),
      boxes: new Map(boxes),
    };
  }

  /** A directory under a key set that was in force when it was issued. */
  #directory(bytes: Uint8Array, sets: readonly VerifiedKeySet[]): ParsedDirectory {
    const { verifier, pins } = this.#env;
    const directory = ofInstance(parseDirectory(verifier, bytes), pins.instance);
    const set = sets.find(({ from, until, keys, threshold }) => {
      if (directory.issued < from || directory.issued >= until) return false;
      try {
        requireThreshold(verifier, directory.envelope, keys, threshold, 'directory_threshold');
        return true;
      } catch {
        return false;
      }
    });
    if (set === undefined) throw new ProtocolError('directory_threshold');
    return directory;
  }

  /** Versions in their order, each naming the one before, each with the units of its shards. */
  #versions(directories: readonly ParsedDirectory[]): History['versions'] {
    const sorted = directories.toSorted((a, b) => a.version - b.version);
    sorted.forEach((directory, i) => {
      const before = sorted[i - 1];
      const linked =
        before === undefined
          ? directory.version <= 1 || directory.prev !== null
          : directory.version === before.version + 1 && directory.prev === before.hash;
      if (!linked)
        this.#found(`version ${directory.version} of the directory does not follow the one before`);
    });
    return sorted.map((directory) => {
      const units = new Map<UnitId, DirectoryUnit>();
      for (const { hash } of directory.shards) {
        const listed = this.#shards.get(hash);
        if (listed === undefined) this.#found(`a shard of version ${directory.version} is missing`);
        for (const unit of listed ?? []) units.set(unit.code, unit);
      }
      return { ...directory, units };
    });
  }

  #tried<T>(what: string, read: () => T): T | null {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#found(`${what}: ${error.code}`);
      return null;
    }
  }
}

function ofInstance<T extends { readonly instance: string }>(statement: T, instance: string): T {
  if (statement.instance !== instance) throw new ProtocolError('directory_instance');
  return statement;
}
