import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReferenceData } from '../../ports/deps.ts';

const NAME = /^[a-z0-9-]+(?:\/[a-z0-9-]+)?$/;

/** The JSON files of a folder (`db/data`), read once each. `get` throws an Error that names a file that is missing or no JSON. */
export function fileReferenceData(folder: string): ReferenceData {
  const parsed = new Map<string, unknown>();
  return {
    get(name) {
      if (parsed.has(name)) return parsed.get(name);
      if (!NAME.test(name)) throw new Error(`reference data: ${name} is not a name`);
      const path = join(folder, `${name}.json`);
      let value: unknown;
      try {
        value = JSON.parse(readFileSync(path, 'utf8'));
      } catch (error) {
        throw new Error(`reference data: ${path} cannot be read`, { cause: error });
      }
      parsed.set(name, value);
      return value;
    },
  };
}
