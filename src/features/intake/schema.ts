import { z } from 'zod';
import type { Hash } from '../../domain/ids.ts';

/** Body of `POST /api/challenge`. */
export const challengeRequest = z.strictObject({
  /** Seal hash of the submission that the challenge is for: 64 lowercase hex digits. */
  seal: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .transform((text) => text as Hash),
});
