import type { UnitId } from '../../../domain/ids.ts';
import { decodeBundle } from '../../../protocol/bundle.ts';
import { ensure, ProtocolError } from '../../../protocol/errors.ts';
import {
  type Fetched,
  type FreshTarget,
  freshDirectory,
  freshTarget,
} from '../../../protocol/fresh-target.ts';
import type { VerifiedMember } from '../../../protocol/membership.ts';
import type { Pins } from '../../../protocol/root.ts';
import type { DirectoryUnit } from '../../../protocol/shard.ts';
import type { Suite } from '../../../protocol/suite.ts';
import type { VerifiedEpoch } from '../../../protocol/verify-directory.ts';
import {
  type KnownDirectory,
  type VerifiedDirectory,
  verifyDirectory,
} from '../../../protocol/verify-directory.ts';
import { getBytes, getJson } from '../http.ts';

/** Seconds for which a verified bundle is believed without asking again. */
const FRESH = 120;

interface Kept {
  readonly directory: VerifiedDirectory;
  readonly until: number;
}

/**
 * The key directory as this Worker has verified it, from the build's pins down, unit by unit. Remembers the newest version it has seen
 * and refuses an older one.
 */
export class Directories {
  readonly #suite: Suite;
  readonly #pins: Pins;
  readonly #kept = new Map<UnitId, Kept>();
  /** Those that were compared with the log. */
  readonly #confirmed = new Map<UnitId, Kept>();
  #newest: KnownDirectory | null = null;

  constructor(suite: Suite, pins: Pins) {
    this.#suite = suite;
    this.#pins = pins;
  }

  /** The verified directory of a unit and its parents. Throws the codes of `verifyDirectory`, and Problem. */
  async of(unit: UnitId, now: number): Promise<VerifiedDirectory> {
    const known = this.#kept.get(unit);
    if (known !== undefined && now < known.until) return known.directory;
    const bytes = await getBytes(`/api/directory?unit=${unit}`);
    const directory = verifyDirectory(this.#suite, this.#pins, decodeBundle(bytes), now);
    this.#remember(directory);
    this.#kept.set(unit, { directory, until: now + FRESH });
    return directory;
  }

  /**
   * The directory by which something may be wrapped to a unit: what the public log confirms of it, so without an epoch that no checkpoint holds yet. Throws
   * the codes of `freshDirectory`, and Problem.
   */
  async confirmed(unit: UnitId, now: number): Promise<VerifiedDirectory> {
    const known = this.#confirmed.get(unit);
    if (known !== undefined && now < known.until) return known.directory;
    const directory = await this.#compared(unit, (fetched) =>
      freshDirectory(this.#suite, this.#pins, fetched, unit, now),
    );
    this.#confirmed.set(unit, { directory, until: now + FRESH });
    return directory;
  }

  /** Where a tip for a unit is sealed to, asked anew each time. Throws the codes of `freshTarget`, and Problem. */
  target(unit: UnitId, excluded: readonly UnitId[], now: number): Promise<FreshTarget> {
    return this.#compared(unit, (fetched) =>
      freshTarget(this.#suite, this.#pins, { ...fetched, unit, excluded }, now),
    );
  }

  /** Forgets what was fetched, so that a change just made is seen. */
  refresh(): void {
    this.#kept.clear();
    this.#confirmed.clear();
  }

  /** The signed statement of one epoch. Throws `epoch_unknown`. */
  async epoch(unit: UnitId, n: number, now: number): Promise<VerifiedEpoch> {
    const directory = await this.of(unit, now);
    const found = directory.epochs.get(unit)?.find((epoch) => epoch.n === n);
    ensure(found !== undefined, 'epoch_unknown', String(n));
    return found;
  }

  /** Every verified membership in these units and those above them; a unit that is not in the directory adds nobody. */
  async members(units: readonly UnitId[], now: number): Promise<readonly VerifiedMember[]> {
    const directories = await Promise.all(units.map((unit) => this.of(unit, now)));
    return directories.flatMap((directory) => directory.members);
  }

  /** A unit of a verified shard, or null. */
  async unit(unit: UnitId, now: number): Promise<DirectoryUnit | null> {
    return (await this.of(unit, now)).units.get(unit) ?? null;
  }

  /** Asks once more when the two answers do not fit: a checkpoint may have been published between them. */
  async #compared<T>(unit: UnitId, use: (fetched: Fetched) => T): Promise<T> {
    const ask = async (): Promise<T> => {
      const [bundle, freshness] = await Promise.all([
        getBytes(`/api/directory?unit=${unit}&epochs=live`),
        getJson<unknown>(`/api/freshness?unit=${unit}`),
      ]);
      return use({ bundle, freshness });
    };
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ProtocolError) || error.code !== 'freshness_mismatch') throw error;
      return ask();
    }
  }

  #remember({ version, hash }: VerifiedDirectory): void {
    const newest = this.#newest;
    ensure(newest === null || version >= newest.version, 'directory_rollback');
    ensure(newest === null || version !== newest.version || hash === newest.hash, 'directory_chain');
    this.#newest = { version, hash };
  }
}
