import type { Day, Hash, Hour, Seconds, TipId, UnitId } from '../../src/domain/ids.ts';
import { layOut } from '../../src/ledger/batch.ts';
import { checkpointText } from '../../src/ledger/checkpoint.ts';
import { cosign } from '../../src/ledger/cosignature.ts';
import { eventEntry } from '../../src/ledger/entry.ts';
import { multiProof } from '../../src/ledger/multi-proof.ts';
import { formatNote, formatVkey, noteKey, signNote } from '../../src/ledger/note.ts';
import { consistencyProof, inclusionProof, type NodeReader } from '../../src/ledger/proofs.ts';
import { entryHash, nodeHash } from '../../src/ledger/tree.ts';
import { toBase64Url } from '../../src/protocol/base64.ts';
import { fromHex, fromUtf8, toHex } from '../../src/protocol/bytes.ts';
import { type LogContext, logContext } from '../../src/protocol/checkpoint-check.ts';
import {
  buildEvent,
  eventLeaf,
  hashBytes,
  type Part,
  parseEvent,
  signEvent,
} from '../../src/protocol/event.ts';
import { signMailboxHead } from '../../src/protocol/mailbox-head.ts';
import type { ShownMailbox } from '../../src/protocol/mailbox-proof.ts';
import {
  makeAnswers,
  type PromiseProof,
  type PublishedPoint,
  parseAnswer,
} from '../../src/protocol/promise.ts';
import type { MailboxStep } from '../../src/protocol/wire.ts';
import type { BatchHeadPart, OpenLeaf } from '../../src/protocol/wire-ledger.ts';
import { sodium } from './suites.ts';

/** A small public log in memory with one tip in it, as an honest service would show it, and its keys for dishonest ones. */
export const FORMER = 'tin.example/ledger';
/** The log took the place of another one. */
export const ORIGIN = `${FORMER}/since-20261101T020000Z`;
export const TIP = 'ab'.repeat(16) as TipId;
export const UNIT = '14-ca' as UnitId;
/** 2026-11-23 02:00 UTC. */
export const NOON = 1_795_399_200 as Seconds;
const sha256 = (data: Uint8Array) => sodium.sha256(data);
const ledgerPair = sodium.ed25519KeyPair(new Uint8Array(32).fill(1));
const witnessPair = sodium.ed25519KeyPair(new Uint8Array(32).fill(2));
const officer = sodium.ed25519KeyPair(new Uint8Array(32).fill(3));
export const witness = noteKey(sha256, 'witness.example', witnessPair.publicKey, 'cosignature');
export const ledgerKey = ledgerPair.publicKey;
export const signer = {
  publicKey: ledgerPair.publicKey,
  sign: (message: Uint8Array) => sodium.sign(message, ledgerPair.secretKey),
};
const cosigner = (message: Uint8Array) => sodium.sign(message, witnessPair.secretKey);
export const context = (minWitnesses = 1): LogContext =>
  logContext(
    sodium,
    { logOrigin: ORIGIN, ledgerKey, witnesses: [formatVkey(witness), 'not a key'] },
    minWitnesses,
  );

interface Made {
  readonly step: MailboxStep;
  readonly entry: Uint8Array;
}
const chain: Made[] = [];
const STAGES = ['submitted', 'received', 'classified', 'verifying', 'resolved'];
STAGES.forEach((stage, i) => {
  const type = ['submitted', 'registered', 'classified', 'verification_started', 'resolved'][i] ?? '';
  const before = chain[i - 1];
  const citizen: Part =
    i === 0
      ? { state: 'submitted', unit: UNIT, seal: 'aa'.repeat(32) }
      : { step: type, stage, overlay: 'none', outcome: null, unit: UNIT };
  const event = buildEvent(
    sodium,
    {
      ...{ type, instance: 'demo', subject: `tip:${TIP}`, no: i + 1 },
      prev: before === undefined ? null : (before.step.leaf as Hash),
      time: { at: (NOON - 7200) as Seconds },
    },
    citizen,
    { v: 1 },
  );
  const record = signEvent(sodium, event, officer);
  const leaf = eventLeaf(sodium, sodium.randomBytes(32), record);
  const { citizenHash, header } = parseEvent(record);
  chain.push({
    entry: eventEntry(sha256, fromHex(leaf), {
      citizenHash,
      prev: header.prev === null ? null : hashBytes(header.prev),
      no: header.no,
    }),
    step: {
      ...{ no: i + 1, type, leaf },
      citizenPart: toBase64Url(event.citizenPart),
      citizenSalt: toBase64Url(event.citizenSalt),
    },
  });
});
export const STEPS: readonly MailboxStep[] = chain.map(({ step }) => step);

export interface Batch {
  readonly size: number;
  readonly root: Uint8Array;
  readonly head: OpenLeaf;
  readonly note: string;
}
export interface Log {
  readonly nodes: readonly Uint8Array[];
  readonly batches: readonly Batch[];
  /** Index of each step, as far as they are in. */
  readonly indices: readonly number[];
}

export const readerOf = (nodes: readonly Uint8Array[]): NodeReader => {
  const read: NodeReader = (level, index) => {
    if (level > 0) return nodeHash(sha256, read(level - 1, index * 2), read(level - 1, index * 2 + 1));
    const node = nodes[index];
    if (node === undefined) throw new RangeError('node');
    return node;
  };
  return read;
};

/** What the heads say of the directory where a test does not ask. */
const SOME_STATE: BatchHeadPart['directory'] = {
  no: 1,
  leaf: 'dd'.repeat(32) as Hash,
  units: 1,
  root: 'ee'.repeat(32),
};

/** Grows a log by one batch that takes so many further steps of the tip; `salt` makes another log of the same length. */
export function grown(log: Log, take: number, salt = 0, at = NOON - 60, directory = SOME_STATE): Log {
  const from = log.nodes.length;
  const mine = chain.slice(log.indices.length, log.indices.length + take).map(({ entry }) => entry);
  const layout = layOut(sha256, [8, 32], mine, new Uint8Array(32).fill(from + salt));
  const size = from + layout.size;
  const event = buildEvent(
    sodium,
    {
      ...{ type: 'batch_sealed', instance: 'demo', subject: 'log', no: log.batches.length + 1 },
      prev: log.batches.length === 0 ? null : ('cc'.repeat(32) as Hash),
      time: { at: at as Seconds },
    },
    { v: 1 },
    {
      ...{ v: 1, log: 1, from, size },
      directory,
      published: null,
    },
  );
  const record = signEvent(sodium, event, ledgerPair);
  const leafSalt = sodium.randomBytes(32);
  const { citizenHash, header } = parseEvent(record);
  const headEntry = eventEntry(sha256, fromHex(eventLeaf(sodium, leafSalt, record)), {
    citizenHash,
    prev: header.prev === null ? null : hashBytes(header.prev),
    no: header.no,
  });
  const nodes = [...log.nodes, ...[...layout.entries, headEntry].map((entry) => entryHash(sha256, entry))];
  const root = rootAt(nodes, size);
  const head: OpenLeaf = {
    index: size - 1,
    record: toBase64Url(record),
    leafSalt: toBase64Url(leafSalt),
    citizenPart: toBase64Url(event.citizenPart),
    citizenSalt: toBase64Url(event.citizenSalt),
    restrictedPart: toBase64Url(event.restrictedPart),
    restrictedSalt: toBase64Url(event.restrictedSalt),
  };
  const text = checkpointText({ origin: ORIGIN, size, root });
  const signatures = [
    signNote(text, noteKey(sha256, ORIGIN, ledgerKey), signer.sign),
    cosign(text, witness, at + 5, cosigner),
  ];
  return {
    nodes,
    batches: [...log.batches, { size, root, head, note: fromUtf8(formatNote({ text, signatures })) }],
    indices: [...log.indices, ...layout.places.map((place) => from + place)],
  };
}

const rootAt = (nodes: readonly Uint8Array[], size: number): Uint8Array => {
  const read = readerOf(nodes);
  const range = (from: number, to: number): Uint8Array => {
    if (to - from === 1) return read(0, from);
    let k = 1;
    while (k * 2 < to - from) k *= 2;
    return nodeHash(sha256, range(from, from + k), range(from + k, to));
  };
  return range(0, size);
};

export const EMPTY: Log = { nodes: [], batches: [], indices: [] };

export const pointOf = ({ size, root }: Batch): PublishedPoint => ({ size, root: toHex(root) as Hash });

/** What an honest service shows of the tip's first `count` steps. */
export function shownBy(
  log: Log,
  count: number,
  {
    sizes = [],
    includeBy = NOON + 3600,
  }: { readonly sizes?: readonly number[]; readonly includeBy?: number } = {},
): ShownMailbox & { readonly log: NonNullable<ShownMailbox['log']> } {
  const batch = log.batches.at(-1)!;
  const read = readerOf(log.nodes);
  const steps = STEPS.slice(0, count);
  const indices = steps.map((_, i) => log.indices[i] ?? null);
  const inside = indices.flatMap((index) => index ?? []).toSorted((a, b) => a - b);
  const text = (hashes: readonly Uint8Array[]) => hashes.map(toBase64Url);
  const last = steps.at(-1)!;
  return {
    tip: TIP,
    told: { stage: STAGES[count - 1]!, overlay: 'none', outcome: null, unit: UNIT },
    steps,
    log: {
      note: batch.note,
      head: batch.head,
      headPath: text(inclusionProof(sha256, read, batch.size - 1, batch.size)),
      indices,
      nodes: inside.length === 0 ? [] : text(multiProof(sha256, read, inside, batch.size)),
      consistency: sizes.map((size) => ({
        size,
        proof: text(consistencyProof(sha256, read, size, batch.size)),
      })),
      signed: signMailboxHead(sodium, signer, {
        ...{ origin: ORIGIN, tip: TIP, no: last.no, leaf: last.leaf as Hash },
        ...{ size: batch.size, root: toHex(batch.root) as Hash, day: '2026-11-23' as Day },
        includeBy: includeBy as Seconds,
      }),
    },
  };
}

/** The promise that the tip's sender got. */
export function promised(
  checkpoint: PublishedPoint | null,
  includeBy = NOON + 3600,
  origin = ORIGIN,
): PromiseProof {
  const terms = {
    ...{ origin, leaf: STEPS[0]!.leaf as Hash, seal: 'aa'.repeat(32) as Hash, unit: UNIT },
    ...{ t0: Math.floor(NOON / 3600 - 3) as Hour, assurance: 'e2ee' as const, checkpoint, includeBy },
  };
  const [answer] = makeAnswers(sodium, signer, [{ terms, leafSalt: new Uint8Array(32) }]);
  return parseAnswer(answer!).promise;
}
