import type { BundleLine } from '../../audit/lines.ts';
import { AppError } from '../../domain/errors.ts';
import type { OpenedEvent } from '../../ports/store/ledger-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { fromUtf8 } from '../../protocol/bytes.ts';
import { parseEvent } from '../../protocol/event.ts';
import type { AuditLedger, BundleSource } from './source.ts';

/** Events that one read gives, and how many of one chain are held before its length is looked up. */
const PAGE = 250;
/** Seconds after which the event of a shredding that has just happened is in the log. */
const SOON = 60;

/** One chain as far as the checkpoint has it. */
export interface Chain {
  readonly subject: string;
  /** How many events there are. */
  readonly length: number;
  readonly events: AsyncIterable<OpenedEvent>;
}

/**
 * Every chain of the log below the checkpoint, in the order in which a verifier wants them. The events of each must be read to their end before
 * the next is asked for; of a long one no more than a page is in memory.
 */
export async function* chainsOf({ ledger, log, batch }: BundleSource): AsyncGenerator<Chain> {
  const rows = eventsOf(ledger, log.log, batch.size);
  let next = await rows.next();
  while (!next.done) {
    const { subject } = next.value;
    const held: OpenedEvent[] = [];
    while (!next.done && next.value.subject === subject && held.length < PAGE) {
      held.push(next.value);
      next = await rows.next();
    }
    const more = !next.done && next.value.subject === subject;
    const length = more ? await lengthOf(ledger, log.log, batch.size, subject, PAGE) : held.length;
    const rest = async function* (): AsyncGenerator<OpenedEvent> {
      yield* held;
      while (!next.done && next.value.subject === subject) {
        yield next.value;
        next = await rows.next();
      }
    };
    yield { subject, length, events: rest() };
  }
}

async function* eventsOf(ledger: AuditLedger, log: number, size: number): AsyncGenerator<OpenedEvent> {
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<AuditLedger['opened']>> = await ledger.opened(log, size, after, PAGE);
    yield* page.rows;
    after = page.next;
  } while (after !== null);
}

/** Number of the last event of a chain below a size, found by halving; `known` of them are there. Numbers count from 1 without a gap. */
async function lengthOf(
  ledger: AuditLedger,
  log: number,
  size: number,
  subject: string,
  known: number,
): Promise<number> {
  const isThere = async (no: number): Promise<boolean> => {
    const [event] = await ledger.openedOf(log, subject, no, 1);
    return event !== undefined && event.no === no && event.index < size;
  };
  let low = known;
  let high = known * 2;
  while (await isThere(high)) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await isThere(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Lines of one chain. What was shredded is a hole, which the event `shredded` must explain: while that one is not in the log yet the bundle
 * would accuse the instance, so it is refused until then. Error `unavailable`.
 */
export async function* chainLines({ subject, length, events }: Chain): AsyncGenerator<BundleLine> {
  yield { t: 'chain', subject, events: length };
  let hole: OpenedEvent[] = [];
  let explained = true;
  for await (const event of events) {
    const isEmpty = event.leafSalt === null;
    if (isEmpty) {
      hole.push(event);
      explained = false;
      continue;
    }
    if (hole.length > 0) yield holeLine(hole);
    hole = [];
    const line = eventLine(event);
    if (!explained) explained = parseEvent(event.record).header.type === 'shredded';
    yield line;
  }
  if (hole.length > 0) yield holeLine(hole);
  if (!explained) throw new AppError('unavailable', { retryAfter: SOON });
}

const holeLine = (events: readonly OpenedEvent[]): BundleLine => ({
  t: 'hole',
  from: events[0]?.no ?? 0,
  to: events.at(-1)?.no ?? 0,
  indices: events.map(({ index }) => index),
  leaves: events.map(({ leaf }) => leaf),
});

const bytesOf = (bytes: Uint8Array | null): string => toBase64Url(bytes ?? new Uint8Array(0));

/** An opened event with everything that opens it. */
const eventLine = (event: OpenedEvent): BundleLine => ({
  t: 'event',
  i: event.index,
  r: fromUtf8(event.record),
  s: bytesOf(event.leafSalt),
  c: fromUtf8(event.citizenPart),
  cs: bytesOf(event.citizenSalt),
  p: fromUtf8(event.restrictedPart),
  ps: bytesOf(event.restrictedSalt),
  ...(event.answer === null ? {} : { promise: fromUtf8(event.answer) }),
});
