import type { Context } from 'hono';
import { BY_ITSELF } from '../../protocol/headers.ts';

/**
 * True for a request that an open console makes by itself, because something happened and nobody asked. Whoever says so only gets less:
 * the session's idle limit is not renewed, and the log counts a read by the hour.
 */
export const madeByItself = (c: Context): boolean => c.req.header(BY_ITSELF) === '1';
