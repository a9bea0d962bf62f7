import { utf8 } from '../../protocol/bytes.ts';

/** Sizes of a mailbox answer in bytes: nearly every mailbox has the first, with news or without. Above the last, multiples of it. */
export const ANSWER_SIZES = [64 * 1024, 256 * 1024, 1024 * 1024] as const;

/** JSON bytes followed by spaces up to the next size; must not be compressed on its way. */
export function padAnswer(answer: unknown): Uint8Array<ArrayBuffer> {
  const json = utf8(JSON.stringify(answer));
  const largest = ANSWER_SIZES[ANSWER_SIZES.length - 1] ?? 1;
  const size = ANSWER_SIZES.find((one) => json.length <= one) ?? Math.ceil(json.length / largest) * largest;
  const padded = new Uint8Array(size).fill(0x20);
  padded.set(json);
  return padded;
}
