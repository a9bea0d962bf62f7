/** No answer came: the line, not the server's word. The same request may be sent again. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

/** The server said no. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code: string;
  /** The server's sentence in the page's language. */
  readonly sentence: string;
  /** True when the same thing may succeed later (429, 5xx). */
  readonly later: boolean;

  constructor(code: string, sentence: string, later: boolean) {
    super(code);
    this.code = code;
    this.sentence = sentence;
    this.later = later;
  }
}

const TIMEOUT_MS = 60_000;
const LARGEST_ANSWER = 16 * 1024 * 1024;

/** One request to this site without cookies. Throws `NetworkError`, `RefusedError`. */
export async function request(
  lang: 'vi' | 'en',
  url: string,
  body?: { readonly type: string; readonly bytes: BodyInit },
): Promise<Uint8Array> {
  let response: Response;
  let bytes: Uint8Array;
  try {
    response = await fetch(url, {
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'same-origin',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined
        ? {}
        : { method: 'POST', body: body.bytes, headers: { 'Content-Type': body.type } }),
    });
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new NetworkError();
  }
  if (bytes.length > LARGEST_ANSWER) throw new NetworkError();
  if (response.ok) return bytes;
  throw refusal(response.status, bytes, lang);
}

/** The answer as JSON. A page in place of JSON comes from something in between. */
export async function requestJson(
  lang: 'vi' | 'en',
  url: string,
  body?: { readonly type: string; readonly bytes: BodyInit },
): Promise<unknown> {
  const bytes = await request(lang, url, body);
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    throw new NetworkError();
  }
}

/** A JSON body. */
export const json = (value: unknown): { readonly type: string; readonly bytes: BodyInit } => ({
  type: 'application/json',
  bytes: JSON.stringify(value),
});

function refusal(status: number, bytes: Uint8Array, lang: 'vi' | 'en'): Error {
  const later = status === 429 || status >= 500;
  try {
    const { error } = JSON.parse(new TextDecoder().decode(bytes)) as {
      error: { code: string; message: Record<'vi' | 'en', string> };
    };
    return new RefusedError(String(error.code), String(error.message[lang]), later);
  } catch {
    // A gateway's own page: nobody who speaks this protocol refused.
    return new NetworkError();
  }
}
