import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { errors as en } from '../../i18n/en/errors.ts';
import { errors as vi } from '../../i18n/vi/errors.ts';
import { asAppError } from '../../protocol/app-code.ts';

/** Body of every JSON error. */
export interface ErrorBody {
  readonly error: {
    readonly code: ErrorCode;
    readonly field?: string;
    readonly message: { readonly vi: string; readonly en: string };
  };
}

/** The stable shape of an error for programs, with a sentence in both languages for people. */
export function errorBody(error: AppError): ErrorBody {
  return {
    error: {
      code: error.code,
      ...(error.field === undefined ? {} : { field: error.field }),
      message: { vi: vi[error.code], en: en[error.code] },
    },
  };
}

/** What was thrown, as the one error class that has a status; anything unforeseen becomes `internal`. */
export function toAppError(thrown: unknown): AppError {
  const error = asAppError(thrown);
  if (error instanceof AppError) return error;
  if (thrown instanceof HTTPException && thrown.status < 500) {
    return new AppError(thrown.status === 404 ? 'not_found' : 'bad_request', { cause: thrown });
  }
  return new AppError('internal', { cause: thrown });
}

/** JSON answer for an error. Never cached; `Retry-After` when a retry may help. */
export function apiError(c: Context, error: AppError): Response {
  c.set('errorCode', error.code);
  c.header('Cache-Control', 'no-store');
  if (error.retryAfter !== undefined) c.header('Retry-After', String(Math.ceil(error.retryAfter)));
  return c.json(errorBody(error), error.status as ContentfulStatusCode);
}

/** True for addresses that programs call and that therefore answer errors as JSON. */
export const isApiPath = (path: string): boolean => path === '/api' || path.startsWith('/api/');
