import { z } from 'zod';
import { isUnitId } from '../../domain/ids.ts';

/** Query of `GET /api/directory`. */
export const directoryQuery = z.object({
  unit: z.string().refine(isUnitId),
  /**
   * `live`: for sealing, what the newest published checkpoint of the log has; before the first one, every epoch that can still take a tip. `all`: every
   * epoch there is, for reading a unit's older messages.
   */
  epochs: z.enum(['live', 'all']).default('all'),
});
export type DirectoryQuery = z.output<typeof directoryQuery>;

/** Query of `GET /api/freshness`. */
export const freshnessQuery = directoryQuery.pick({ unit: true });
