import { z } from 'zod';
import type { Act } from '../../domain/life-cycle-types.ts';
import { bytesUpTo, hashHex } from '../../http/kit/fields.ts';
import { signedEvent } from '../../http/kit/signed-event.ts';
import { AUDITOR_LIMITS } from '../../protocol/auditor.ts';

/** A statement that an auditor has signed: exact DSSE bytes. */
export const statement = z.strictObject({ statement: bytesUpTo(48 * 1024) });

const place = z
  .number()
  .int()
  .min(0)
  .max(AUDITOR_LIMITS.canaries - 1);

/** That a tip was a test, with its commitment opened, and the signed event. */
export const reveal = z.strictObject({
  act: z.strictObject({
    step: z.literal('canary_revealed'),
    set: hashHex,
    index: place,
    size: z.number().int().min(1).max(AUDITOR_LIMITS.canaries),
    path: z.array(hashHex).max(16),
    salt: hashHex,
  }) satisfies z.ZodType<Act, unknown>,
  event: signedEvent,
});
export type RevealRequest = z.output<typeof reveal>;
