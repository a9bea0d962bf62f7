import { z } from 'zod';
import { FOCAL_STAGES } from '../../domain/transition-types.ts';
import { day, staffId, unitId } from '../../http/kit/fields.ts';

/** Who is named for a stage, from a day on: from this moment on without one. */
export const focalPoint = z.strictObject({
  stage: z.enum(FOCAL_STAGES),
  staff: staffId,
  rank: z.enum(['active', 'deputy']),
  from: day.optional(),
});

/** Whole days, both included; without an end until somebody says otherwise. Without a person: one's own. */
export const absence = z.strictObject({
  staff: staffId.optional(),
  from: day,
  until: day.nullable(),
});

/** An absence is named by whose it is and the moment it begins. */
export const absenceEnd = z.strictObject({ staff: staffId, from: z.number().int().min(0) });

/** Where a board's list goes on: the last row's `due.seq`; the units of one province, or all below; the tips of one unit, or of all shown. */
export const boardQuery = z.strictObject({
  province: z
    .string()
    .regex(/^[a-z0-9]{1,8}$/)
    .optional(),
  unit: unitId.optional(),
  after: z
    .string()
    .max(40)
    .regex(/^-?\d{1,16}\.\d{1,16}$/)
    .optional(),
});
