import { z } from 'zod';
import { PRIORITIES, QUEUE_SCOPES, STAGES } from '../../domain/terms.ts';
import { COPY_LIMITS } from '../../domain/working-copy.ts';
import { bytesUpTo, hashHex, staffId, tipId, unitId } from '../../http/kit/fields.ts';
import { signedEvent } from '../../http/kit/signed-event.ts';
import { MAX_BODY_BYTES } from '../../protocol/body.ts';
import { MAX_CORE_BYTES } from '../../protocol/core.ts';
import { MAX_MANIFEST_BYTES } from '../../protocol/manifest.ts';
import { MAX_SEAL_BYTES } from '../../protocol/seal.ts';
import { MAX_WRAPS_BYTES } from '../../protocol/wraps.ts';
import { act } from './act-schema.ts';

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

/** A tip of another unit, by the number that it has in that unit's register. */
export const elsewhereQuery = registerQuery.extend({ unit: unitId });

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
