import type { WorkerState } from '../state.ts';
import { CallSealing } from './call-sealing.ts';
import { Caller } from './caller.ts';
import { Recordings } from './recordings.ts';

/** What the Worker holds of calls: tips whose answer got lost, and the one mailbox that a caller's code opened, the one recording that is heard. */
export class Hotline {
  readonly sealing: CallSealing;
  readonly caller: Caller;
  readonly recordings: Recordings;

  constructor(state: WorkerState) {
    this.sealing = new CallSealing(state);
    this.caller = new Caller(state);
    this.recordings = new Recordings(state);
  }
}
