import type { Seconds } from '../domain/ids.ts';

/** Time as a port, so that deadlines can be tested and the demonstration's clock moved. */
export interface Clock {
  /** Whole seconds since the epoch, UTC. */
  now(): Seconds;
}
