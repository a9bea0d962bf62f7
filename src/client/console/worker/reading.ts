import { READ_EVENT, readPartsOf } from '../../../domain/event-parts.ts';
import type { TipId } from '../../../domain/ids.ts';
import { Problem, sendJson } from '../http.ts';
import type { WireEnvelope, WireEvent } from '../wire.ts';
import { readerEvent } from './reader-event.ts';
import { onceMore } from './signing.ts';
import type { WorkerState } from './state.ts';

/** Most tips of one read. */
const BATCH = 100;

/** The ciphertexts of one tip as they were served, with its first event. */
export interface ReadTip {
  readonly envelopes: readonly WireEnvelope[];
  readonly submitted: WireEvent;
}

interface ReadAnswer {
  readonly envelopes: readonly WireEnvelope[];
  readonly submitted: readonly (WireEvent & { readonly tip: TipId })[];
}

/**
 * Ciphertexts that were served to this console, kept until it locks. Every fetch is one signed BATCH_READ event that names all the tips
 * asked for; events of one reader follow each other, so fetches wait for each other.
 */
export class Reads {
  readonly #state: WorkerState;
  readonly #kept = new Map<TipId, ReadTip | null>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(state: WorkerState) {
    this.#state = state;
  }

  /** What was served of a tip; null when the unit may not read it, undefined when it was not asked for. */
  get(tip: TipId): ReadTip | null | undefined {
    return this.#kept.get(tip);
  }

  /** What was served of one tip, fetched if need be. Throws Problem `no_key` when the unit may not read it. */
  async one(tip: TipId): Promise<ReadTip> {
    await this.fetch([tip]);
    const read = this.#kept.get(tip);
    if (read === null || read === undefined) throw new Problem('no_key');
    return read;
  }

  /** Forgets a tip whose thread or wraps changed. */
  drop(tip: TipId): void {
    this.#kept.delete(tip);
  }

  /** Fetches the tips that are not kept yet. Throws Problem. */
  async fetch(tips: readonly TipId[]): Promise<void> {
    await this.inTurn(() => this.#fetchMissing(tips));
  }

  /** Does what adds to the reader's chain once everything that was begun before is done: its events follow each other. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #fetchMissing(tips: readonly TipId[]): Promise<void> {
    const missing = [...new Set(tips)].filter((tip) => !this.#kept.has(tip));
    for (let at = 0; at < missing.length; at += BATCH)
      await onceMore(() => this.#read(missing.slice(at, at + BATCH)));
  }

  async #read(tips: readonly TipId[]): Promise<void> {
    const { staff, unit } = this.#state.keyring.me;
    const event = await readerEvent(this.#state, READ_EVENT, readPartsOf({ staff, unit }, tips));
    const answer = await sendJson<ReadAnswer>('POST', '/api/staff/read', { event, tips });
    for (const tip of tips) {
      const submitted = answer.submitted.find((candidate) => candidate.tip === tip);
      const envelopes = answer.envelopes.filter((envelope) => envelope.tip === tip);
      this.#kept.set(
        tip,
        submitted === undefined || envelopes.length === 0 ? null : { envelopes, submitted },
      );
    }
  }
}
