// Child process: posts every frame of a file once over N keep-alive connections as fast as the answers come. Arguments: port, clients,
// seconds at most, files… Sends { accepted, failed, seconds, p50, p99, statuses }.
import { connect } from 'node:net';
import { readFrames } from './frames.ts';

const [port = '', clients = '1', seconds = '10', ...files] = process.argv.slice(2);
const requests = files
  .flatMap(readFrames)
  .map((frame) =>
    Buffer.concat([
      Buffer.from(
        `POST /api/tips HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/vnd.tinkin.submission\r\nSec-Fetch-Site: same-origin\r\nContent-Length: ${frame.length}\r\n\r\n`,
      ),
      frame,
    ]),
  );
const latencies: number[] = [];
const statuses: Record<string, number> = {};
let next = 0;
let deadline = 0;

/** One client: the next request goes out when the answer to the last is complete. */
function client(): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port: Number(port), host: '127.0.0.1', noDelay: true });
    let sent = 0;
    let received = '';
    const send = (): void => {
      const request = performance.now() < deadline ? requests[next++] : undefined;
      if (!request) {
        socket.end();
        resolve();
        return;
      }
      sent = performance.now();
      socket.write(request);
    };
    const done = (status: string): void => {
      latencies.push(performance.now() - sent);
      statuses[status] = (statuses[status] ?? 0) + 1;
      received = '';
      send();
    };
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const head = received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = /content-length: (\d+)/i.exec(received.slice(0, head))?.[1];
      const complete =
        length === undefined ? received.endsWith('0\r\n\r\n') : received.length >= head + 4 + Number(length);
      if (complete) done(received.slice(9, 12));
    });
    socket.once('error', () => {
      statuses.error = (statuses.error ?? 0) + 1;
      resolve();
    });
    socket.once('connect', send);
  });
}

const started = performance.now();
deadline = started + Number(seconds) * 1000;
await Promise.all(Array.from({ length: Number(clients) }, client));
const took = (performance.now() - started) / 1000;
const sorted = latencies.sort((a, b) => a - b);
const at = (share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const accepted = statuses['201'] ?? 0;
process.send?.({
  accepted,
  failed: latencies.length - accepted + (statuses.error ?? 0),
  seconds: took,
  p50: at(0.5),
  p99: at(0.99),
  statuses,
});
process.disconnect?.();
