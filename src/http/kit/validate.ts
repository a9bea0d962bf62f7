import type { Context } from 'hono';
import type { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { readJson } from './body.ts';

/** Checks a value against a schema; error `field_invalid` names the first offending field in dotted form. */
export function validate<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  // A strict object reports unknown keys at the object's own path; their names are the sender's and are not echoed.
  throw new AppError('field_invalid', { field: path === '' ? 'body' : path.slice(0, 100) });
}

/**
 * Reads and checks a JSON body. Errors: `content_type`, `body_too_large`, `bad_request`, `field_invalid`.
 * @param maxBytes upper bound of the body, 64 KiB unless told.
 */
export async function validJson<S extends z.ZodType>(
  c: Context,
  schema: S,
  maxBytes = 64 * 1024,
): Promise<z.output<S>> {
  return validate(schema, await readJson(c, maxBytes));
}

/** Checks the query string; a repeated name keeps its first value. Error `field_invalid`. */
export function validQuery<S extends z.ZodType>(c: Context, schema: S): z.output<S> {
  return validate(schema, c.req.query());
}
