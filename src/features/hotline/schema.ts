import { z } from 'zod';
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
