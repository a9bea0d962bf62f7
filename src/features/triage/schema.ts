import { z } from 'zod';
import { ACT_LIMITS } from '../../domain/event-parts.ts';
import type { Act } from '../../domain/life-cycle-types.ts';
import { LEGAL_KINDS, OUTCOMES, PRIORITIES, QUEUE_SCOPES, STAGES } from '../../domain/terms.ts';
import { COPY_LIMITS } from '../../domain/working-copy.ts';
import { bytesUpTo, hashHex, staffId, text, tipId, unitId } from '../../http/kit/fields.ts';
import { signedEvent } from '../../http/kit/signed-event.ts';
import { MAX_BODY_BYTES } from '../../protocol/body.ts';
import { MAX_CORE_BYTES } from '../../protocol/core.ts';
import { MAX_MANIFEST_BYTES } from '../../protocol/manifest.ts';
import { MAX_SEAL_BYTES } from '../../protocol/seal.ts';
import { MAX_WRAPS_BYTES } from '../../protocol/wraps.ts';

const decision = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const ground = text(ACT_LIMITS.ground);
const act = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('registered') }),
  z.strictObject({
    step: z.literal('classified'),
    legalKind: z.enum(LEGAL_KINDS),
    conduct: z.string().min(1).max(ACT_LIMITS.conduct),
    priority: z.enum(PRIORITIES),
    competent: z.boolean(),
  }),
  z.strictObject({
    step: z.literal('prioritised'),
    priority: z.enum(PRIORITIES),
    reason: text(ACT_LIMITS.reason),
  }),
  z.strictObject({ step: z.literal('assigned'), assignee: staffId }),
  z.strictObject({ step: z.literal('verification_started'), plan: text(ACT_LIMITS.plan) }),
  z.strictObject({
    step: z.literal('resolution_proposed'),
    outcome: z.enum(OUTCOMES),
    // May be empty here: the life cycle answers that with an error of its own.
    documentNumber: z
      .string()
      .max(ACT_LIMITS.documentNumber)
      .refine((value) => value === '' || text(ACT_LIMITS.documentNumber).safeParse(value).success),
    ground,
    mergedInto: tipId.optional(),
  }),
  z.strictObject({ step: z.literal('resolution_refused'), decision, reason: text(ACT_LIMITS.reason) }),
  z.strictObject({ step: z.literal('resolved'), decision }),
  z.strictObject({ step: z.literal('notified') }),
  z.strictObject({ step: z.literal('archived') }),
  z.strictObject({ step: z.literal('transfer_sent'), toUnit: unitId, ground }),
  z.strictObject({ step: z.literal('transfer_acknowledged') }),
  z.strictObject({ step: z.literal('transfer_returned'), ground }),
  z.strictObject({ step: z.literal('message_posted') }),
  z.strictObject({ step: z.literal('question_posted') }),
  z.strictObject({ step: z.literal('consent_asked'), toUnit: unitId }),
  z.strictObject({ step: z.literal('thread_muted'), reason: text(ACT_LIMITS.reason) }),
  z.strictObject({ step: z.literal('thread_unmuted'), reason: text(ACT_LIMITS.reason) }),
  z.strictObject({ step: z.literal('rewrapped') }),
  z.strictObject({ step: z.literal('printed'), watermark: text(ACT_LIMITS.watermark) }),
]) satisfies z.ZodType<Act, unknown>;

const wraps = z
  .array(z.strictObject({ no: z.number().int().min(1).max(10_000), wraps: bytesUpTo(MAX_WRAPS_BYTES) }))
  .max(150);

const message = z.strictObject({
  core: bytesUpTo(MAX_CORE_BYTES),
  seal: bytesUpTo(MAX_SEAL_BYTES),
  wraps: bytesUpTo(MAX_WRAPS_BYTES),
  body: bytesUpTo(MAX_BODY_BYTES),
});

/** A working copy with the step that records it. */
export const copyRequest = z.strictObject({
  act: z.strictObject({
    step: z.literal('copy_made'),
    copy: z.number().int().min(1).max(COPY_LIMITS.copies),
    seal: hashHex,
    toUnit: unitId,
  }),
  event: signedEvent,
  copy: message.extend({ manifest: bytesUpTo(MAX_MANIFEST_BYTES).optional() }),
});
export type CopyRequest = z.output<typeof copyRequest>;

/** One step on a tip: what is done, the signed event, and the bytes that travel with it. */
export const stepRequest = z.strictObject({
  act,
  event: signedEvent,
  wraps: wraps.optional(),
  message: message.optional(),
});
export type StepRequest = z.output<typeof stepRequest>;
export type MessageRequest = z.output<typeof message>;
export type WrapsRequest = z.output<typeof wraps>;

/** Largest body of a step: a message of full size, or new wraps for a long thread, in base64url. */
export const MAX_STEP_BYTES = 1024 * 1024;

export const readRequest = z.strictObject({
  event: signedEvent,
  tips: z
    .array(tipId)
    .min(1)
    .max(100)
    .refine((tips) => new Set(tips).size === tips.length),
});

export const queueQuery = z.strictObject({
  scope: z.enum(QUEUE_SCOPES).default('open'),
  stage: z.enum(STAGES).optional(),
  priority: z.enum(PRIORITIES).optional(),
  assignee: staffId.optional(),
  after: z
    .string()
    .max(40)
    .regex(/^-?\d{1,16}\.\d{1,16}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const headQuery = z.strictObject({ subject: z.string().max(60) });

export const openWrapsQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

/** A number of the register, and its year. */
export const registerQuery = z.strictObject({
  number: z.coerce.number().int().min(1).max(10_000_000),
  year: z.coerce.number().int().min(2000).max(9999),
});

/** Which envelope, and before which of the tip's events. */
export const formerWrapsQuery = z.strictObject({
  no: z.coerce.number().int().min(1).max(10_000),
  before: z.coerce.number().int().min(1).default(Number.MAX_SAFE_INTEGER),
});

export const rewrapRequest = z.strictObject({
  steps: z
    .array(z.strictObject({ tip: tipId, event: signedEvent, wraps }))
    .min(1)
    .max(20),
});

/** A hand-over note, sealed to the unit in the console. */
export const handoverNote = z.strictObject({ sealed: bytesUpTo(64 * 1024) });
