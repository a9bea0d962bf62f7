import { NetworkError, RefusedError } from './http.ts';

/** One request of an upload: a part, or a small JSON. */
export interface LineRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  /** The upload's secret, base64url; left out where none is needed. */
  readonly secret?: string;
  readonly body?: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> | string };
}

/** How requests go out. Throws `NetworkError`, `RefusedError`. */
export interface Line {
  send(
    request: LineRequest,
    sent?: (bytes: number) => void,
    signal?: AbortSignal,
  ): Promise<{ readonly json: unknown }>;
  /** Resolves after so many seconds, or as soon as the device says that it is on line again. */
  wait(seconds: number, signal: AbortSignal): Promise<void>;
}

/** Milliseconds without a byte moving after which a request is given up. */
const STALLED = 30_000;

/** The browser's own line: XMLHttpRequest, because it alone tells how much of a body has left. */
export const browserLine = (lang: 'vi' | 'en'): Line => ({
  send: (request, sent, signal) =>
    new Promise((resolve, reject) => {
      const call = new XMLHttpRequest();
      let alarm: ReturnType<typeof setTimeout>;
      const moved = (): void => {
        clearTimeout(alarm);
        alarm = setTimeout(() => call.abort(), STALLED);
      };
      const stop = (): void => call.abort();
      // The signal outlives the request: a listener left on it would keep every part that was ever sent in memory.
      const over = (): void => {
        clearTimeout(alarm);
        signal?.removeEventListener('abort', stop);
      };
      const lost = (): void => {
        over();
        reject(new NetworkError());
      };
      call.open(request.method, request.url);
      if (request.secret !== undefined) call.setRequestHeader('Authorization', `Upload ${request.secret}`);
      if (request.body !== undefined) call.setRequestHeader('Content-Type', request.body.type);
      call.upload.onprogress = ({ loaded }) => {
        moved();
        sent?.(loaded);
      };
      call.onerror = lost;
      call.onabort = lost;
      call.onload = () => {
        over();
        const ok = call.status >= 200 && call.status < 300;
        const json = jsonOf(call.responseText);
        if (ok && (json !== undefined || call.status === 204)) resolve({ json: json ?? null });
        else reject(ok ? new NetworkError() : refusalOf(call.status, json, lang));
      };
      if (signal?.aborted === true) return lost();
      signal?.addEventListener('abort', stop, { once: true });
      moved();
      call.send(request.body?.bytes ?? null);
    }),
  wait: (seconds, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        removeEventListener('online', done);
        resolve();
      };
      const timer = setTimeout(done, seconds * 1000);
      addEventListener('online', done);
      signal.addEventListener('abort', done, { once: true });
    }),
});

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** The service's refusal; anything else came from something in between. */
function refusalOf(status: number, json: unknown, lang: 'vi' | 'en'): Error {
  const { error } = (json ?? {}) as {
    error?: { code?: unknown; message?: Readonly<Record<'vi' | 'en', unknown>> };
  };
  if (typeof error?.code !== 'string') return new NetworkError();
  return new RefusedError(error.code, String(error.message?.[lang]), status === 429 || status >= 500);
}
