// The program's entry points by the names that the rest uses: `deps.assets.url(name)` for what a browser loads, dist/server/NAME.js for
// what Node runs.
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const CLIENT = {
  'citizen.css': 'src/client/styles/citizen.css',
  'console.css': 'src/client/styles/console.css',
  common: 'src/client/common/main.ts',
  form: 'src/client/form/main.ts',
  hcaptcha: 'src/client/hcaptcha/main.ts',
  mailbox: 'src/client/mailbox/main.ts',
  worker: 'src/client/worker/main.ts',
  'inspect-worker': 'src/client/inspect/main.ts',
  'line-worker': 'src/client/line/main.ts',
  console: 'src/client/console/main.tsx',
  'console-worker': 'src/client/console/worker/main.ts',
  viewer: 'src/client/viewer/main.ts',
  'viewer.css': 'src/client/styles/viewer.css',
};

const SERVER = {
  'main.node': 'src/main.node.ts',
  cli: 'src/cli.ts',
};

const present = (root, entries) =>
  Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(join(root, file))));

/** What the server starts as threads of its own: every `…-worker.ts` and `…-thread.ts` below these folders. */
const threads = (root) =>
  ['src/adapters', 'src/instance'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /-(?:worker|thread)\.ts$/.test(entry.name))
      .map((entry) => [entry.name.slice(0, -3), join(relative(root, entry.parentPath), entry.name)]),
  );

/** Entries whose source exists, name → path from the project's root. */
export const clientEntries = (root) => present(root, CLIENT);
/** Entries whose source exists, name → path from the project's root. */
export const serverEntries = (root) => ({ ...present(root, SERVER), ...Object.fromEntries(threads(root)) });
