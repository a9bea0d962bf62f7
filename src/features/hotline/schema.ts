import { z } from 'zod';
import { signedEvent } from '../../http/kit/signed-event.ts';

/** Body of `POST /api/staff/hotline/tips/:id/code-not-given`. */
export const markRequest = z.strictObject({ event: signedEvent });
