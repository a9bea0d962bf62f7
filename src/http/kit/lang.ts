import type { Context } from 'hono';
import { type Lang, langOfPath } from '../../i18n/index.ts';

/** Language of the page that is being asked for; it is in the address. */
export const langOf = (c: Context): Lang => langOfPath(c.req.path);
