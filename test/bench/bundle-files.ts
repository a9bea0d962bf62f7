// Child process: writes a whole auditor's bundle over an honest log of real statements and really signed lives, in the files of `FILES`, which
// joined are the bundle. Arguments: folder, number of events. What is in memory is a batch, whatever the number.

import { once } from 'node:events';
import { createWriteStream, type WriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLine } from '../../src/audit/bundle-read.ts';
import { readLawData } from '../../src/audit/law.ts';
import { BUNDLE_LIMITS, type BundleLine } from '../../src/audit/lines.ts';
import { hourOf, type Seconds, secondsOfHour } from '../../src/domain/ids.ts';
import { bundleLines } from '../../src/features/audit/bundle.ts';
import { newestPublished } from '../../src/features/audit/source.ts';
import { planBatch } from '../../src/features/ledger/plan-batch.ts';
import { LADDERS, takes } from '../../src/ledger/batch.ts';
import { ENTRY_BYTES } from '../../src/ledger/entry.ts';
import { edgeOf, TILE_WIDTH, type Tile } from '../../src/ledger/tiles.ts';
import type { EventRow } from '../../src/ports/store/event-row.ts';
import type { Append, BatchRow, PendingEvent } from '../../src/ports/store/ledger-store.ts';
import { toBase64Url } from '../../src/protocol/base64.ts';
import { concat, fromHex, fromUtf8, toHex } from '../../src/protocol/bytes.ts';
import { encodePins } from '../../src/protocol/root.ts';
import { type Instance, openInstance, type TestPerson } from '../fixtures/instance.ts';
import { withLog } from '../fixtures/ledger.ts';
import { FILES, PINS } from './bundle-lines.ts';
import { LIFE, type Life, SignedLives, type SignedText, type Signer } from './signed-lives.ts';

const HOUR = 3600;
const [folder = '', count = '10000'] = process.argv.slice(2);
const [headFile, treeFile, chainsFile] = FILES.map((name) => createWriteStream(join(folder, name)));
if (headFile === undefined || treeFile === undefined || chainsFile === undefined) throw new Error('files');

const instance = await openInstance();
await withLog(instance);
const base = await baseLines(instance);
const { deps } = instance;
const { law } = readLawData((name) => deps.data.get(name));
const begun = (secondsOfHour(hourOf(deps.clock.now())) + HOUR) as Seconds;
const lives = new SignedLives({
  ...{ suite: instance.suite, law, instance: deps.instance.id, logOrigin: deps.instance.logOrigin },
  ...{ ledger: deps.ledger, begun },
  officer: signerOf(instance.person('tohieu.canbo'), 'officer'),
  head: signerOf(instance.person('tohieu.truong'), 'head'),
});

/** A life of which some events wait for their places. */
interface Waiting {
  readonly life: Life;
  readonly places: number[];
}
const waiting: Waiting[] = [];
const heads: string[] = [];
const tiles = new Map<string, Tile>();
const next = await deps.store.ledger.next(1);
const newest = await deps.store.ledger.published();
if (next === null || newest === null) throw new Error('no log');
for (const tile of next.edge) tiles.set(`${tile.level}/${tile.n}`, tile);
let lastRow = (await deps.store.ledger.entries(1, Math.floor(newest.size / TILE_WIDTH))) ?? new Uint8Array(0);
let size = newest.size;
let published: Pick<BatchRow, 'size' | 'root'> = newest;
let headOfLog = next.head;
let moment = begun + 50 * HOUR;

const lines = (stream: WriteStream, some: readonly BundleLine[]): Promise<unknown> | undefined =>
  stream.write(some.map((line) => `${JSON.stringify(line)}\n`).join('')) ? undefined : once(stream, 'drain');

const wanted = Math.ceil(Number(count) / LIFE);
const most = (LADDERS.production.at(-1) ?? 0) - 1;
let pending: { readonly of: Waiting; readonly event: SignedText }[] = [];
await lines(treeFile, base.tree);
for (let made = 0; made < wanted; made++) {
  const of: Waiting = { life: lives.life(), places: [] };
  waiting.push(of);
  pending.push(...of.life.events.map((event) => ({ of, event })));
  while (pending.length >= most) await seal();
}
while (pending.length > 0) await seal();
await lines(headFile, [{ ...base.header, size, root: toHex(published.root) }, ...base.rest]);
const chains = base.chains.map((chain) => [...chain]);
const log = chains.find(([first]) => first?.t === 'chain' && first.subject === 'log');
if (log?.[0]?.t !== 'chain') throw new Error('no chain of the log');
log[0] = { ...log[0], events: log.length - 1 + heads.length };
const logLines = [...log.map((line) => JSON.stringify(line)), ...heads];
const others = chains.filter((chain) => chain !== log).flat();
headFile.end();
treeFile.end(`${logLines.join('\n')}\n${others.map((line) => `${JSON.stringify(line)}\n`).join('')}`);
const events = logLines.length - 1 + others.filter(({ t }) => t === 'event').length + wanted * LIFE;
chainsFile.end(`${JSON.stringify({ t: 'end', chains: chains.length + wanted, events })}\n`);
await Promise.all([headFile, treeFile, chainsFile].map((stream) => once(stream, 'close')));
writeFileSync(join(folder, PINS), encodePins(instance.pins));
await instance.close();
process.send?.({ events, size });
process.disconnect?.();

/** Seals one batch of what waits, and writes what is whole by then. */
async function seal(): Promise<void> {
  const taken = pending.slice(0, takes(LADDERS.production, pending.length));
  pending = pending.slice(taken.length);
  const { batch } = await planned(taken.map(({ event }) => event));
  const dummies = batch.dummies;
  const note = fromUtf8(batch.note);
  const seed = toBase64Url(batch.seed);
  await lines(treeFile as WriteStream, [
    { t: 'batch', log: 1, from: batch.begins, size: batch.size, note, seed, dummies },
    ...entryLines(batch),
  ]);
  for (const tile of batch.tiles) tiles.set(`${tile.level}/${tile.n}`, tile);
  lastRow = batch.entries.at(-1)?.entries ?? lastRow;
  batch.leaves.forEach(({ index }, i) => {
    taken[i]?.of.places.push(index);
  });
  heads.push(JSON.stringify(headLine(batch.head, batch.size - 1)));
  headOfLog = { no: batch.head.no, leaf: batch.head.leaf };
  published = batch;
  size = batch.size;
  moment += HOUR;
  while (waiting[0] !== undefined && waiting[0].places.length === LIFE)
    await lines(chainsFile as WriteStream, lifeLines(waiting.shift() as Waiting));
}

/** The next batch as the service plans it, over what this process has made so far instead of a database. */
function planned(events: readonly SignedText[]) {
  const { ledger } = deps.store;
  const store = {
    ...deps.store,
    ledger: {
      unitStates: ledger.unitStates.bind(ledger),
      published: async () => published,
      entries: async () => lastRow,
    },
  } as unknown as typeof deps.store;
  const waits = events.map(
    ({ leaf, prev, no, citizenHash }, event): PendingEvent => ({
      ...{ event, no, shown: { citizenHash }, leaf: fromHex(leaf) },
      prev: prev === null ? null : fromHex(prev),
    }),
  );
  const edge = edgeOf(size).map(({ level, n }) => tiles.get(`${level}/${n}`) as Tile);
  const from = {
    ...next,
    log: next?.log,
    newest: { ...newest, size },
    edge,
    pending: waits,
    head: headOfLog,
  };
  return planBatch({ ...deps, store }, LADDERS.production, 1, from as never, moment as Seconds);
}

function entryLines(batch: Append): readonly BundleLine[] {
  const first = (batch.entries[0]?.n ?? 0) * TILE_WIDTH;
  const all = concat(...batch.entries.map(({ entries }) => entries)).subarray(
    (batch.begins - first) * ENTRY_BYTES,
  );
  const some: BundleLine[] = [];
  for (let at = 0; at * ENTRY_BYTES < all.length; at += BUNDLE_LIMITS.entries) {
    const b = toBase64Url(all.subarray(at * ENTRY_BYTES, (at + BUNDLE_LIMITS.entries) * ENTRY_BYTES));
    some.push({ t: 'entries', from: batch.begins + at, b });
  }
  return some;
}

function lifeLines({ life, places }: Waiting): readonly BundleLine[] {
  return [
    { t: 'chain', subject: life.subject, events: life.events.length },
    ...life.events.map(
      (event, i): BundleLine => ({
        ...{ t: 'event', i: places[i] ?? 0, r: event.record, s: toBase64Url(event.leafSalt) },
        ...{ c: event.citizen, cs: toBase64Url(event.citizenSalt) },
        ...{ p: event.restricted, ps: toBase64Url(event.restrictedSalt) },
        ...(i === 0 ? { promise: life.promise } : {}),
      }),
    ),
  ];
}

function headLine({ record, openings, citizenPart, restrictedPart }: EventRow, i: number): BundleLine {
  return {
    ...{ t: 'event', i, r: fromUtf8(record), s: toBase64Url(openings.leafSalt) },
    ...{ c: fromUtf8(citizenPart), cs: toBase64Url(openings.citizenSalt) },
    ...{ p: fromUtf8(restrictedPart), ps: toBase64Url(openings.restrictedSalt) },
  };
}

function signerOf({ id, unit, secrets }: TestPerson, role: Signer['roles'][number]): Signer {
  return { staff: id, unit, roles: [role], keys: secrets.sign };
}

/** The lines of an instance without a tip, by where in a bundle they stand. */
async function baseLines({ deps: of }: Instance) {
  const point = await newestPublished(of.store.ledger);
  if (point === null) throw new Error('nothing was published');
  const source = { deps: of, ledger: of.store.ledger, ...point };
  const tree: BundleLine[] = [];
  const rest: BundleLine[] = [];
  const chains: BundleLine[][] = [];
  let header: Extract<BundleLine, { t: 'bundle' }> | null = null;
  for await (const made of bundleLines(source, { auditor: 'bench', units: null })) {
    const line = readLine(JSON.stringify(made));
    if (line?.t === 'bundle') header = line;
    else if (line?.t === 'batch' || line?.t === 'entries') tree.push(line);
    else if (line?.t === 'chain') chains.push([line]);
    else if (line?.t === 'event') chains.at(-1)?.push(line);
    else if (line !== null && line.t !== 'end') rest.push(line);
  }
  if (header === null) throw new Error('no bundle');
  return { header, rest, tree, chains };
}
