// The trust anchors built into browsers: those of the demonstration, or the file that TINKIN_PINS names.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Path of the pins file in use. */
export const pinsFile = () =>
  process.env.TINKIN_PINS ? resolve(process.env.TINKIN_PINS) : join(root, 'keys', 'demo', 'pins.json');

/** The pins as JSON on one line. Throws with the file's name when it is missing or no JSON. */
export const loadPins = () => {
  const file = pinsFile();
  try {
    return JSON.stringify(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`The pins file ${file} cannot be read: ${error.message}`);
  }
};
