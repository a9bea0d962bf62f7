import type { Seconds } from '../../domain/ids.ts';
import { Sequencer } from '../../features/ledger/sequencer.ts';
import type { RunningDeps } from '../../instance/deps.ts';
import { sequencerOptions } from '../../instance/sequencing.ts';

/** Seconds after which a checkpoint is too old for somebody who is about to send: a round is made then although nothing waits. */
const OLDEST = 86_400;

/**
 * The log of weeks that pass within seconds. Where nothing waited no round is made: a batch of padding each ten seconds of a month would
 * prove nothing more.
 */
export class PastRounds {
  private readonly sequencer: Sequencer;
  private readonly cadence: number;
  /** Since when something waits for the log; what founding wrote waits at first. */
  private waiting: number | null = 0;
  private last = 0;

  constructor(deps: RunningDeps, folder: string) {
    const options = sequencerOptions(deps, folder);
    this.sequencer = new Sequencer(deps, options);
    this.cadence = options.cadence;
  }

  /** Something was written at this moment. */
  happened(at: number): void {
    this.waiting ??= at;
  }

  /** Makes the round that lies before a moment, where there is one; `goes` sets the clock to it. */
  async before(at: number, goes: (at: number) => void): Promise<void> {
    const due = this.waiting === null ? at : Math.max(this.waiting + this.cadence, at - OLDEST);
    if (due > at || (this.waiting === null && at - this.last < OLDEST)) return;
    const moment = this.last === 0 ? at : due;
    goes(moment);
    await this.round(moment as Seconds);
    if (at - this.last >= OLDEST) await this.before(at, goes);
  }

  /** Takes all that waits into the log. Throws an Error when it cannot. */
  async round(now: Seconds): Promise<void> {
    const { kind } = await this.sequencer.round(now);
    if (kind !== 'appended') throw new Error(`the log of the demonstration's past: ${kind}`);
    this.waiting = null;
    this.last = now;
  }
}
