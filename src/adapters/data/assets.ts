import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Deps } from '../../ports/deps.ts';

/** Addresses of the client build by entry, and which of them are workers' scripts. */
export interface AssetMap {
  readonly assets: Deps['assets'];
  readonly workers: readonly string[];
  /** False when nothing has been built yet. */
  readonly built: boolean;
}

const WORKERS = ['worker', 'console-worker'];

/**
 * Reads `assets.json`, which the build leaves in its folder. Without a build every entry gets an address under `/build/` that answers
 * 404: pages are then plain, which is what tests of pages see.
 */
export function readAssets(buildFolder: string): AssetMap {
  const path = join(buildFolder, 'assets.json');
  const built = existsSync(path);
  const map = new Map<string, string>(built ? Object.entries(parse(path)) : []);
  const url = (entry: string): string => map.get(entry) ?? `/build/${entry}`;
  return { assets: { url }, workers: WORKERS.map(url), built };
}

function parse(path: string): Record<string, string> {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is not an object`);
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}
