// `npm run bench`: measures the built program on this machine and prints one table (docs/bench.md). Arguments go to the bench.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { run } from './run.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
build();
process.exitCode = await run(
  process.execPath,
  ['--import', 'tsx', join(root, 'test', 'bench', 'main.ts'), ...process.argv.slice(2)],
  { cwd: root, env: { ...process.env, NODE_ENV: 'production' } },
);
