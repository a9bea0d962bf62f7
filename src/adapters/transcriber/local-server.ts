import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { AppError } from '../../domain/errors.ts';
import type { Transcriber } from '../../ports/transcriber.ts';
import { MAX_VOICE_BYTES } from './voice-wav.ts';

const HOST = '127.0.0.1';
/** Milliseconds for one recording, its arrival included. */
const WORK_LIMIT = 10 * 60_000;

export interface LocalServerOptions {
  readonly transcriber: Transcriber;
  /** 0 takes a free port. */
  readonly port: number;
  /** What the console must show; nothing else on this machine may ask. */
  readonly token: string;
  /** The one origin whose pages may ask. */
  readonly origin: string;
  /** Milliseconds for one recording; ten minutes. */
  readonly limit?: number;
}

export interface LocalServer {
  readonly port: number;
  /** Ends the work that is going on and stops listening. */
  close(): Promise<void>;
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Serves a transcriber to the console of one origin on this machine alone: `GET /` tells its name, `POST /transcribe?lang=vi|en` with a WAV
 * file as the body gives `{text, ms}`. One recording at a time; a page that goes away ends its work. Nothing is kept and nothing is logged.
 */
export async function serveTranscriber(options: LocalServerOptions): Promise<LocalServer> {
  const token = hashOf(`Bearer ${options.token}`);
  const working = new Set<AbortController>();
  let port = options.port;

  /** Why a request is not for us, or null. The name that was asked for tells a page that had its own name led here. */
  const refusal = (request: IncomingMessage): number | null => {
    if (request.headers.host !== `${HOST}:${port}` || request.headers.origin !== options.origin) return 403;
    if (request.method === 'OPTIONS') return null;
    return timingSafeEqual(hashOf(request.headers.authorization ?? ''), token) ? null : 401;
  };

  const transcribe = async (request: IncomingMessage, response: ServerResponse, lang: 'vi' | 'en') => {
    if (working.size > 0) return answer(response, 503, { error: { code: 'sealer_busy' } });
    const work = new AbortController();
    working.add(work);
    response.on('close', () => work.abort());
    const timer = setTimeout(() => work.abort(), options.limit ?? WORK_LIMIT);
    let wav: Uint8Array | null = null;
    try {
      wav = await bodyOf(request);
      answer(response, 200, { ...(await options.transcriber.transcribe(wav, lang, work.signal)) });
    } catch (error) {
      const told = error instanceof AppError ? error : new AppError('unavailable', { cause: error });
      const field = told.field === undefined ? {} : { field: told.field };
      answer(response, told.status, { error: { code: told.code, ...field } });
    } finally {
      clearTimeout(timer);
      wav?.fill(0);
      working.delete(work);
    }
  };

  const server = createServer((request, response) => {
    const refused = refusal(request);
    if (refused !== 403) allow(response, options.origin);
    const url = new URL(request.url ?? '/', `http://${HOST}`);
    const lang = url.searchParams.get('lang') ?? 'vi';
    const route = `${request.method} ${url.pathname}`;
    if (refused !== null) answer(response, refused, { error: { code: 'forbidden' } });
    else if (request.method === 'OPTIONS') answer(response, 204, null);
    else if (route === 'GET /') answer(response, 200, { name: options.transcriber.name });
    else if (route !== 'POST /transcribe') answer(response, 404, { error: { code: 'not_found' } });
    else if (lang !== 'vi' && lang !== 'en')
      answer(response, 400, { error: { code: 'field_invalid', field: 'lang' } });
    else void transcribe(request, response, lang);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, HOST, resolve);
  });
  const address = server.address();
  if (typeof address === 'object' && address !== null) port = address.port;
  return {
    port,
    async close() {
      for (const work of working) work.abort();
      // The work cleans up behind itself before the last answer leaves.
      while (working.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** What a browser asks before a page of the internet may speak to this machine. */
function allow(response: ServerResponse, origin: string): void {
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
  response.setHeader('Access-Control-Allow-Headers', 'authorization, content-type');
  response.setHeader('Access-Control-Allow-Private-Network', 'true');
  response.setHeader('Vary', 'Origin');
}

function answer(response: ServerResponse, status: number, body: Record<string, unknown> | null): void {
  if (response.destroyed || response.headersSent) return;
  response.statusCode = status;
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (body === null) return void response.end();
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}

/** Errors: `content_type`, `body_too_large`, `bad_request` for a page that broke off. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  if (request.headers['content-type'] !== 'audio/wav') throw new AppError('content_type');
  if (Number(request.headers['content-length'] ?? 0) > MAX_VOICE_BYTES) throw new AppError('body_too_large');
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request) {
      length += (chunk as Buffer).length;
      if (length > MAX_VOICE_BYTES) throw new AppError('body_too_large');
      chunks.push(chunk as Buffer);
    }
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('bad_request', { cause });
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
    chunk.fill(0);
  }
  return whole;
}
