import type { ReadBatch } from './checkpoints.ts';
import type { DirectoryState } from './directory-state.ts';
import { declarationOf, type RollBackDeclared } from './generations.ts';
import type { Opening } from './opening.ts';
import { type OpenedEvent, objectOf } from './replay/event.ts';
import type { BatchTimes } from './replay/times.ts';
import type { CheckName } from './violation.ts';

/** Seconds by which the clocks of log and witnesses may differ. */
export const CLOCKS = 300;

/** Something wrong with the head of a batch, by the check that says so. */
export interface HeadFault {
  readonly check: CheckName;
  readonly detail: string;
  readonly event: OpenedEvent;
}

/** Batch heads as the chain `log` tells them: everything else is bounded by their times, so they are read before anything is judged. */
export class Heads {
  readonly events: OpenedEvent[] = [];
  /** What was declared of former logs, in its order. */
  readonly declared: RollBackDeclared[] = [];
  readonly #batches: readonly ReadBatch[];
  readonly #times: BatchTimes;
  readonly #scoped: boolean;

  constructor(batches: readonly ReadBatch[], times: BatchTimes, scoped: boolean) {
    this.#batches = batches;
    this.#times = times;
    this.#scoped = scoped;
  }

  /** Takes the next event of the chain `log`; what is wrong with it. */
  take({ event }: Opening): readonly HeadFault[] {
    this.events.push(event);
    const { header } = event.parsed;
    const part = partOf(event);
    const declaration = declarationOf(event, part);
    if (declaration !== null) {
      this.declared.push(declaration);
      return [];
    }
    const { log, from, size, published } = part;
    if (header.type !== 'batch_sealed' || typeof from !== 'number' || typeof size !== 'number') return [];
    const current = this.#batches.at(-1)?.log ?? 1;
    // A head of a log that ended binds nothing any more; which log it is of shows in what was declared before it.
    if (log !== current || log !== this.declared.length + 1)
      return log === this.declared.length + 1 || this.#scoped
        ? []
        : [{ check: 'rollBackDeclared', detail: 'a head of a log that nobody declared', event }];
    const batch = this.#batches.find((one) => one.size === size);
    const moment = 'at' in header.time ? header.time.at : 0;
    const isAnew = from <= (this.declared.at(-1)?.index ?? -1);
    this.#times.add({ from, size, at: moment, dummies: batch?.dummies ?? 0, isAnew });
    if (this.#scoped) return [];
    const faults: (Omit<HeadFault, 'event'> | null)[] = [
      batch?.from === from && event.index === size - 1
        ? null
        : { check: 'batchShape', detail: 'a head that is not the last leaf of its batch' },
      // A head is made before anybody can have seen it.
      moment <= (batch?.cosigned[0] ?? moment) + CLOCKS
        ? null
        : { check: 'checkpointTime', detail: 'witnessed before its own time' },
      this.#isOfThisLog(published)
        ? null
        : { check: 'fork', detail: 'names a checkpoint that is not of this log' },
    ];
    return faults.flatMap((fault) => (fault === null ? [] : [{ ...fault, event }]));
  }

  #isOfThisLog(published: unknown): boolean {
    if (published === null) return true;
    const { size, root } = objectOf(published) ?? {};
    return this.#batches.some((batch) => batch.size === size && batch.root === root);
  }

  /** Heads that name another state of the directory than its chain gives. */
  otherStates(state: DirectoryState): readonly HeadFault[] {
    if (this.#scoped) return [];
    return this.events.flatMap((event): HeadFault[] => {
      const { time } = event.parsed.header;
      const said = objectOf(partOf(event).directory);
      if (said === null || typeof said.no !== 'number' || !('at' in time)) return [];
      const ahead = typeof said.ahead === 'number' ? said.ahead : Number.MAX_SAFE_INTEGER;
      const own = state.at(said.no, time.at, ahead);
      return own.root === said.root && own.units === said.units
        ? []
        : [{ check: 'directoryRoot', detail: 'names another state of the directory', event }];
    });
  }
}

function partOf({ restricted }: OpenedEvent): { readonly [key: string]: unknown } {
  try {
    return objectOf(JSON.parse(restricted)) ?? {};
  } catch {
    return {};
  }
}
