import type { Seconds } from '../../domain/ids.ts';
import { Sequencer } from '../../features/ledger/sequencer.ts';
import type { RunningDeps } from '../../instance/deps.ts';
import { sequencerOptions } from '../../instance/sequencing.ts';

/**
 * The log of weeks that pass within seconds. Where nothing waited no round is made: a batch of padding each ten seconds of a month would
 * prove nothing more.
 */
export class PastRounds {
  private readonly sequencer: Sequencer;
  private readonly cadence: number;
  /** Since when something waits for the log; what founding wrote waits at first. */
  private waiting: number | null = 0;

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
    if (this.waiting === null) return;
    const due = this.waiting === 0 ? at : this.waiting + this.cadence;
    if (due > at) return;
    goes(due);
    await this.round(due as Seconds);
  }

  /** Takes all that waits into the log. Throws an Error when it cannot. */
  async round(now: Seconds): Promise<void> {
    const { kind } = await this.sequencer.round(now);
    if (kind !== 'appended') throw new Error(`the log of the demonstration's past: ${kind}`);
    this.waiting = null;
  }
}
