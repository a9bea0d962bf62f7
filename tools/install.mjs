// Brings node_modules in line with package-lock.json, and nothing else. Runs on the system's Node (20 is enough) before a single
// package is there, so it uses built-ins only; afterwards `node` in an npm script is the project's own Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium, installChromium, installHelpers } from './chromium.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'node_modules', '.tinkin-lock');

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(`\n${process.platform} ${process.arch}`)
  .digest('hex');

const fail = (message) => {
  console.error(message);
  process.exit(1);
};

const npm = () => {
  const file = process.env.npm_execpath;
  if (file !== undefined && /\.c?js$/.test(file)) return { command: process.execPath, before: [file] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', before: [] };
};

const install = () => {
  console.log('Installing packages …');
  const { command, before } = npm();
  // Development packages are wanted even where NODE_ENV says production: the build needs them.
  const done = spawnSync(
    command,
    [
      ...before,
      'ci',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ],
    { cwd: root, stdio: 'inherit', shell: command.endsWith('.cmd') },
  );
  if (done.error) fail(`npm could not be started: ${done.error.message}`);
  if (done.status !== 0) {
    fail(
      'The packages could not be installed (see above). Nothing else was changed; mend the cause and run the same command again.',
    );
  }
  writeFileSync(stampFile, `${wanted}\n`);
};

const current = existsSync(stampFile) ? readFileSync(stampFile, 'utf8').trim() : '';
if (current !== wanted) install();

if (process.argv.includes('--with-chromium')) {
  try {
    if (findChromium() === null) installChromium();
    installHelpers();
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}
