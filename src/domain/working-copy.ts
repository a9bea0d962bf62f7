import type { AttachmentEntry } from './attachments.ts';
import type { Day } from './ids.ts';

/** Bounds of a working copy. */
export const COPY_LIMITS = {
  /** Copies of one tip. */
  copies: 100,
  blocks: 200,
  /** UTF-16 units of one block and of the purpose. */
  text: 20_000,
  purpose: 500,
  /** Bytes of one picture, and its longer side in pixels. */
  picture: 16 * 1024 * 1024,
  side: 4_096,
} as const;

/** Media types that a picture drawn anew has. */
const COPY_PICTURES: readonly string[] = ['image/jpeg', 'image/png'];

/** True of a file that may go with a working copy: a picture that was drawn anew, within bounds. */
export const isCopyPicture = ({
  form,
  type,
  size,
}: Pick<AttachmentEntry, 'form' | 'type' | 'size'>): boolean =>
  form === 'redrawn' && COPY_PICTURES.includes(type) && size <= COPY_LIMITS.picture;

/** Where a block's words come from. */
export const COPY_FIELDS = ['what', 'when', 'where', 'who', 'how', 'message'] as const;
export type CopyField = (typeof COPY_FIELDS)[number];

/** Words of the tip or of a later message with what identifies somebody covered. */
export interface CopyBlock {
  readonly field: CopyField;
  /** Number of the envelope that it was taken from; 1 is the tip. */
  readonly no: number;
  readonly text: string;
}

/**
 * A tip as it may be passed on: what identifies the informant is not in it any more, not merely hidden. Inside an envelope only. The
 * original stays sealed to those who may see it.
 */
export interface WorkingCopy {
  readonly v: 1;
  readonly from: { readonly unit: string; readonly name: string };
  readonly day: Day;
  /** Why it was made, for whoever gets it. */
  readonly purpose: string;
  readonly blocks: readonly CopyBlock[];
  /** Pictures drawn anew with areas painted over; never an original. */
  readonly attachments: readonly AttachmentEntry[];
}

/** What stands in the place of covered words: of one length, so that it does not tell theirs. */
export const COVERED = '█████';

/** A stretch of a text in UTF-16 units; `to` is the first one after it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const isLow = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
};

/**
 * The text with every span replaced by `COVERED`; spans that overlap or touch become one, half characters are covered whole. Nothing of
 * what was covered is left, not even its length.
 */
export function coverSpans(text: string, spans: readonly Span[]): string {
  const whole = spans
    .map(({ from, to }) => ({ from: Math.max(0, from), to: Math.min(text.length, to) }))
    .filter(({ from, to }) => from < to)
    .map(({ from, to }) => ({ from: isLow(text, from) ? from - 1 : from, to: isLow(text, to) ? to + 1 : to }))
    .toSorted((a, b) => a.from - b.from);
  let out = '';
  let at = 0;
  let covered = -1;
  for (const { from, to } of whole) {
    if (to <= covered) continue;
    if (from > covered) out += `${text.slice(at, from)}${COVERED}`;
    covered = to;
    at = to;
  }
  return out + text.slice(at);
}
