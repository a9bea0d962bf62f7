import type { UnitId } from '../../domain/ids.ts';
import { publishedLog } from '../../http/kit/published-log.ts';
import type { Deps } from '../../ports/deps.ts';
import { buildBundle } from './bundle.ts';
import { buildLoggedBundle } from './logged-bundle.ts';
import { createLoggedState } from './logged-state.ts';
import type { DirectoryQuery } from './schema.ts';

/** An answer ready to be sent. */
export interface Packed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly gzip: Uint8Array<ArrayBuffer>;
}

interface CachedUnit {
  readonly bundle: Packed;
  /** JSON of `Freshness`, or null: what fits this very bundle. */
  readonly freshness: Packed;
}

export interface BundleCache {
  bundle(query: DirectoryQuery): Promise<Packed>;
  /** Of the bundle to seal by. */
  freshness(unit: UnitId): Promise<Packed>;
}

/** Seconds after which a bundle is built anew, because another process may have added a statement. */
const FRESH_SECONDS = 15;
const MAX_ENTRIES = 64;

/**
 * Bundles in memory, each with its proof of freshness: they are the same for everybody, and a burst of visitors asks for the same few units. A newly
 * published checkpoint makes those for sealing anew.
 */
export function createBundleCache(deps: Pick<Deps, 'store' | 'crypto' | 'clock' | 'live'>): BundleCache {
  const entries = new Map<string, { readonly at: number; readonly made: Promise<CachedUnit> }>();
  const logged = createLoggedState(deps);
  const log = publishedLog(deps);
  deps.live.watch((_unit, event) => {
    // A parent's change concerns every unit below it.
    if (event.kind === 'unit_changed') entries.clear();
  });
  const make = async (query: DirectoryQuery): Promise<CachedUnit> => {
    const state = query.epochs === 'live' ? await logged() : null;
    if (state === null)
      return { bundle: await pack(await buildBundle(deps, query)), freshness: await packJson(null) };
    const { bundle, freshness } = await buildLoggedBundle(deps, query.unit, state);
    return { bundle: await pack(bundle), freshness: await packJson(freshness) };
  };
  const of = async (query: DirectoryQuery): Promise<CachedUnit> => {
    const point = query.epochs === 'live' ? await log.point() : null;
    const key = `${query.epochs} ${point?.root ?? ''} ${query.unit}`;
    const now = deps.clock.now();
    const entry = entries.get(key);
    if (entry && now >= entry.at && now - entry.at < FRESH_SECONDS) return entry.made;
    if (entries.size >= MAX_ENTRIES) entries.clear();
    const made = make(query);
    entries.set(key, { at: now, made });
    made.catch(() => entries.delete(key));
    return made;
  };
  return {
    bundle: async (query) => (await of(query)).bundle,
    freshness: async (unit) => (await of({ unit, epochs: 'live' })).freshness,
  };
}

const packJson = (value: unknown): Promise<Packed> => pack(new TextEncoder().encode(JSON.stringify(value)));

async function pack(content: Uint8Array): Promise<Packed> {
  const bytes = new Uint8Array(content);
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return { bytes, gzip: new Uint8Array(await new Response(packed).arrayBuffer()) };
}
