import { z } from 'zod';

/** A year of which a table can be kept. */
export const year = z
  .string()
  .regex(/^20\d\d$/)
  .transform(Number);

/** A year's table as CSV with the columns `day,kind,name`. */
export const holidays = z.strictObject({ csv: z.string().max(16_384) });
