import { z } from 'zod';
import { THREAD_LIMITS } from '../../domain/conversation.ts';
import { signedEvent } from '../../http/kit/signed-event.ts';

/** Body of `POST /api/staff/tips/:tip/seen`: up to which envelope of the thread, and the reader's own event that says so. */
export const seenRequest = z.strictObject({
  event: signedEvent,
  no: z.int().min(1).max(THREAD_LIMITS.envelopes),
});
export type SeenRequest = z.output<typeof seenRequest>;
