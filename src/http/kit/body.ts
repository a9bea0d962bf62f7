import type { Context } from 'hono';
import { AppError } from '../../domain/errors.ts';

/** Deepest nesting of arrays and objects that a JSON body may have. */
export const MAX_JSON_DEPTH = 16;
/** Most fields that a form post may have. */
export const MAX_FORM_FIELDS = 100;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** Refuses any other content type; parameters such as charset are ignored. Error `content_type`. */
export function requireType(c: Context, type: string): void {
  const header = c.req.header('content-type');
  if (header === type) return;
  if (header?.split(';', 1)[0]?.trim().toLowerCase() !== type) throw new AppError('content_type');
}

/**
 * Reads a body of at most `maxBytes`, whatever its Content-Length says; nothing beyond the limit is kept in memory.
 * Errors: `body_too_large`; `bad_request` when the client broke off.
 */
export async function readBody(c: Context, maxBytes: number): Promise<Uint8Array> {
  const header = c.req.header('content-length');
  if (header !== undefined) {
    if (!/^\d{1,15}$/.test(header)) throw new AppError('bad_request', { field: 'content-length' });
    if (Number(header) > maxBytes) throw new AppError('body_too_large');
    // The HTTP parser holds the sender to the announced length; the check below covers requests made in-process.
    const bytes = new Uint8Array(await c.req.arrayBuffer().catch(broken));
    if (bytes.length > maxBytes) throw new AppError('body_too_large');
    return bytes;
  }
  return readStream(c.req.raw.body, maxBytes);
}

async function readStream(stream: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  if (!stream) return new Uint8Array(0);
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(broken);
    if (done) break;
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw new AppError('body_too_large');
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

const broken = (cause: unknown): never => {
  throw new AppError('bad_request', { cause });
};

/** Decodes UTF-8 strictly. Error `bad_request` (field `body`) for invalid sequences. */
function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new AppError('bad_request', { field: 'body' });
  }
}

/**
 * Reads a JSON body (`application/json`, strict UTF-8, at most `maxBytes`, nesting at most 16) and keeps it with the request, so that
 * whoever asks the request for its JSON gets this bounded text. Errors: `content_type`, `body_too_large`, `bad_request`.
 */
export async function keepJson(c: Context, maxBytes: number): Promise<void> {
  requireType(c, 'application/json');
  const text = decodeUtf8(await readBody(c, maxBytes));
  checkDepth(text);
  try {
    JSON.parse(text);
  } catch {
    throw new AppError('bad_request', { field: 'body' });
  }
  // The request's own cache of its body holds promises, whatever its type says.
  Object.assign(c.req.bodyCache, { text: Promise.resolve(text) });
}

/** Refuses deep nesting before anything parses it. Brackets inside strings do not count. */
function checkDepth(text: string): void {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 0x5c) i++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > MAX_JSON_DEPTH) throw new AppError('bad_request', { field: 'body' });
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
}

/**
 * Reads a form post (`application/x-www-form-urlencoded`, strict UTF-8 also inside percent escapes). A repeated name keeps its
 * first value; text is NFC. Errors: `content_type`, `body_too_large`, `bad_request`.
 */
export async function readForm(c: Context, maxBytes: number): Promise<ReadonlyMap<string, string>> {
  requireType(c, 'application/x-www-form-urlencoded');
  const text = decodeUtf8(await readBody(c, maxBytes));
  const fields = new Map<string, string>();
  if (text === '') return fields;
  const pairs = text.split('&', MAX_FORM_FIELDS + 1);
  if (pairs.length > MAX_FORM_FIELDS) throw new AppError('bad_request', { field: 'body' });
  for (const pair of pairs) {
    const cut = pair.indexOf('=');
    const name = unescapeForm(cut < 0 ? pair : pair.slice(0, cut));
    if (!fields.has(name))
      fields.set(name, unescapeForm(cut < 0 ? '' : pair.slice(cut + 1)).normalize('NFC'));
  }
  return fields;
}

function unescapeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new AppError('bad_request', { field: 'body' });
  }
}
