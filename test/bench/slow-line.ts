import { connect, createServer, type Socket } from 'node:net';

/** What a line does to bytes. */
export interface LineShape {
  /** Bytes a second in each direction. */
  readonly bytesPerSecond: number;
  /** Milliseconds there and back; a new connection pays them once more before its first byte. */
  readonly roundTrip: number;
}

/** 400 kbit/s, 400 ms: a bad mobile line. */
export const SLOW: LineShape = { bytesPerSecond: 50_000, roundTrip: 400 };

/** A relay in front of a server: it counts what passes and, once shaped, is as slow as the line that it stands for. */
export interface Line {
  /** Switch with which Chromium takes this line whenever it wants to reach the server; pages keep the server's own address. */
  readonly chromiumSwitch: string;
  /** Bytes from the server so far, headers included, and bytes towards it. */
  counted(): { readonly down: number; readonly up: number };
  /** From now on; null for as fast as it goes. */
  shape(shape: LineShape | null): void;
  close(): Promise<void>;
}

/** Opens a relay to `http://127.0.0.1:PORT`. All connections share the line's rate in each direction. */
export async function openLine(url: string): Promise<Line> {
  const port = Number(new URL(url).port);
  let shape: LineShape | null = null;
  const down = new Direction();
  const up = new Direction();
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((client) => {
    keep(client);
    const upstream = keep(connect(port, '127.0.0.1'));
    const born = performance.now() + (shape?.roundTrip ?? 0);
    client.on('data', (chunk) => up.carry(chunk, shape, born, upstream));
    upstream.on('data', (chunk) => down.carry(chunk, shape, 0, client));
    client.once('end', () => up.end(upstream));
    upstream.once('end', () => down.end(client));
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => down.end(client));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the line has no port');
  return {
    chromiumSwitch: `--host-resolver-rules=MAP 127.0.0.1:${port} 127.0.0.1:${address.port}`,
    counted: () => ({ down: down.bytes, up: up.bytes }),
    shape: (next) => {
      shape = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** One direction: chunks leave in order, each after it has passed the line's rate and half a round trip. */
class Direction {
  bytes = 0;
  #free = 0;
  #last = 0;

  carry(chunk: Uint8Array, shape: LineShape | null, notBefore: number, to: Socket): void {
    this.bytes += chunk.length;
    const now = performance.now();
    if (shape === null) {
      this.#at(now, () => to.write(chunk));
      return;
    }
    this.#free = Math.max(this.#free, now, notBefore) + (chunk.length / shape.bytesPerSecond) * 1000;
    this.#at(this.#free + shape.roundTrip / 2, () => to.write(chunk));
  }

  end(to: Socket): void {
    this.#at(performance.now(), () => to.end());
  }

  /** Never before what came earlier. */
  #at(time: number, work: () => void): void {
    this.#last = Math.max(this.#last, time);
    const wait = this.#last - performance.now();
    if (wait <= 0) work();
    else setTimeout(work, wait);
  }
}
