import { z } from 'zod';
import { isUnitId } from '../../domain/ids.ts';

/** Query of `GET /api/directory`. */
export const directoryQuery = z.object({
  unit: z.string().refine(isUnitId),
  /** `live`: only epochs that can still take a tip, for sealing. `all`: every epoch, for reading a unit's older messages. */
  epochs: z.enum(['live', 'all']).default('all'),
});
export type DirectoryQuery = z.output<typeof directoryQuery>;
