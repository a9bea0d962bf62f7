import { isLaidOut, LADDERS } from '../ledger/batch.ts';
import { parseCheckpoint } from '../ledger/checkpoint.ts';
import { witnessesOf } from '../ledger/cosignature.ts';
import { compareBytes, sameBytes } from '../ledger/encoding.ts';
import { dummyEntries } from '../ledger/entry.ts';
import { isSignedBy, type Note, type NoteKey, noteKey, parseNote, parseVkey } from '../ledger/note.ts';
import { fromBase64Url } from '../protocol/base64.ts';
import { toHex, utf8 } from '../protocol/bytes.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { AuditEnvironment } from './environment.ts';
import type { Findings } from './findings.ts';
import type { History } from './history.ts';
import type { BundleLine } from './lines.ts';
import { LogTree } from './log-tree.ts';
import type { Multiset, Opened } from './multiset.ts';

type BatchLine = Extract<BundleLine, { readonly t: 'batch' }>;

/** A batch once all its entries have come. */
export interface ReadBatch {
  /** Number of its log: 1, and one more after each declared roll-back. */
  readonly log: number;
  readonly from: number;
  readonly size: number;
  readonly dummies: number;
  /** Root at its size as rebuilt, hex. */
  readonly root: string;
  /** Times that its witnesses gave, ascending: one each. */
  readonly cosigned: readonly number[];
}

/** Rebuilds the tree out of batches and their entries, and checks every checkpoint on the way. */
export class Checkpoints {
  readonly batches: ReadBatch[] = [];
  readonly #env: AuditEnvironment;
  readonly #history: History;
  readonly #found: Findings;
  readonly #origin: string;
  readonly #tree: LogTree;
  readonly #logged: Multiset;
  readonly #opened: Opened;
  readonly #openings: Multiset;
  readonly #scoped: boolean;
  #open: { readonly line: BatchLine; readonly entries: Uint8Array[] } | null = null;

  /**
   * `logged` takes every entry of the tree; `openings` and `opened` the dummies, which their seeds open. `scoped`: a bundle without entries, whose
   * root is the one that was signed.
   */
  constructor(
    env: AuditEnvironment,
    history: History,
    found: Findings,
    log: {
      readonly origin: string;
      readonly logged: Multiset;
      readonly openings: Multiset;
      readonly opened: Opened;
      readonly scoped: boolean;
    },
  ) {
    this.#env = env;
    this.#history = history;
    this.#found = found;
    this.#origin = log.origin;
    this.#logged = log.logged;
    this.#openings = log.openings;
    this.#scoped = log.scoped;
    this.#opened = log.opened;
    this.#tree = new LogTree((data) => env.verifier.sha256(data));
  }

  /** Entries that have come so far. */
  get size(): number {
    return this.#tree.size;
  }

  begin(line: BatchLine): void {
    this.finish();
    this.#open = { line, entries: [] };
    if (this.#scoped) return;
    const expected = this.batches.at(-1)?.size ?? 0;
    if (line.log !== (this.batches.at(-1)?.log ?? line.log))
      this.#found.add({ check: 'batchShape', detail: 'of another log', size: line.size });
    if (line.from !== expected)
      this.#found.add({
        check: 'batchShape',
        detail: `begins at ${line.from}, not ${expected}`,
        size: line.size,
      });
  }

  entries(from: number, entries: readonly Uint8Array[]): boolean {
    if (this.#open === null || this.#scoped || from !== this.#tree.size) return false;
    this.#tree.add(entries);
    this.#open.entries.push(...entries);
    entries.forEach((entry, i) => {
      this.#logged.add(from + i, entry);
    });
    return true;
  }

  /** The end of a batch's entries; after the last one it must be called as well. */
  finish(): void {
    if (this.#open === null) return;
    const { line, entries } = this.#open;
    this.#open = null;
    const checkpoint = this.#checkpoint(line);
    if (!this.#scoped) this.#rebuilt(line, entries, checkpoint);
    const root = this.#scoped ? checkpoint?.root : this.#tree.root();
    const cosigned = checkpoint === null ? [] : this.#witnessed(checkpoint.note);
    this.batches.push({
      log: line.log,
      from: line.from,
      size: line.size,
      dummies: line.dummies,
      root: toHex(root ?? new Uint8Array(0)),
      cosigned,
    });
  }

  /** The tree that the entries make is the one that was signed, and they are what a batch may hold. */
  #rebuilt(
    line: BatchLine,
    entries: readonly Uint8Array[],
    signed: { readonly size: number; readonly root: Uint8Array } | null,
  ): void {
    const root = this.#tree.root();
    if (signed !== null && !(signed.size === this.#tree.size && sameBytes(signed.root, root)))
      this.#found.add({
        check: 'checkpointRoot',
        detail: 'the root is not that of the entries',
        size: line.size,
      });
    this.#shape(line, entries);
    this.#dummies(line, entries);
  }

  /** The note's text, read and signed by the log's key. Null, and told, where it is not. */
  #checkpoint(
    line: BatchLine,
  ): { readonly note: Note; readonly size: number; readonly root: Uint8Array } | null {
    const note = parseNote(utf8(line.note));
    const checkpoint = note === null ? null : parseCheckpoint(note.text);
    const told = (detail: string): null => {
      this.#found.add({ check: 'checkpointSignature', detail, size: line.size });
      return null;
    };
    if (note === null || checkpoint === null) return told('the note cannot be read');
    if (checkpoint.origin !== this.#origin) return told('of another log');
    const signed = this.#logKeys().some((key) =>
      isSignedBy(note, key, (...job) => this.#env.verifier.verify(...job)),
    );
    return signed ? { note, size: checkpoint.size, root: checkpoint.root } : told('not signed by the log');
  }

  #logKeys(): readonly NoteKey[] {
    const sha256 = (data: Uint8Array) => this.#env.verifier.sha256(data);
    const keys = new Map(this.#history.versions.map(({ ledgerKey }) => [toHex(ledgerKey), ledgerKey]));
    return [...keys.values()].map((key) => noteKey(sha256, this.#origin, key));
  }

  #shape(line: BatchLine, entries: readonly Uint8Array[]): void {
    const ladder = [...LADDERS.production, ...LADDERS.demo];
    const told = (detail: string): void => this.#found.add({ check: 'batchShape', detail, size: line.size });
    if (line.from + entries.length !== line.size) told('entries are missing or too many');
    else if (!isLaidOut(ladder, entries)) told('not laid out as batches are');
  }

  /** Dummies open themselves: each must be in the batch, where its place is searched by its bytes. */
  #dummies(line: BatchLine, entries: readonly Uint8Array[]): void {
    const seed = seedOf(line.seed);
    if (seed === null || line.dummies > entries.length) {
      this.#found.add({ check: 'batchShape', detail: 'dummies that cannot be', size: line.size });
      return;
    }
    const sha256 = (data: Uint8Array) => this.#env.verifier.sha256(data);
    for (const dummy of dummyEntries(sha256, seed, line.dummies)) {
      const place = placeOf(entries, dummy);
      const index = line.from + place;
      if (place < 0 || !this.#opened.mark(index)) {
        this.#found.add({ check: 'batchShape', detail: 'a dummy is not in its batch', size: line.size });
        return;
      }
      this.#openings.add(index, dummy);
    }
  }

  /** Times at which the directory's witnesses signed. A later checkpoint covers one that was published for it. */
  #witnessed(note: Note): readonly number[] {
    const { verifier } = this.#env;
    const sha256 = (data: Uint8Array) => verifier.sha256(data);
    const named = new Set(this.#history.versions.flatMap(({ witnesses }) => witnesses));
    const keys = [...named].flatMap((vkey) => parseVkey(sha256, vkey) ?? []);
    const cosigned = witnessesOf(note, keys, (...job) => verifier.verify(...job));
    return cosigned.map(({ time }) => time).sort((a, b) => a - b);
  }
}

/** Where an entry stands among those of a batch, which are in order but for its head, the last; −1 for nowhere. */
function placeOf(entries: readonly Uint8Array[], wanted: Uint8Array): number {
  let low = 0;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compareBytes(entries[middle] ?? wanted, wanted);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
}

function seedOf(text: string): Uint8Array | null {
  try {
    const seed = fromBase64Url(text);
    return seed.length === 32 ? seed : null;
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
