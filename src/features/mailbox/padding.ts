import { utf8 } from '../../protocol/bytes.ts';

/** Sizes of an answer's page for browsers without script, in bytes: a refusal, an empty mailbox and a full one look alike on the line. */
export const PAGE_SIZES = [32 * 1024, 128 * 1024, 512 * 1024] as const;

/** Sizes of a mailbox answer in bytes: nearly every mailbox has the first, with news or without. Above the last, multiples of it. */
export const ANSWER_SIZES = [64 * 1024, 256 * 1024, 1024 * 1024] as const;

/** JSON bytes followed by spaces up to the next size; must not be compressed on its way. */
export const padAnswer = (answer: unknown): Uint8Array<ArrayBuffer> =>
  padded(utf8(JSON.stringify(answer)), ANSWER_SIZES);

/** A whole page followed by spaces up to the next size; must not be compressed on its way. */
export const padPage = (html: string): Uint8Array<ArrayBuffer> => padded(utf8(html), PAGE_SIZES);

function padded(bytes: Uint8Array, sizes: readonly number[]): Uint8Array<ArrayBuffer> {
  const largest = sizes.at(-1) ?? 1;
  const size = sizes.find((one) => bytes.length <= one) ?? Math.ceil(bytes.length / largest) * largest;
  const whole = new Uint8Array(size).fill(0x20);
  whole.set(bytes);
  return whole;
}
