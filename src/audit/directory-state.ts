import type { Sha256 } from '../ledger/sha256.ts';
import { stateTree } from '../ledger/state-tree.ts';
import { toHex } from '../protocol/bytes.ts';
import type { HeldStatement } from './history.ts';

/**
 * What the directory held at any moment of the log, in the order of the events that added it: the tree over it is what every batch head names. It is
 * made anew only when something came or ran out in between.
 */
export class DirectoryState {
  readonly #sha256: Sha256;
  /** By number of the event that added it. */
  readonly #added: { readonly no: number; readonly statement: HeldStatement }[] = [];
  #last: {
    readonly no: number;
    readonly until: number;
    readonly at: number;
    readonly ahead: number;
    readonly root: string;
    readonly units: number;
  } | null = null;

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
  }

  /** The statement that an event of the chain `directory` added. In the order of the chain. */
  add(no: number, statement: HeldStatement): void {
    this.#added.push({ no, statement });
    this.#last = null;
  }

  /**
   * Root in hex and number of units after the event `no`, at a moment in UTC seconds, without the epochs that begin later than `ahead` seconds after it.
   */
  at(no: number, at: number, ahead: number): { readonly root: string; readonly units: number } {
    const last = this.#last;
    if (last?.no === no && last.ahead === ahead && at >= last.at && at < last.until) return last;
    const there = this.#added.filter((one) => one.no <= no).map(({ statement }) => statement);
    const standing = there.filter(({ kind, until }) => kind === 'directory-keys' || until > at);
    const newest = Math.max(
      0,
      ...standing.flatMap(({ kind, version }) => (kind === 'directory' ? [version] : [])),
    );
    const begun = ({ kind, from }: HeldStatement) => kind !== 'epoch' || from - ahead <= at;
    const held = standing.filter((one) => begun(one) && (one.kind !== 'directory' || one.version === newest));
    const states = [...Map.groupBy(held, ({ unit }) => unit)]
      .map(([unit, of]) => ({ unit, statements: [...new Set(of.map(({ hash }) => hash))].sort() }))
      .sort((a, b) => (a.unit < b.unit ? -1 : 1));
    const ends = standing.flatMap((one) => {
      if (one.kind === 'directory-keys') return [];
      return begun(one) ? [one.until] : [one.until, one.from - ahead];
    });
    this.#last = {
      ...{ no, at, ahead, until: Math.min(Number.MAX_SAFE_INTEGER, ...ends), units: states.length },
      root: toHex(stateTree(this.#sha256, states).root),
    };
    return this.#last;
  }
}
