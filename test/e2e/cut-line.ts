import { connect, createServer, type Socket } from 'node:net';

/** A relay on 127.0.0.1 that stands for a bad line: slow upwards, and cut whenever a test says so. It keeps what was sent. */
export interface CutLine {
  /** Bytes that browsers sent so far. */
  up(): number;
  sent(): Buffer;
  /** Resets every connection that stands, as a telephone that loses its cell does; how many there were. */
  cut(): number;
  close(): Promise<void>;
}

/** Opens a line from `port` to the server at `target` that carries so many bytes a second upwards, all connections together. */
export async function openCutLine(port: number, target: number, bytesPerSecond: number): Promise<CutLine> {
  const chunks: Buffer[] = [];
  const clients = new Set<Socket>();
  let up = 0;
  let free = 0;
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    clients.add(client);
    client.on('error', () => client.destroy());
    upstream.on('error', () => client.resetAndDestroy());
    client.once('close', () => {
      clients.delete(client);
      upstream.destroy();
    });
    upstream.once('close', () => client.destroy());
    client.on('data', (chunk: Buffer) => {
      chunks.push(Buffer.from(chunk));
      up += chunk.length;
      upstream.write(chunk);
      free = Math.max(free, performance.now()) + (chunk.length / bytesPerSecond) * 1000;
      client.pause();
      setTimeout(() => client.resume(), Math.max(1, free - performance.now()));
    });
    upstream.pipe(client);
  });
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  );
  const cut = (): number => {
    const standing = [...clients];
    for (const client of standing) client.resetAndDestroy();
    return standing.length;
  };
  return {
    up: () => up,
    sent: () => Buffer.concat(chunks),
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
