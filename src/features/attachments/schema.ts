import { z } from 'zod';
import { signedEvent } from '../../http/kit/signed-event.ts';

/** Body of `POST /api/staff/tips/:tip/attachments/:id/open`: the reader's own event of this very opening. */
export const openRequest = z.strictObject({ event: signedEvent });
