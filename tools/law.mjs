// The reference files that a verifier decides with, built into the console: its own, never what the service says at that moment.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const NAMES = [
  ...['clocks', 'holidays', 'extensions', 'settlement', 'legal-kinds', 'routes'],
  ...['conduct', 'plans', 'retention', 'escalation'],
];

/** Paths of the files. */
export const lawFiles = () => NAMES.map((name) => join(root, 'db', 'data', `${name}.json`));

/** All of them as JSON on one line, by name. */
export const loadLaw = () =>
  JSON.stringify(
    Object.fromEntries(lawFiles().map((file, i) => [NAMES[i], JSON.parse(readFileSync(file, 'utf8'))])),
  );
