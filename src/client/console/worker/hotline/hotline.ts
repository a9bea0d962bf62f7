import type { WorkerState } from '../state.ts';
import { CallSealing } from './call-sealing.ts';
import { Caller } from './caller.ts';

/** What the Worker holds of calls: tips whose answer got lost, and the one mailbox that a caller's code opened. */
export class Hotline {
  readonly sealing: CallSealing;
  readonly caller: Caller;

  constructor(state: WorkerState) {
    this.sealing = new CallSealing(state);
    this.caller = new Caller(state);
  }
}
