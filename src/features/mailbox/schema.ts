import { z } from 'zod';

const locator = z.string().regex(/^[0-9a-f]{32}$/);

/** Body of `POST /api/mailbox/challenge`. */
export const mailboxChallengeRequest = z.strictObject({ locator });

/** Body of `POST /api/mailbox`. Sizes: nonce 32 bytes, signature 64 bytes, base64url. */
export const mailboxRequest = z.strictObject({
  locator,
  nonce: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  expires: z.int().min(0).max(100_000_000_000),
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
  sizes: z.array(z.int().min(1)).max(2).optional(),
});
