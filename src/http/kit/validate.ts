import { zValidator } from '@hono/zod-validator';
import type { Context } from 'hono';
import type { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { keepJson } from './body.ts';

/** What the validator found; only the first issue is told, by its field in dotted form. */
interface Outcome {
  readonly success: boolean;
  readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] };
}

/** Turns a failed validation into error `field_invalid`; without this the library would answer with its own raw text. */
function refuse(outcome: Outcome): void {
  if (outcome.success) return;
  const path = outcome.error?.issues[0]?.path.map(String).join('.') ?? '';
  // A strict object reports unknown keys at the object's own path; their names are the sender's and are not echoed.
  throw new AppError('field_invalid', { field: path === '' ? 'body' : path.slice(0, 100) });
}

/** Checks one value, a part of the path say. Error `field_invalid`. */
export function validate<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const outcome = schema.safeParse(value);
  refuse(outcome);
  return outcome.data as z.output<S>;
}

const passed = async (): Promise<void> => undefined;

/**
 * Reads and checks a JSON body; called by a handler once it knows that the sender may ask at all. Errors: `content_type`,
 * `body_too_large`, `bad_request`, `field_invalid`.
 * @param maxBytes upper bound of the body, 64 KiB unless told.
 */
export async function validJson<S extends z.ZodType>(
  c: Context,
  schema: S,
  maxBytes = 64 * 1024,
): Promise<z.output<S>> {
  await keepJson(c, maxBytes);
  await zValidator('json', schema, refuse)(c, passed);
  return c.req.valid('json' as never) as z.output<S>;
}

/** Checks the query string; a name that stands there twice is refused where one value is wanted. Error `field_invalid`. */
export async function validQuery<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  await zValidator('query', schema, refuse)(c, passed);
  return c.req.valid('query' as never) as z.output<S>;
}
