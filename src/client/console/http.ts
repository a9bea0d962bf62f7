import type { ErrorCode } from '../../domain/errors.ts';
import type { ProtocolErrorCode } from '../../protocol/errors.ts';
import { markNow } from './by-itself.ts';

/** What can go wrong on this side of the line, besides what the server and the protocol name. */
export type LocalCode =
  | 'network'
  | 'locked'
  | 'weak_parameters'
  | 'credential_refused'
  | 'no_key'
  | 'key_broken'
  | 'history_broken'
  | 'worker'
  | 'not_loaded'
  | 'picture_closed'
  | 'files_unread';

export type ProblemCode = ErrorCode | ProtocolErrorCode | LocalCode;

/** A refusal or failure that a person is told about. `sentence` is the server's own, when it sent one. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly field: string | undefined;
  readonly sentence: { readonly vi: string; readonly en: string } | undefined;
  /** Seconds after which a retry may succeed. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ProblemCode,
    more: {
      readonly status?: number | undefined;
      readonly field?: string | undefined;
      readonly sentence?: { readonly vi: string; readonly en: string } | undefined;
      readonly retryAfter?: number | undefined;
    } = {},
  ) {
    super(code);
    this.code = code;
    this.status = more.status ?? 0;
    this.field = more.field;
    this.sentence = more.sentence;
    this.retryAfter = more.retryAfter;
  }
}

/** Event that this global object hears when the server says that nobody is logged in any more. */
export const SESSION_OVER = 'session-over';

/** Tells whoever listens, on the page or in the Worker, when a refusal means that the session is over. */
export const heedSession = (problem: Problem): Problem => {
  if (problem.code === 'session_expired' || problem.code === 'session_required')
    globalThis.dispatchEvent(new Event(SESSION_OVER));
  return problem;
};

interface ErrorBody {
  readonly error?: {
    readonly code?: string;
    readonly field?: string;
    readonly message?: { readonly vi: string; readonly en: string };
  };
}

const problemOf = async (response: Response): Promise<Problem> => {
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  const body = (await response.json().catch(() => ({}))) as ErrorBody;
  return new Problem((body.error?.code ?? 'internal') as ProblemCode, {
    status: response.status,
    field: body.error?.field,
    sentence: body.error?.message,
    retryAfter: Number.isFinite(wait) ? wait : undefined,
  });
};

const call = async (path: string, init: RequestInit): Promise<Response> => {
  const headers = { ...(init.headers as Record<string, string> | undefined), ...markNow() };
  const options: RequestInit = { credentials: 'same-origin', cache: 'no-store', ...init, headers };
  const response = await fetch(path, options).catch(() => {
    throw new Problem('network');
  });
  if (!response.ok) throw heedSession(await problemOf(response));
  return response;
};

/** Reads JSON from this origin. Throws `Problem`. */
export const getJson = async <T>(path: string): Promise<T> =>
  (await (await call(path, { headers: { accept: 'application/json' } })).json()) as T;

/** Reads bytes from this origin. Throws `Problem`. */
export const getBytes = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await call(path, {})).arrayBuffer());

/** Reads what may be large from this origin; the browser keeps it where it has room. Throws `Problem`. */
export const getBlob = async (path: string): Promise<Blob> => {
  const response = await call(path, {});
  return response.blob().catch(() => {
    throw new Problem('network');
  });
};

/** Sends bytes to this origin and reads the answer's bytes. Throws `Problem`. */
export const sendBytes = async (
  path: string,
  body: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> },
): Promise<Uint8Array> => {
  const response = await call(path, {
    method: 'POST',
    headers: { 'content-type': body.type, accept: 'application/json' },
    body: body.bytes,
  });
  return new Uint8Array(await response.arrayBuffer());
};

/** Sends JSON to this origin and reads the JSON answer (null for 204). Throws `Problem`. */
export const sendJson = async <T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: unknown = {},
): Promise<T> => {
  const response = await call(path, {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  return (response.status === 204 ? null : await response.json()) as T;
};
