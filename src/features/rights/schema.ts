import { z } from 'zod';
import { bytesUpTo } from '../../http/kit/fields.ts';

/** An assignment as its giver signed it. */
export const assignment = z.strictObject({ record: bytesUpTo(8192) });
