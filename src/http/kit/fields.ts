import { z } from 'zod';
import { isCalendarDay } from '../../domain/calendar.ts';
import { type Day, isDay, isHash, isStaffId, isTipId, isUnitId } from '../../domain/ids.ts';
import { fromBase64Url } from '../../protocol/base64.ts';

/** Building blocks of request schemas: every one bounded. */

const base64Url = (text: string, context: z.RefinementCtx): Uint8Array => {
  try {
    return fromBase64Url(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'base64url' });
    return z.NEVER;
  }
};

/** Exactly `length` bytes in base64url without padding. */
export const bytesOf = (length: number) =>
  z
    .string()
    .length(Math.ceil((length * 4) / 3))
    .transform(base64Url)
    .refine((bytes) => bytes.length === length);

/** 1 to `most` bytes in base64url without padding. */
export const bytesUpTo = (most: number) =>
  z
    .string()
    .min(2)
    .max(Math.ceil((most * 4) / 3))
    .transform(base64Url)
    .refine((bytes) => bytes.length <= most);

export const tipId = z.string().max(32).refine(isTipId);
export const staffId = z.string().max(32).refine(isStaffId);
export const unitId = z.string().max(40).refine(isUnitId);
export const hashHex = z.string().max(64).refine(isHash);
/** A day of the calendar, `YYYY-MM-DD`. */
export const day = z
  .string()
  .max(10)
  .refine((value): value is Day => isDay(value) && isCalendarDay(value));
/** UTC seconds. */
export const seconds = z.number().int().min(0).max(100_000_000_000);

/** Text that a person wrote: NFC, not blank, no control characters but line breaks and tabs. */
export const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((value) => value === value.normalize('NFC') && value.trim() !== '' && !CONTROL.test(value));

// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;
