// `npm run tinkin -- …`: the operator's command line, built first when the sources changed.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { run } from './run.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
build({ quiet: true });
process.exitCode = await run(process.execPath, [
  join(root, 'dist', 'server', 'cli.js'),
  ...process.argv.slice(2),
]);
