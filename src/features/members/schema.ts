import { z } from 'zod';
import { ROLES } from '../../domain/terms.ts';
import { bytesOf, bytesUpTo, staffId, text } from '../../http/kit/fields.ts';
import { MAX_ENVELOPE_BYTES } from '../../protocol/dsse.ts';

const record = bytesUpTo(MAX_ENVELOPE_BYTES);
/** X-Wing ciphertext and sealed 32-byte secret. */
const wrap = bytesOf(1120 + 48);
/** X-Wing ciphertext and sealed share of 33 bytes. */
const share = bytesOf(1120 + 49);

export const invite = z.strictObject({
  account: z.string().min(1).max(64),
  displayName: text(200),
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
});

/** A MEMBER statement with the first or with both signatures. */
export const memberStatement = z.strictObject({ record });

/** REVOCATION statements: the member's first, then those of the epochs that the person could open. */
export const removal = z.strictObject({ records: z.array(record).min(1).max(40) });

const memberWrap = z.strictObject({ member: staffId, wrap });
const epoch = z.strictObject({
  record,
  /** Needed with the first signature; the second person signs what the first one brought. */
  wraps: z.array(memberWrap).max(500).default([]),
  shares: z
    .array(z.strictObject({ holder: z.string().regex(/^[a-z0-9-]{1,60}$/), share }))
    .max(3)
    .default([]),
});

/** Epochs in ascending order, each with one signature or both. */
export const epochs = z.strictObject({ epochs: z.array(epoch).min(1).max(12) });
export type EpochRequest = z.output<typeof epoch>;

const epochNumber = z.number().int().min(1).max(1_000_000);

/** A colleague wraps epochs for members who lack them, each once. */
export const epochWraps = z.strictObject({
  wraps: z
    .array(z.strictObject({ epoch: epochNumber, member: staffId, wrap }))
    .min(1)
    .max(200)
    .refine((wraps) => new Set(wraps.map((one) => `${one.epoch}:${one.member}`)).size === wraps.length),
});

/** Epochs whose wraps do not open. */
export const brokenWraps = z.strictObject({
  epochs: z
    .array(epochNumber)
    .min(1)
    .max(100)
    .refine((epochs) => new Set(epochs).size === epochs.length),
});
