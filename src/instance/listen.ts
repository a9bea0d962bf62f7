import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { AppError } from '../domain/errors.ts';
import { errorBody } from '../http/kit/errors.ts';

/** Milliseconds for a whole request to arrive: two parts of files, 1 MiB each, beside each other over a line of 60 kbit/s. */
const REQUEST_TIMEOUT = 300_000;
const HEADERS_TIMEOUT = 20_000;

const REFUSED = JSON.stringify(errorBody(new AppError('bad_request')));
const JSON_TYPE = 'application/json; charset=utf-8';

/** What is not HTTP, or has an address or host that no request can have, is refused before the app sees it, in the same form. */
const refusal = (): Response =>
  new Response(REFUSED, { status: 400, headers: { 'Content-Type': JSON_TYPE, 'Cache-Control': 'no-store' } });

function refuseConnection(_error: Error, socket: Socket): void {
  if (socket.destroyed || !socket.writable) return;
  const length = Buffer.byteLength(REFUSED);
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: ${JSON_TYPE}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${REFUSED}`,
  );
}

/** A started HTTP server. */
export interface Listening {
  readonly server: Server;
  readonly port: number;
  /** Takes no more connections, gives open requests `grace` milliseconds, then closes them. */
  stop(grace: number): Promise<void>;
}

/** Serves an app over HTTP/1.1 on one address. Rejects when the address cannot be taken; port 0 takes a free one. */
export async function listen(
  app: { fetch(request: Request): Response | Promise<Response> },
  host: string,
  port: number,
): Promise<Listening> {
  const listener = getRequestListener((request) => app.fetch(request), { errorHandler: refusal });
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT, headersTimeout: HEADERS_TIMEOUT, keepAliveTimeout: 60_000 },
    (incoming, outgoing) => void listener(incoming, outgoing),
  );
  server.on('clientError', refuseConnection);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return {
    server,
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: (grace) =>
      new Promise((resolve) => {
        const late = setTimeout(() => server.closeAllConnections(), grace);
        server.close(() => {
          clearTimeout(late);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
