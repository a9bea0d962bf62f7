import type { BundleLine } from '../../../src/audit/lines.ts';
import { openEvent } from '../../../src/audit/opening.ts';
import type { Hash, Seconds } from '../../../src/domain/ids.ts';
import { serverEvent } from '../../../src/http/kit/server-event.ts';
import { LADDERS, layOut } from '../../../src/ledger/batch.ts';
import { checkpointText } from '../../../src/ledger/checkpoint.ts';
import { joined } from '../../../src/ledger/encoding.ts';
import { eventEntry } from '../../../src/ledger/entry.ts';
import { formatNote, noteKey, signNote } from '../../../src/ledger/note.ts';
import { buildTree, entryHash } from '../../../src/ledger/tree.ts';
import { fromBase64Url, toBase64Url } from '../../../src/protocol/base64.ts';
import { fromHex, fromUtf8, toHex, utf8 } from '../../../src/protocol/bytes.ts';
import { parseEvent } from '../../../src/protocol/event.ts';
import type { BatchHeadPart } from '../../../src/protocol/wire-ledger.ts';
import type { Instance } from '../../fixtures/instance.ts';

export type Line<T extends BundleLine['t']> = Extract<BundleLine, { readonly t: T }>;

/** A bundle taken apart, as whoever runs the service could write it. */
export interface Forged {
  readonly header: Line<'bundle'>;
  /** Everything between the first line and the tree. */
  readonly before: readonly BundleLine[];
  readonly batches: readonly Line<'batch'>[];
  readonly auditors: readonly Line<'auditor'>[];
  readonly chains: readonly {
    readonly subject: string;
    readonly lines: readonly (Line<'event'> | Line<'hole'>)[];
  }[];
  /** 64 bytes at each index, as the bundle has them. */
  readonly entries: readonly Uint8Array[];
}

export function apart(texts: readonly string[]): Forged {
  const lines = texts.map((text) => JSON.parse(text) as BundleLine);
  const of = <T extends BundleLine['t']>(t: T): Line<T>[] =>
    lines.filter((line): line is Line<T> => line.t === t);
  const chains: { subject: string; lines: (Line<'event'> | Line<'hole'>)[] }[] = [];
  for (const line of lines) {
    if (line.t === 'chain') chains.push({ subject: line.subject, lines: [] });
    if (line.t === 'event' || line.t === 'hole') chains.at(-1)?.lines.push(line);
  }
  const [header] = of('bundle');
  if (header === undefined) throw new Error('no bundle');
  const bytes = joined(...of('entries').map(({ b }) => fromBase64Url(b)));
  return {
    header,
    before: lines.filter(({ t }) => ['log', 'statement', 'shard'].includes(t)),
    batches: of('batch'),
    auditors: of('auditor'),
    chains,
    entries: Array.from({ length: bytes.length / 64 }, (_, i) => bytes.slice(i * 64, (i + 1) * 64)),
  };
}

/** Lines again, with counts that fit. */
export function together({ header, before, batches, auditors, chains, entries }: Forged): readonly string[] {
  const tree = batches.flatMap((batch): BundleLine[] => [
    batch,
    { t: 'entries', from: batch.from, b: toBase64Url(joined(...entries.slice(batch.from, batch.size))) },
  ]);
  const count = (lines: Forged['chains'][number]['lines']): number =>
    lines.reduce((sum, line) => sum + (line.t === 'event' ? 1 : line.indices.length), 0);
  const opened = chains.flatMap(({ subject, lines }): BundleLine[] => [
    { t: 'chain', subject, events: count(lines) },
    ...lines,
  ]);
  const events = chains.reduce((sum, { lines }) => sum + count(lines), 0);
  const end: BundleLine = { t: 'end', chains: chains.length, events };
  return [header, ...before, ...tree, ...auditors, ...opened, end].map((line) => JSON.stringify(line));
}

/** The service's own key over a checkpoint. */
export function signedNote({ deps }: Instance, origin: string, size: number, root: Uint8Array): string {
  const sha256 = (data: Uint8Array) => deps.crypto.sha256(data);
  const text = checkpointText({ origin, size, root });
  const key = noteKey(sha256, origin, deps.ledger.publicKey);
  const note = formatNote({ text, signatures: [signNote(text, key, (data) => deps.ledger.sign(data))] });
  return fromUtf8(note);
}

export interface Relogging {
  /** The first batch that is made anew; those before stay to the byte. */
  readonly since?: number;
  /** Changes the moment of a batch. */
  readonly at?: (at: number, batch: number) => number;
  /** Batch (its place in the list) in which an event is logged; as it was unless something else is said. */
  readonly batchOf?: (event: Line<'event'>, was: number) => number;
  /** Changes an entry on its way into the log. */
  readonly entry?: (event: Line<'event'>, entry: Uint8Array) => Uint8Array;
  /** Changes what a batch head says. */
  readonly head?: (part: BatchHeadPart, batch: number) => BatchHeadPart;
}

/** What opens an event in a bundle. */
const openedLine = ({ record, citizenPart, restrictedPart, openings }: ReturnType<typeof serverEvent>) => ({
  ...{ r: fromUtf8(record), s: toBase64Url(openings.leafSalt) },
  ...{ c: fromUtf8(citizenPart), cs: toBase64Url(openings.citizenSalt) },
  ...{ p: fromUtf8(restrictedPart), ps: toBase64Url(openings.restrictedSalt) },
});

const rootOf = (sha256: (data: Uint8Array) => Uint8Array, entries: readonly Uint8Array[]): Uint8Array =>
  buildTree(
    sha256,
    entries.map((entry) => entryHash(sha256, entry)),
  ).root;

/** The batch, by its place in the list, that an index is in. */
export const batchOf = ({ batches }: Pick<Forged, 'batches'>, index: number): number =>
  batches.findIndex(({ from, size }) => from <= index && index < size);

/**
 * Makes the log anew from the chains as they now are, as a service that has its own key can: same batches and times, new leaves, new heads, new
 * roots, all signed.
 */
export function relogged(instance: Instance, forged: Forged, how: Relogging = {}): Forged {
  const { deps } = instance;
  const sha256 = (data: Uint8Array) => deps.crypto.sha256(data);
  const { origin } = forged.header;
  const heads = forged.chains.find(({ subject }) => subject === 'log')?.lines as readonly Line<'event'>[];
  const rest = forged.chains.filter(({ subject }) => subject !== 'log');
  const events = rest.flatMap(({ lines }) => lines.filter((line) => line.t === 'event'));
  const placed = new Map<Line<'event'>, number>();
  const batches: Line<'batch'>[] = [];
  const roots = new Map<number, { size: number; root: string }>();
  let entries: Uint8Array[] = [];
  const newHeads: Line<'event'>[] = [];
  let prev: Hash | null = null;
  forged.batches.forEach((batch, n) => {
    const own = events.filter(
      (event) => (how.batchOf ?? ((_, was) => was))(event, batchOf(forged, event.i)) === n,
    );
    const made = own.map((event) => {
      const opening = openEvent(deps.crypto, event);
      if (opening === null) throw new Error('an event that cannot be read');
      return (how.entry ?? ((_, entry) => entry))(event, opening.entry);
    });
    const seed = fromBase64Url(batch.seed);
    const layout = layOut(sha256, LADDERS.demo, made, seed);
    const from = entries.length;
    const size = from + layout.size;
    own.forEach((event, i) => {
      placed.set(event, from + (layout.places[i] ?? 0));
    });
    const head = heads[n];
    if (head === undefined) throw new Error('a batch without its head');
    if (n < (how.since ?? 0)) {
      for (const event of own) placed.set(event, event.i);
      entries = forged.entries.slice(0, batch.size);
      newHeads.push(head);
      const opened = openEvent(deps.crypto, head);
      prev = opened?.event.leaf ?? null;
      roots.set(batch.size, { size: batch.size, root: toHex(rootOf(sha256, entries)) });
      batches.push(batch);
      return;
    }
    const said = JSON.parse(head.p) as BatchHeadPart;
    const { time } = parseEvent(utf8(head.r)).header;
    if (!('at' in time)) throw new Error('a head without its moment');
    const published = said.published === null ? null : (roots.get(said.published.size) ?? said.published);
    const told = { ...said, from, size, published };
    const { v: _, ...part } = (how.head ?? ((one) => one))(told, n);
    const moment = (how.at ?? ((at) => at))(time.at, n) as Seconds;
    const at = { ...deps, clock: { now: () => moment } };
    const row = serverEvent(
      at,
      { subject: 'log', type: 'batch_sealed', restricted: part },
      { no: n, leaf: prev },
    );
    prev = row.leaf;
    const citizenHash = sha256(joined(row.openings.citizenSalt, row.citizenPart));
    const headPrev = row.prev === null ? null : fromHex(row.prev);
    entries = [
      ...entries,
      ...layout.entries,
      eventEntry(sha256, fromHex(row.leaf), { citizenHash, prev: headPrev, no: row.no }),
    ];
    newHeads.push({
      ...{ t: 'event', i: size - 1 },
      ...openedLine(row),
    });
    const root = rootOf(sha256, entries);
    roots.set(batch.size, { size, root: toHex(root) });
    batches.push({
      ...batch,
      from,
      size,
      dummies: layout.dummies,
      note: signedNote(instance, origin, size, root),
    });
  });
  const last = [...roots.values()].at(-1) ?? { size: 0, root: '' };
  return {
    ...forged,
    header: { ...forged.header, ...last },
    batches,
    entries,
    chains: [
      { subject: 'log', lines: newHeads },
      ...rest.map(({ subject, lines }) => ({
        subject,
        lines: lines.map((line) => (line.t === 'event' ? { ...line, i: placed.get(line) ?? 0 } : line)),
      })),
    ],
  };
}

/** Writes a chain of the service's own anew, with something else in the restricted parts of its events. */
export function rewritten(
  { deps }: Instance,
  lines: readonly Line<'event'>[],
  change: (type: string, part: object) => object,
): readonly Line<'event'>[] {
  let leaf: Hash | null = null;
  return lines.map((line) => {
    const { subject, type, no, time } = parseEvent(utf8(line.r)).header;
    if (!('at' in time)) throw new Error('not of the service');
    const { v: _, ...part } = JSON.parse(line.p) as { readonly v: number };
    const at = { ...deps, clock: { now: () => time.at } };
    const act = { subject, type, restricted: change(type, part) } as Parameters<typeof serverEvent>[1];
    const row = serverEvent(at, act, { no: no - 1, leaf });
    leaf = row.leaf;
    return { ...line, ...openedLine(row) };
  });
}

/** A forged bundle with one chain changed. */
export const withChain = (
  forged: Forged,
  subject: string,
  change: (lines: readonly Line<'event'>[]) => readonly (Line<'event'> | Line<'hole'>)[],
): Forged => ({
  ...forged,
  chains: forged.chains.flatMap((chain) => {
    if (chain.subject !== subject) return [chain];
    const lines = change(chain.lines.filter((line) => line.t === 'event'));
    return lines.length === 0 ? [] : [{ subject, lines }];
  }),
});
