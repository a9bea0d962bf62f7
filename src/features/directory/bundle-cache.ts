import type { Deps } from '../../ports/deps.ts';
import { buildBundle } from './bundle.ts';
import type { DirectoryQuery } from './schema.ts';

/** A bundle ready to be sent. */
export interface CachedBundle {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly gzip: Uint8Array<ArrayBuffer>;
}

/** Seconds after which a bundle is built anew, because another process may have added a statement. */
const FRESH_SECONDS = 15;
const MAX_ENTRIES = 64;

/** Bundles in memory: they are the same for everybody, and a burst of visitors asks for the same few units. */
export function createBundleCache(
  deps: Pick<Deps, 'store' | 'crypto' | 'clock' | 'live'>,
): (query: DirectoryQuery) => Promise<CachedBundle> {
  const entries = new Map<string, { readonly at: number; readonly bundle: Promise<CachedBundle> }>();
  deps.live.watch((_unit, event) => {
    // A parent's change concerns every unit below it.
    if (event.kind === 'unit_changed') entries.clear();
  });
  return (query) => {
    const key = `${query.epochs} ${query.unit}`;
    const now = deps.clock.now();
    const entry = entries.get(key);
    if (entry && now >= entry.at && now - entry.at < FRESH_SECONDS) return entry.bundle;
    if (entries.size >= MAX_ENTRIES) entries.clear();
    const bundle = make(deps, query);
    entries.set(key, { at: now, bundle });
    bundle.catch(() => entries.delete(key));
    return bundle;
  };
}

async function make(
  deps: Pick<Deps, 'store' | 'crypto' | 'clock'>,
  query: DirectoryQuery,
): Promise<CachedBundle> {
  const bytes = new Uint8Array(await buildBundle(deps, query));
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return {
    bytes,
    gzip: new Uint8Array(await new Response(packed).arrayBuffer()),
  };
}
