import { z } from 'zod';
import type { Act } from '../../domain/life-cycle-types.ts';
import { ACT_LIMITS } from '../../domain/plain-act.ts';
import { hashHex, text } from '../../http/kit/fields.ts';
import { signedEvent } from '../../http/kit/signed-event.ts';

const decision = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);

const act = z.discriminatedUnion('step', [
  z.strictObject({
    step: z.literal('shredding_proposed'),
    rule: z.string().regex(/^[a-z0-9-]{1,40}$/),
    audited: hashHex,
    upTo: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  }),
  z.strictObject({ step: z.literal('shredding_refused'), decision, reason: text(ACT_LIMITS.reason) }),
  z.strictObject({ step: z.literal('shredded'), decision }),
]) satisfies z.ZodType<Act, unknown>;

/** One step towards shredding a tip, with its signed event. */
export const retentionStep = z.strictObject({ act, event: signedEvent });
export type RetentionStep = z.output<typeof retentionStep>;

export const dueQuery = z.strictObject({ after: z.coerce.number().int().min(0).default(0) });
