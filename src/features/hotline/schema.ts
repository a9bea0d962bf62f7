import { z } from 'zod';
import { bytesUpTo } from '../../http/kit/fields.ts';
import { signedEvent } from '../../http/kit/signed-event.ts';

/** Body of `POST /api/staff/hotline/tips/:id/code-not-given`. */
export const markRequest = z.strictObject({ event: signedEvent });

/** Body of `POST /api/staff/hotline/recordings/:id/open`. */
export const openRequest = z.strictObject({ event: signedEvent });

/** Body of `POST /api/staff/hotline/recordings/:id/end`. */
export const endRequest = z.strictObject({
  event: signedEvent,
  end: z.enum(['transcribed', 'nothing']),
  reason: z.string().max(500).normalize('NFC').trim(),
});

/** Largest box statement with two signatures, in bytes. */
const MAX_BOX_STATEMENT = 4096;

/** Body of `POST /api/staff/hotline/boxes` and `…/boxes/:id/confirm`: a signed count. */
export const boxRequest = z.strictObject({ statement: bytesUpTo(MAX_BOX_STATEMENT) });
