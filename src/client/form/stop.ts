import type { Trouble } from './send-view.ts';

/** Stops the run with something to tell the person. */
export class Stop extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble) {
    super(trouble.text);
    this.trouble = trouble;
  }
}
