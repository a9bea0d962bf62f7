import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TILE_WIDTH, type TileName, tilePath } from '../../ledger/tiles.ts';
import { UsageError } from '../io.ts';

/** Largest thing that is read of a log, in bytes: a checkpoint; tiles are smaller. */
const MOST = 64 * 1024;
const TIMEOUT_MS = 30_000;

/** A public log as anybody can read it: over the network, or from files that were downloaded before. */
export interface LogSource {
  /** The newest checkpoint, a signed note. Throws UsageError when it cannot be had. */
  checkpoint(): Promise<Uint8Array>;
  /** Hashes of a tile as far as it is asked for. Throws UsageError when it cannot be had. */
  tile(name: TileName): Promise<Uint8Array>;
}

/** A log by its address, e.g. `https://tin.example.gov.vn/ledger`. Only public files are asked for; nothing tells which tip is meant. */
export function logByAddress(base: string, carry: typeof fetch): LogSource {
  const get = async (path: string): Promise<Uint8Array> => {
    const address = `${base.replace(/\/+$/, '')}/${path}`;
    try {
      const response = await carry(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (response.ok && bytes.length <= MOST) return bytes;
    } catch {
      // Said below, as for an answer that is none.
    }
    throw new UsageError(`cannot tell: ${address} could not be read`);
  };
  return { checkpoint: () => get('checkpoint'), tile: (name) => get(tilePath(name)) };
}

/** A log in a folder: `checkpoint` and `tile/…` under the names of their addresses. A full tile also serves as a part of it. */
export function logInFolder(folder: string): LogSource {
  const read = (path: string): Promise<Uint8Array | null> => readFile(join(folder, path)).catch(() => null);
  const needed = (path: string, bytes: Uint8Array | null): Uint8Array => {
    if (bytes === null || bytes.length > MOST)
      throw new UsageError(`cannot tell: ${join(folder, path)} is not there`);
    return new Uint8Array(bytes);
  };
  return {
    checkpoint: async () => needed('checkpoint', await read('checkpoint')),
    async tile(name) {
      const path = tilePath(name);
      const bytes = (await read(path)) ?? (await read(tilePath({ ...name, width: TILE_WIDTH })));
      return needed(path, bytes).subarray(0, name.width * 32);
    },
  };
}
