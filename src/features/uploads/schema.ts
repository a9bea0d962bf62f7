import { z } from 'zod';
import { bytesUpTo, hashHex } from '../../http/kit/fields.ts';
import { MAX_SOLUTION_BYTES } from '../../protocol/submission.ts';

/** Body of `POST /api/proof`: for what the proof is asked, as a hash. */
export const proofRequest = z.strictObject({ seal: hashHex });

const uploadIdHex = z.string().regex(/^[0-9a-f]{32}$/);

/** Body of `POST /api/uploads`. */
export const beginRequest = z.strictObject({
  id: uploadIdHex,
  bytes: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  solution: bytesUpTo(MAX_SOLUTION_BYTES),
});
