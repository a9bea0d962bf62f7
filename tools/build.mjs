// Builds the browser's bundles into public/build and the server into dist/server, unless what is there belongs to the same sources.
// Each build is made aside and moved into place whole: a running server never sees half of one.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { clientEntries } from './entries.mjs';
import { lawFiles } from './law.mjs';
import { pinsFile } from './pins.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'dist', 'build-stamp');

const filesUnder = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/** Hash of everything that a build depends on. */
const sourcesHash = () => {
  const hash = createHash('sha256');
  const single = [
    'package-lock.json',
    'vite.config.ts',
    'tsconfig.json',
    'tools/build.mjs',
    'tools/entries.mjs',
    'tools/law.mjs',
    'tools/pins.mjs',
  ];
  for (const file of [
    ...filesUnder(join(root, 'src')),
    ...single.map((name) => join(root, name)),
    ...lawFiles(),
    pinsFile(),
  ]) {
    hash.update(`${relative(root, file)}\0`);
    hash.update(createHash('sha256').update(readFileSync(file)).digest());
  }
  return hash.digest('hex');
};

const vite = (args, out) => {
  const bin = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const done = spawnSync(process.execPath, [bin, 'build', '--logLevel', 'warn', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TINKIN_OUT: out, NODE_ENV: 'production' },
  });
  if (done.status !== 0) throw new Error(`vite build ${args.join(' ')} failed`);
};

const COMPRESSIBLE = /\.(?:js|css|svg|json|wasm)$/;

const compress = (folder) => {
  for (const file of filesUnder(folder)) {
    if (!COMPRESSIBLE.test(file)) continue;
    const bytes = readFileSync(file);
    if (bytes.length < 512) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
};

/** Builds every entry of the client and writes assets.json: entry name → address, which is what the server's pages ask for. */
const buildClient = (folder) => {
  const assets = {};
  for (const [name, source] of Object.entries(clientEntries(root))) {
    vite(['--mode', name], folder);
    const manifestFile = join(folder, `manifest-${name}.json`);
    const entry = JSON.parse(readFileSync(manifestFile, 'utf8'))[source];
    if (entry === undefined) throw new Error(`The build made nothing of ${source}`);
    assets[name] = `/build/${entry.file}`;
    rmSync(manifestFile);
  }
  writeFileSync(join(folder, 'assets.json'), `${JSON.stringify(assets, null, 2)}\n`);
};

const replace = (made, place) => {
  const old = `${made}-old`;
  mkdirSync(dirname(place), { recursive: true });
  if (existsSync(place)) renameSync(place, old);
  renameSync(made, place);
  rmSync(old, { recursive: true, force: true });
};

/** Builds when needed or `force` is set; true when something was built. */
export const build = ({ force = false, quiet = false } = {}) => {
  const wanted = sourcesHash();
  const places = [join(root, 'public', 'build'), join(root, 'dist', 'server')];
  const current = existsSync(stampFile) ? readFileSync(stampFile, 'utf8').trim() : '';
  if (!force && current === wanted && places.every((place) => existsSync(place))) return false;
  if (!quiet) console.log('Building …');
  mkdirSync(join(root, 'dist'), { recursive: true });
  const aside = mkdtempSync(join(root, 'dist', 'making-'));
  try {
    const client = join(aside, 'client');
    const server = join(aside, 'server');
    buildClient(client);
    compress(client);
    replace(client, places[0]);
    vite(['--ssr'], server);
    replace(server, places[1]);
    writeFileSync(stampFile, `${wanted}\n`);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return true;
};

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const built = build({ force: process.argv.includes('--force') });
  console.log(built ? 'Built: public/build and dist/server.' : 'Up to date.');
}
