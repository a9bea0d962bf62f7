import { z } from 'zod';
import { ROLES } from '../../domain/terms.ts';
import { text, unitId } from '../../http/kit/fields.ts';

export const unitsQuery = z.strictObject({ province: z.string().max(10).optional() });

export const staffQuery = z.strictObject({
  after: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

/** The digits of the keys that were compared with the person by voice. */
export const approval = z.strictObject({ fingerprint: z.string().regex(/^[0-9]{4}( [0-9]{4}){5}$/) });

export const newStaff = z.strictObject({
  account: z.string().min(1).max(64),
  displayName: text(200),
  unit: unitId,
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
});
