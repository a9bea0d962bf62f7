import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonWithPlaces } from '../../domain/json-lines.ts';
import type { ReferenceData } from '../../ports/deps.ts';

const NAME = /^[a-z0-9-]+(?:\/[a-z0-9-]+)?$/;

/** The JSON files of a folder (`db/data`), read once each. `get` throws an Error that names a file that
 * is missing, or line and column of one that is no JSON. */
export function fileReferenceData(folder: string): ReferenceData {
  const parsed = new Map<string, unknown>();
  return {
    get(name) {
      if (parsed.has(name)) return parsed.get(name);
      if (!NAME.test(name)) throw new Error(`reference data: ${name} is not a name`);
      const path = join(folder, `${name}.json`);
      const value = parsedFile(name, path);
      parsed.set(name, value);
      return value;
    },
  };
}

function parsedFile(name: string, path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`reference data: ${path} cannot be read`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch {
    // Reads it once more for the line and column.
    return readJsonWithPlaces(`${name}.json`, text).value;
  }
}
