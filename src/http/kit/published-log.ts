import type { Hash } from '../../domain/ids.ts';
import type { Deps } from '../../ports/deps.ts';
import type { BatchRow, OpenedEvent } from '../../ports/store/ledger-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { fromUtf8, toHex } from '../../protocol/bytes.ts';
import type { PublishedPoint } from '../../protocol/promise.ts';
import type { Freshness, OpenLeaf } from '../../protocol/wire-ledger.ts';
import { type LogProofs, logProofs } from './log-proofs.ts';

/** Seconds for which promises name the same checkpoint without asking the store again. */
const POINT_SECONDS = 5;
/** Batch heads that are read at once on the way to the newest. */
const PAGE = 500;

/** The newest published checkpoint, as whoever relies on it checks it (`checkCheckpoint`). */
export interface CurrentLog extends Pick<Freshness, 'note' | 'head' | 'headPath'> {
  readonly batch: BatchRow;
}

export interface PublishedLog {
  readonly proofs: LogProofs;
  /** Size and root for promises, at most some seconds old; null before the first. */
  point(): Promise<PublishedPoint | null>;
  /** Null before the first. */
  current(): Promise<CurrentLog | null>;
}

const known = new WeakMap<Deps['store'], PublishedLog>();

/** The published log of these dependencies: one, because it keeps what it has read. */
export function publishedLog(deps: Pick<Deps, 'store' | 'crypto' | 'clock'>): PublishedLog {
  const made = known.get(deps.store) ?? createPublishedLog(deps);
  known.set(deps.store, made);
  return made;
}

function createPublishedLog(deps: Pick<Deps, 'store' | 'crypto' | 'clock'>): PublishedLog {
  const { ledger } = deps.store;
  const proofs = logProofs(deps);
  let point: { readonly value: Promise<PublishedPoint | null>; readonly at: number } | null = null;
  let last: { readonly log: number; readonly no: number } = { log: 0, no: 1 };
  let opened: (Pick<CurrentLog, 'head' | 'headPath'> & { readonly log: number }) | null = null;

  /** The head of a batch is the event of `log` at its last index: looked for from the last one on that was found. */
  const headOf = async ({ log, size }: BatchRow): Promise<OpenedEvent> => {
    let from = last.log === log ? last.no : 1;
    for (;;) {
      const page = await ledger.openedOf(log, 'log', from, PAGE);
      const head = page.find(({ index }) => index === size - 1);
      if (head !== undefined) {
        last = { log, no: head.no };
        return head;
      }
      const end = page.at(-1);
      if (end === undefined) throw new Error('a batch without its head');
      from = end.no + 1;
    }
  };

  const askPoint = async (): Promise<PublishedPoint | null> => {
    try {
      const batch = await ledger.published();
      return batch && pointOf(batch);
    } catch (error) {
      // The next one asks again.
      point = null;
      throw error;
    }
  };

  return {
    proofs,
    point() {
      const now = deps.clock.now();
      if (point === null || now - point.at >= POINT_SECONDS || now < point.at)
        point = { at: now, value: askPoint() };
      return point.value;
    },
    async current() {
      const batch = await ledger.published();
      if (batch === null) return null;
      if (opened?.log !== batch.log || opened.head.index !== batch.size - 1) {
        const head = openLeaf(await headOf(batch));
        const path = await proofs.inclusion(batch.log, head.index, batch.size);
        opened = { log: batch.log, head, headPath: path.map(toBase64Url) };
      }
      const { head, headPath } = opened;
      const note = fromUtf8(batch.note) + batch.cosignatures.map(({ line }) => line).join('');
      return { batch, note, head, headPath };
    },
  };
}

/** A checkpoint as something signed names it. */
const pointOf = ({ size, root }: Pick<BatchRow, 'size' | 'root'>): PublishedPoint => ({
  size,
  root: toHex(root) as Hash,
});

const salt = (bytes: Uint8Array | null): string => toBase64Url(bytes ?? new Uint8Array(0));

/** Everything that opens a leaf, as it travels. */
const openLeaf = (event: OpenedEvent): OpenLeaf => ({
  index: event.index,
  record: toBase64Url(event.record),
  leafSalt: salt(event.leafSalt),
  citizenPart: toBase64Url(event.citizenPart),
  citizenSalt: salt(event.citizenSalt),
  restrictedPart: toBase64Url(event.restrictedPart),
  restrictedSalt: salt(event.restrictedSalt),
});
