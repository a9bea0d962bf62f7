import { z } from 'zod';
import { bytesUpTo } from '../../http/kit/fields.ts';

/** A statement that an auditor has signed: exact DSSE bytes. */
export const statement = z.strictObject({ statement: bytesUpTo(48 * 1024) });
