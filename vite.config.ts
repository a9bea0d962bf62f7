import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { clientEntries, serverEntries } from './tools/entries.mjs';
import { loadLaw } from './tools/law.mjs';
import { loadPins } from './tools/pins.mjs';

const root = import.meta.dirname;
const at = (entries: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, resolve(root, file)]));

/** Replaced by constants at build time: the trust anchors of the instance that this build belongs to, and the law that it verifies by. */
const define = {
  __TINKIN_PINS__: JSON.stringify(loadPins()),
  __TINKIN_LAW__: JSON.stringify(loadLaw()),
};

/** What the viewer's frame loads lies apart: those files alone may be read by an origin that is not the service's. */
const folderOf = (entry: string): string => (entry.startsWith('viewer') ? 'frame/' : '');

/** One entry: a page loads one file of its own and nothing that it must wait for twice; only what is loaded lazily is apart. */
const client = (entry: string) => ({
  define,
  base: '/build/',
  publicDir: false as const,
  // The console renders in the browser; its JSX becomes calls of hono's small DOM renderer.
  oxc: { jsx: { runtime: 'automatic' as const, importSource: 'hono/jsx/dom' } },
  build: {
    // The oldest browsers that have module workers, which sealing needs; older ones take the script-less form.
    target: ['chrome87', 'edge88', 'firefox114', 'safari15'],
    outDir: process.env.TINKIN_OUT ?? resolve(root, 'public/build'),
    emptyOutDir: false,
    manifest: `manifest-${entry}.json`,
    modulePreload: false as const,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: at({ [entry]: clientEntries(root)[entry] ?? '' }),
      output: {
        entryFileNames: `${folderOf(entry)}[name]-[hash].js`,
        chunkFileNames: `${folderOf(entry)}part-[hash].js`,
        assetFileNames: `${folderOf(entry)}[name]-[hash][extname]`,
      },
    },
  },
});

const server = {
  define,
  publicDir: false as const,
  build: {
    ssr: true,
    target: 'node22',
    outDir: process.env.TINKIN_OUT ?? resolve(root, 'dist/server'),
    emptyOutDir: true,
    rolldownOptions: {
      input: at(serverEntries(root)),
      // Flat, so that an entry finds its workers beside itself.
      output: { entryFileNames: '[name].js', chunkFileNames: 'shared-[hash].js' },
    },
  },
};

/** `vite build --mode ENTRY` makes one of the client's bundles, `vite build --ssr` the server's; tools/build.mjs runs them all. */
export default defineConfig(({ isSsrBuild, mode }) => (isSsrBuild ? server : client(mode)));
