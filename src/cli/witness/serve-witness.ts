import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Cosigned, Cosigner } from '../../adapters/witness/cosigner.ts';
import { SIZE_TYPE } from '../../adapters/witness/http-witness.ts';
import { WITNESS_LIMITS } from '../../ledger/witness.ts';

/** Milliseconds in which a request must have come whole. */
const REQUEST_LIMIT = 10_000;
/** Connections at one time: logs are few. */
const CONNECTIONS = 64;

export interface WitnessServerOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly cosigner: Cosigner;
  /** What `GET /` tells: the verifier key, and of each log its origin and the size seen last. */
  readonly facts: () => Promise<object>;
  /** Told of every answer but the malformed ones, and of what failed. */
  readonly heard: (what: Cosigned | Error) => void;
}

export interface WitnessServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves a witness (C2SP tlog-witness): `POST /add-checkpoint`, and `GET /` for people. Any path before these is left to a proxy. */
export async function serveWitness(options: WitnessServerOptions): Promise<WitnessServer> {
  const add = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    if (body === null) return answer(response, 413, 'too large\n');
    const cosigned = await options.cosigner(body);
    if (cosigned.status !== 400) options.heard(cosigned);
    if (cosigned.status === 200) answer(response, 200, cosigned.line);
    else if (cosigned.status === 409) answer(response, 409, `${cosigned.size}\n`, SIZE_TYPE);
    else answer(response, cosigned.status, `${REASONS[cosigned.status]}\n`);
  };

  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    const handled =
      path === '/add-checkpoint' && request.method === 'POST'
        ? add(request, response)
        : path === '/' && request.method === 'GET'
          ? options
              .facts()
              .then((facts) => answer(response, 200, `${JSON.stringify(facts)}\n`, 'application/json'))
          : Promise.resolve(answer(response, path === '/' || path === '/add-checkpoint' ? 405 : 404, '\n'));
    handled.catch((error: Error) => {
      options.heard(error);
      answer(response, 500, 'the witness cannot read or keep what it has seen\n');
    });
  });
  server.requestTimeout = REQUEST_LIMIT;
  server.headersTimeout = REQUEST_LIMIT;
  server.maxConnections = CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const REASONS = {
  400: 'the request is malformed',
  403: 'the log has not signed this checkpoint',
  404: 'this log is not known here',
  422: 'the proof does not lead from the checkpoint seen last to this one',
} as const;

function answer(response: ServerResponse, status: number, body: string, type = 'text/plain'): void {
  if (response.headersSent || response.destroyed) return;
  const headers = { 'content-type': `${type}${type === 'text/plain' ? '; charset=utf-8' : ''}` };
  response.writeHead(status, {
    ...headers,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(body);
}

/** The whole body, or null for one that no log sends. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > WITNESS_LIMITS.bytes) return null;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
