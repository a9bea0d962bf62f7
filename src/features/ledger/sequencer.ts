import type { Seconds } from '../../domain/ids.ts';
import { type LogProofs, logProofs } from '../../http/kit/log-proofs.ts';
import type { Checkpoint } from '../../ledger/checkpoint.ts';
import type { Deps } from '../../ports/deps.ts';
import type { MarkFile, RestoredLog } from '../../ports/mark.ts';
import type { BatchRow, LogRow } from '../../ports/store/ledger-store.ts';
import type { Witness } from '../../ports/witness.ts';
import { CHECKPOINT_AGE } from '../../protocol/checkpoint-check.ts';
import { isBehindMark } from './behind-mark.ts';
import { type LedgerDeps, planBatch } from './plan-batch.ts';
import { Witnessing } from './witnessing.ts';

export interface SequencerOptions {
  /** Seconds between two batches; aligned to the clock. */
  readonly cadence: number;
  /** Sizes that a batch may have, ascending. */
  readonly ladder: readonly number[];
  readonly witnesses: readonly Witness[];
  /** Cosignatures without which a checkpoint is not published. */
  readonly minWitnesses: number;
  readonly mark: MarkFile;
  readonly restored: RestoredLog;
}

/** What came of one round. */
export interface Round {
  /**
   * `idle`: nothing was due; `rolled_back`: somebody knows a newer tree of this log than the database, and nothing is signed any more;
   * `restored`: the database came out of a backup, and not every witness has said yet that it knows no newer tree.
   */
  readonly kind: 'idle' | 'not_holder' | 'appended' | 'rolled_back' | 'restored';
  /** Newest size and newest published one. */
  readonly size: number;
  readonly published: number;
  /** Witnesses that cosigned the newest. */
  readonly witnesses: number;
}

/**
 * Seconds that a lease outlives its holder: as long as a round takes, half as long again as the slowest witness may take, so that whoever is
 * started after a kill goes on soon. It saves work; that nothing is written twice hangs on the number that `append` compares.
 */
const leaseOf = ({ witnesses }: SequencerOptions): number =>
  Math.max(2, ...witnesses.map(({ within }) => Math.ceil(within * 1.5)));
/** Age of a checkpoint, in seconds, after which a service that starts makes the next one at once: half of what browsers bear. */
const OVERDUE = CHECKPOINT_AGE.most / 2;
/** Batches that one round makes at most when much waits. */
const MOST_BATCHES = 64;

/**
 * Takes what waits into the log, has it witnessed and publishes it. Everything in a round may be repeated after a kill at any point: until
 * `append` has committed nothing has left the process, and afterwards the checkpoint of that size is fixed.
 */
export class Sequencer {
  private readonly deps: LedgerDeps;
  private readonly options: SequencerOptions;
  private readonly proofs: LogProofs;
  private readonly witnessing: Witnessing;
  private readonly holder: Uint8Array;
  /** What witnesses said when they were asked first, and whether one ever knew more than the database: then nothing is signed any more. */
  private state: 'new' | 'asked' | 'rolled_back' = 'new';

  constructor(deps: LedgerDeps, options: SequencerOptions) {
    this.deps = deps;
    this.options = options;
    this.proofs = logProofs(deps);
    this.witnessing = new Witnessing(deps, this.proofs);
    this.holder = deps.random.bytes(16);
  }

  /**
   * One round at a moment. `append: false` makes no batch, but has the newest one witnessed and published where that was broken off: what a
   * process does first.
   */
  async round(now: Seconds, { append = true }: { readonly append?: boolean } = {}): Promise<Round> {
    const { ledger } = this.deps.store;
    const fence = await ledger.lease(this.holder, now, (now + leaseOf(this.options)) as Seconds);
    const log = await this.currentLog(now);
    if (fence === null) return this.told('not_holder', log, 0);
    if (await this.isBehind(log)) return this.told('rolled_back', log, 0);
    if (await this.isUncertain(log)) return this.told('restored', log, 0);
    const appended = append ? await this.append(fence, now) : 'idle';
    if (appended === 'not_holder') return this.told('not_holder', log, 0);
    const asked = await this.publish(log);
    return asked === 'ahead' ? this.told('rolled_back', log, 0) : this.told(appended, log, asked);
  }

  /** Gives the lease back after the last round, so that whoever is started next need not wait until it ends. */
  async rest(now: Seconds): Promise<void> {
    await this.deps.store.ledger.lease(this.holder, now, now);
  }

  /**
   * True when the newest checkpoint is so old that browsers will soon refuse to seal by it, as after days in which the service was off: the next one is
   * then not left to the clock.
   */
  async isOverdue(now: Seconds): Promise<boolean> {
    const newest = await this.deps.store.ledger.published();
    return newest !== null && now - newest.at > OVERDUE;
  }

  /** True when somebody knows a tree that the database does not have. Witnesses are asked before anything new is signed. */
  private async isBehind(log: LogRow): Promise<boolean> {
    if (this.state === 'new' && (await this.publish(log)) !== 'ahead') this.state = 'asked';
    if (this.state !== 'asked') return true;
    return isBehindMark(this.deps.store.ledger, log, await this.options.mark.read());
  }

  /** True for a restored database until every witness, and at least one, has cosigned its newest tree again. */
  private async isUncertain(log: LogRow): Promise<boolean> {
    const { restored, witnesses } = this.options;
    if (!(await restored.waits())) return false;
    if (witnesses.length === 0 || (await this.publish(log)) !== witnesses.length) return true;
    await restored.settle();
    return false;
  }

  private async currentLog(now: Seconds): Promise<LogRow> {
    const { ledger } = this.deps.store;
    const known = (await ledger.logs()).at(-1);
    if (known !== undefined) return known;
    await ledger.begin(this.deps.instance.logOrigin, now, null);
    const [begun] = await ledger.logs();
    if (begun === undefined) throw new Error('the log was not begun');
    return begun;
  }

  private async append(fence: number, now: Seconds): Promise<'appended' | 'not_holder'> {
    const { ledger } = this.deps.store;
    const largest = this.options.ladder.at(-1) ?? 1;
    for (let made = 0; made < MOST_BATCHES; ) {
      const next = await ledger.next(largest);
      if (next === null) throw new Error('the log was not begun');
      const { batch, more } = await planBatch(this.deps, this.options.ladder, fence, next, now);
      const result = await ledger.append(batch);
      if (result === 'lost') return 'not_holder';
      // Somebody else's event joined the chain `log` in between: planned anew.
      if (result === 'stale') continue;
      made++;
      if (!more) break;
    }
    return 'appended';
  }

  /** Has the newest checkpoint witnessed and publishes it, once enough have signed; how many did, or `ahead`. */
  private async publish(log: LogRow): Promise<number | 'ahead'> {
    const { ledger } = this.deps.store;
    const newest = (await ledger.unpublished(log.log)).at(-1) ?? (await ledger.published(log.log));
    if (newest === null) return 0;
    const asked = await Promise.all(this.options.witnesses.map((one) => this.witnessing.ask(one, newest)));
    if (asked.includes('ahead')) {
      this.state = 'rolled_back';
      return 'ahead';
    }
    const signed = asked.filter((answer) => answer === 'cosigned').length;
    if (!newest.published && signed >= this.options.minWitnesses) {
      await ledger.publish(log.log, newest.size);
      await this.options.mark.write(checkpointOf(log, newest));
    }
    return signed;
  }

  private async told(kind: Round['kind'], log: LogRow, witnesses: number): Promise<Round> {
    const { ledger } = this.deps.store;
    const published = (await ledger.published(log.log))?.size ?? 0;
    const size = (await ledger.unpublished(log.log)).at(-1)?.size ?? published;
    return { kind, size, published, witnesses };
  }
}

const checkpointOf = ({ origin }: LogRow, { size, root }: BatchRow): Checkpoint => ({ origin, size, root });

/**
 * Runs a round at every multiple of the cadence, and one at once: without a new batch, unless the newest checkpoint is overdue. What fails is told in the service's log and tried again
 * at the next. `stop` resolves when a round that runs has ended.
 */
export function startSequencer(
  deps: LedgerDeps & Pick<Deps, 'log'>,
  options: SequencerOptions,
): { stop(): Promise<void> } {
  const sequencer = new Sequencer(deps, options);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  /** True when somebody else's lease still ran. */
  const run = async (append: boolean): Promise<boolean> => {
    try {
      const now = deps.clock.now();
      const overdue = !append && (await sequencer.isOverdue(now));
      const { kind, size, published, witnesses } = await sequencer.round(now, { append: append || overdue });
      const of = options.witnesses.length;
      if (kind === 'rolled_back') deps.log.service('error', 'ledger_rolled_back', { size, published });
      else if (kind === 'restored') deps.log.service('error', 'ledger_restored', { size, published });
      else if (kind === 'appended' && published < size)
        deps.log.service('warn', 'ledger_unpublished', { size, published, witnesses, of });
      else if (kind === 'appended' && witnesses < of)
        deps.log.service('warn', 'ledger_unwitnessed', { size, witnesses, of });
      return kind === 'not_holder';
    } catch (error) {
      deps.log.service('error', 'ledger_failed', { code: (error as { code?: string }).code ?? 'unknown' });
      return false;
    }
  };
  const tick = (append: boolean): void => {
    running = run(append).then((waits) => {
      if (stopped) return;
      const next = options.cadence - (deps.clock.now() % options.cadence);
      const soon = append && waits ? Math.min(next, leaseOf(options)) : next;
      timer = setTimeout(() => tick(true), soon * 1000);
    });
  };
  tick(false);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      // Should the store be gone already, the lease ends by itself.
      await sequencer.rest(deps.clock.now()).catch(() => undefined);
    },
  };
}
