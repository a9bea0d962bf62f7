import { AppError } from '../../../domain/errors.ts';

/** What a parser asks for: bytes to look at, or bytes that may pass unread. `mayEnd`: the sound may be over here, told by no bytes. */
export type Want = { readonly read: number; readonly mayEnd?: boolean } | { readonly skip: number };
/** Reads a sound piece by piece and returns its length in seconds. */
export type Parser = Generator<Want, number, Uint8Array>;

/** Longest recording, in seconds. */
export const MAX_SECONDS = 30 * 60;

const NOTHING = new Uint8Array(0);

/** True when these ASCII characters stand at `at`. */
export const holds = (bytes: Uint8Array, at: number, ascii: string): boolean =>
  [...ascii].every((character, i) => bytes[at + i] === character.charCodeAt(0));

/** The bytes are no sound that is taken here. */
export const wrongFormat = (): never => {
  throw new AppError('recording_format');
};
/** The sound ends before its own end. */
export const cutShort = (): never => {
  throw new AppError('recording_cut');
};
/** Errors: `recording_long` beyond thirty minutes. */
export const checkSeconds = (seconds: number): number => {
  if (seconds > MAX_SECONDS) throw new AppError('recording_long');
  return seconds;
};

/** Feeds a parser with whatever arrives, however it is cut into chunks. Keeps at most what the parser looks at. */
export class Feeder {
  readonly #parser: Parser;
  #want: Want;
  #skipped = 0;
  #held: Uint8Array = NOTHING;
  #seconds: number | null = null;

  constructor(parser: Parser) {
    this.#parser = parser;
    this.#want = this.#next(NOTHING);
  }

  /** Errors: those of the parser; `recording_format` for bytes after the end of the sound. */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#seconds !== null) wrongFormat();
      const want = this.#want;
      if ('skip' in want) {
        const step = Math.min(want.skip - this.#skipped, chunk.length - at);
        this.#skipped += step;
        at += step;
        if (this.#skipped === want.skip) this.#want = this.#next(NOTHING);
        continue;
      }
      const step = Math.min(want.read - this.#held.length, chunk.length - at);
      const held = new Uint8Array(this.#held.length + step);
      held.set(this.#held);
      held.set(chunk.subarray(at, at + step), this.#held.length);
      at += step;
      this.#held = held;
      if (held.length < want.read) return;
      this.#held = NOTHING;
      this.#want = this.#next(held);
    }
  }

  /** Length in seconds, once all bytes have come. Errors: `recording_cut`, and those of the parser. */
  finish(): number {
    if (this.#seconds === null) {
      const want = this.#want;
      const whole = 'read' in want && want.mayEnd === true && this.#held.length === 0;
      if (!whole) cutShort();
      this.#next(NOTHING);
    }
    return this.#seconds ?? cutShort();
  }

  #next(bytes: Uint8Array): Want {
    this.#skipped = 0;
    let step = this.#parser.next(bytes);
    // Nothing to skip is no reason to wait for another chunk.
    while (step.done !== true && 'skip' in step.value && step.value.skip === 0)
      step = this.#parser.next(NOTHING);
    if (step.done !== true) return step.value;
    this.#seconds = step.value;
    return { read: 1, mayEnd: true };
  }
}
