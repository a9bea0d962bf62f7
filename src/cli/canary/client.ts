import { ProtocolError } from '../../protocol/errors.ts';

/** The service refused a call, or did not answer. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly code: string;

  constructor(what: string, status: number, code: string) {
    super(`${what}: ${status === 0 ? '' : `${status} `}${code}`);
    this.status = status;
    this.code = code;
  }
}

/** Stable code of whatever went wrong, for the report. */
export const codeOf = (error: unknown): string =>
  error instanceof Refused || error instanceof ProtocolError
    ? error.code
    : error instanceof Error && 'code' in error && typeof error.code === 'string'
      ? error.code
      : 'failed';

/** Carries one request to the service: over the network, or straight into an app in this process. */
export type Carrier = (request: Request) => Response | Promise<Response>;

/** HTTP as a browser of this origin speaks it, with a cookie of its own. */
export class Client {
  readonly origin: string;
  readonly #carry: Carrier;
  #cookie: string;

  constructor(origin: string, carry: Carrier, cookie = '') {
    this.origin = origin;
    this.#carry = carry;
    this.#cookie = cookie;
  }

  /** JSON of a GET. Throws Refused. */
  async get<T>(path: string): Promise<T> {
    return (await (await this.#call('GET', path, null, {})).json()) as T;
  }

  /** Bytes of a GET. Throws Refused. */
  async bytes(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.#call('GET', path, null, {})).arrayBuffer());
  }

  /** JSON answer to a JSON POST. Throws Refused. */
  async post<T>(path: string, body: unknown): Promise<T> {
    const response = await this.#call('POST', path, JSON.stringify(body), {
      'content-type': 'application/json',
    });
    return (response.status === 204 ? null : await response.json()) as T;
  }

  /** Bytes of the answer to a POST of bytes. Throws Refused. */
  async send(path: string, type: string, body: Uint8Array): Promise<Uint8Array> {
    const response = await this.#call('POST', path, new Uint8Array(body), { 'content-type': type });
    return new Uint8Array(await response.arrayBuffer());
  }

  async #call(
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | null,
    headers: Record<string, string>,
  ): Promise<Response> {
    const what = `${method} ${path.split('?', 1)[0] ?? path}`;
    const request = new Request(`${this.origin}${path}`, {
      method,
      body,
      redirect: 'error',
      headers: { ...headers, origin: this.origin, ...(this.#cookie === '' ? {} : { cookie: this.#cookie }) },
    });
    const response = await Promise.resolve(this.#carry(request)).catch((error: unknown) => {
      throw new Refused(what, 0, error instanceof Error ? String(error.cause ?? error.message) : 'network');
    });
    const set = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
    if (set.length > 0) this.#cookie = set.join('; ');
    if (response.ok) return response;
    const told = (await response.json().catch(() => ({}))) as { error?: { code?: string } };
    throw new Refused(what, response.status, told.error?.code ?? 'no_reason');
  }
}
