import { NetworkError, RefusedError } from '../../../src/client/common/http.ts';
import type { Line } from '../../../src/client/common/upload-line.ts';

/** The browser's uploading code over Node's fetch, to a server that may be gone; it waits a moment where a browser waits seconds. */
export const fetchLine = (
  origin: () => string,
  heard: (method: string, url: string, json: unknown) => void = () => undefined,
): Line => ({
  async send({ method, url, secret, body }, sent, signal) {
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${origin()}${url}`, {
        method,
        headers: {
          'sec-fetch-site': 'same-origin',
          ...(secret === undefined ? {} : { authorization: `Upload ${secret}` }),
          ...(body === undefined ? {} : { 'content-type': body.type }),
        },
        ...(body === undefined ? {} : { body: body.bytes }),
        ...(signal === undefined ? {} : { signal }),
      });
      text = await response.text();
    } catch {
      throw new NetworkError();
    }
    if (typeof body?.bytes === 'object') sent?.(body.bytes.length);
    const json = text === '' ? null : (JSON.parse(text) as { readonly error?: { readonly code: string } });
    if (!response.ok) {
      const later = response.status === 429 || response.status >= 500;
      throw new RefusedError(json?.error?.code ?? String(response.status), '', later);
    }
    heard(method, url, json);
    return { json };
  },
  wait: () => new Promise((resolve) => setTimeout(resolve, 50)),
});
