import { z } from 'zod';
import {
  type Act,
  DIVERT_GROUNDS,
  NO_CASE_GROUNDS,
  NO_NOTICE,
  REOPEN_GROUNDS,
  RETURN_GROUNDS,
  SUSPENSION_GROUNDS,
  TRANSFER_GROUNDS,
} from '../../domain/life-cycle-types.ts';
import { ACT_LIMITS } from '../../domain/plain-act.ts';
import { CIRCUMSTANCES, IDENTITY_MODES, LEGAL_KINDS, OUTCOMES, PRIORITIES } from '../../domain/terms.ts';
import { day, staffId, text, tipId, unitId } from '../../http/kit/fields.ts';

const step = <S extends Act['step'], F extends z.core.$ZodLooseShape>(name: S, fields: F) =>
  z.strictObject({ step: z.literal(name), ...fields });

const decision = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const ground = text(ACT_LIMITS.ground);
const reason = text(ACT_LIMITS.reason);
const documentNumber = text(ACT_LIMITS.documentNumber);
const impossible = z.enum(NO_NOTICE).nullable();

/** Every step that staff take through the steps' address. */
export const act = z.discriminatedUnion('step', [
  step('registered', {}),
  step('classified', {
    legalKind: z.enum(LEGAL_KINDS),
    conduct: z.string().min(1).max(ACT_LIMITS.conduct),
    priority: z.enum(PRIORITIES),
    competent: z.boolean(),
    circumstances: z
      .array(z.enum(CIRCUMSTANCES))
      .max(CIRCUMSTANCES.length)
      .refine((found) => new Set(found).size === found.length),
    identity: z.enum(IDENTITY_MODES),
    evidence: z.strictObject({ violator: z.boolean(), proof: z.boolean(), basis: z.boolean() }).nullable(),
  }),
  step('prioritised', { priority: z.enum(PRIORITIES), reason }),
  step('assigned', { assignee: staffId }),
  step('verification_started', { plan: text(ACT_LIMITS.plan) }),
  step('resolution_proposed', {
    outcome: z.enum(OUTCOMES),
    // May be empty here: the life cycle answers that with an error of its own.
    documentNumber: z
      .string()
      .max(ACT_LIMITS.documentNumber)
      .refine((value) => value === '' || documentNumber.safeParse(value).success),
    ground,
    mergedInto: tipId.optional(),
    noCase: z.enum(NO_CASE_GROUNDS).optional(),
    violationLeft: z.boolean().optional(),
    acknowledgedBy: z.string().max(ACT_LIMITS.agency).optional(),
  }),
  step('resolution_refused', { decision, reason }),
  step('resolved', { decision }),
  step('notified', { impossible }),
  step('archived', {}),
  step('transfer_sent', {
    toUnit: unitId,
    why: z.enum(TRANSFER_GROUNDS),
    ground,
    documentNumber,
    documentDay: day,
    pages: z.number().int().min(1).max(ACT_LIMITS.pages),
  }),
  step('transfer_acknowledged', {}),
  step('transfer_returned', { why: z.enum(RETURN_GROUNDS), ground }),
  step('message_posted', {}),
  step('question_posted', {}),
  step('consent_asked', { toUnit: unitId }),
  step('thread_muted', { reason }),
  step('thread_unmuted', { reason }),
  step('rewrapped', {}),
  step('printed', { watermark: text(ACT_LIMITS.watermark) }),
  step('receipt_noticed', { toUnit: unitId.nullable(), impossible }),
  step('child_measures_taken', { documentNumber, ground }),
  step('assignment_proposed', { documentNumber }),
  step('extension_proposed', {
    number: z.literal([1, 2]),
    until: day,
    ground,
    documentNumber,
    toUnit: unitId.nullable(),
  }),
  step('extended', { decision, documentNumber }),
  step('extension_refused', { decision, reason }),
  step('suspension_proposed', { why: z.enum(SUSPENSION_GROUNDS), ground, documentNumber, toUnit: unitId }),
  step('suspended', { decision }),
  step('suspension_refused', { decision, reason }),
  step('suspension_noticed', { impossible }),
  step('suspension_annulled', { documentNumber, reason }),
  step('resumed', { documentNumber, ground }),
  step('diverted', { toUnit: unitId, why: z.enum(DIVERT_GROUNDS), ground }),
  step('file_passed', { agency: text(ACT_LIMITS.agency), documentNumber }),
  step('reopened', { why: z.enum(REOPEN_GROUNDS), reason, documentNumber }),
  step('post_check_set', { day, kind: z.enum(['sanction', 'hotspot']), focal: staffId, deputy: staffId }),
  step('post_check_done', { result: z.enum(['clean', 'again', 'not_found']), reason }),
]) satisfies z.ZodType<Act, unknown>;
