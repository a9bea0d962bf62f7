import { fromHex, toHex, utf8, writeU32 } from './bytes.ts';
import { ensure } from './errors.ts';
import { parseObject, Reader } from './json.ts';

/** Largest counter that a browser agrees to search: bounds what a hostile server can make a phone do. */
export const MAX_POW_COUNTER = 50_000_000;
const MAX_SOLUTION_BYTES = 4 * 1024;
const HEX_32 = /^[0-9a-f]{32}$/;
const HEX_64 = /^[0-9a-f]{64}$/;

/**
 * A proof-of-work challenge as `POST /api/challenge` gives it (`kind: 'pow'`).
 *
 * The rule: find the one counter from 0 to `max` for which the first 16 bytes of
 * `SHA-256(salt ‖ nonce ‖ counter as u32 big-endian)` are `prefix`. The server drew the counter at random, so half of the range is
 * searched on average and progress is tried ÷ max.
 */
export interface PowParameters {
  /** 16 bytes, hex. */
  readonly nonce: string;
  /** 16 bytes, hex. */
  readonly salt: string;
  /** 16 bytes, hex. */
  readonly prefix: string;
  readonly max: number;
  /** The server's HMAC over all of it, seal hash, hour and expiry included; 32 bytes, hex. */
  readonly signature: string;
}

/** The solved challenge, as its UTF-8 JSON travels in the submission frame. */
export interface PowSolution extends PowParameters {
  readonly t0: number;
  readonly expires: number;
  readonly counter: number;
}

/** Reads the parameters of a challenge answer (attacker-controlled). Throws `field_invalid`. */
export function readPowParameters(parameters: Readonly<Record<string, unknown>>): PowParameters {
  const reader = new Reader(parameters, 'field_invalid');
  return {
    nonce: reader.string('nonce', 32, HEX_32),
    salt: reader.string('salt', 32, HEX_32),
    prefix: reader.string('prefix', 32, HEX_32),
    max: reader.integer('max', 1, MAX_POW_COUNTER),
    signature: reader.string('signature', 64, HEX_64),
  };
}

/** Bytes that are hashed in one try; `setCounter` changes the last four in place. */
export function powInput(parameters: Pick<PowParameters, 'salt' | 'nonce'>): {
  readonly bytes: Uint8Array;
  setCounter(counter: number): void;
} {
  const bytes = new Uint8Array(36);
  bytes.set(fromHex(parameters.salt));
  bytes.set(fromHex(parameters.nonce), 16);
  return {
    bytes,
    setCounter(counter) {
      // u32 big-endian: the little-endian writer with its bytes turned round.
      writeU32(bytes, 32, swap32(counter));
    },
  };
}

const swap32 = (value: number): number =>
  ((value & 0xff) << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24);

/**
 * Searches the counter; synchronous, for a Worker. `onProgress` is called with the share of the range that was tried (0 to 1), about
 * every `stride` tries. Null when no counter fits: the challenge was not made by this rule.
 */
export function solvePow(
  sha256: (data: Uint8Array) => Uint8Array,
  parameters: PowParameters,
  onProgress?: (share: number) => void,
  stride = 4096,
): number | null {
  const { max } = parameters;
  const prefix = fromHex(parameters.prefix);
  const first = prefix[0];
  const input = powInput(parameters);
  for (let counter = 0; counter <= max; counter++) {
    input.setCounter(counter);
    const digest = sha256(input.bytes);
    if (digest[0] === first && startsWith(digest, prefix)) return counter;
    if (onProgress !== undefined && counter % stride === stride - 1) onProgress(counter / max);
  }
  return null;
}

const startsWith = (digest: Uint8Array, prefix: Uint8Array): boolean =>
  prefix.every((byte, i) => digest[i] === byte);

/** The solution section of a submission frame: UTF-8 JSON. */
export const encodePowSolution = (solution: PowSolution): Uint8Array =>
  utf8(
    JSON.stringify({
      kind: 'pow',
      nonce: solution.nonce,
      salt: solution.salt,
      prefix: solution.prefix,
      max: solution.max,
      t0: solution.t0,
      expires: solution.expires,
      signature: solution.signature,
      counter: solution.counter,
    }),
  );

/** Parses a solution (attacker-controlled). Throws `field_invalid`. */
export function parsePowSolution(bytes: Uint8Array): PowSolution {
  const object = parseObject(bytes, MAX_SOLUTION_BYTES, 'field_invalid');
  const reader = new Reader(object, 'field_invalid');
  reader.oneOf('kind', ['pow']);
  const solution: PowSolution = {
    nonce: reader.string('nonce', 32, HEX_32),
    salt: reader.string('salt', 32, HEX_32),
    prefix: reader.string('prefix', 32, HEX_32),
    max: reader.integer('max', 1, MAX_POW_COUNTER),
    t0: reader.integer('t0', 0, 10_000_000),
    expires: reader.integer('expires', 0, 100_000_000_000),
    signature: reader.string('signature', 64, HEX_64),
    counter: reader.integer('counter', 0, MAX_POW_COUNTER),
  };
  reader.done();
  return solution;
}

/** Everything between a challenge answer and the solution bytes of the frame. Throws `field_invalid` for a challenge that has none. */
export function answerPow(
  sha256: (data: Uint8Array) => Uint8Array,
  challenge: {
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly t0: number;
    readonly expires: number;
  },
  onProgress?: (share: number) => void,
): Uint8Array {
  const parameters = readPowParameters(challenge.parameters);
  const counter = solvePow(sha256, parameters, onProgress);
  ensure(counter !== null, 'field_invalid', 'prefix');
  return encodePowSolution({ ...parameters, t0: challenge.t0, expires: challenge.expires, counter });
}

/** First 16 bytes, in hex, of one try: what the server compares. */
export function powPrefix(
  sha256: (data: Uint8Array) => Uint8Array,
  parameters: Pick<PowParameters, 'salt' | 'nonce'>,
  counter: number,
): string {
  const input = powInput(parameters);
  input.setCounter(counter);
  return toHex(sha256(input.bytes).subarray(0, 16));
}
