import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { clientEntries, serverEntries } from './tools/entries.mjs';
import { loadPins } from './tools/pins.mjs';

const root = import.meta.dirname;
const at = (entries: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, resolve(root, file)]));

/** Replaced by constants at build time: the trust anchors of the instance that this build belongs to. */
const define = { __TINKIN_PINS__: JSON.stringify(loadPins()) };

const client = {
  define,
  base: '/build/',
  publicDir: false,
  // The console renders in the browser; its JSX becomes calls of hono's small DOM renderer.
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx/dom' } },
  build: {
    // The oldest browsers that have module workers, which sealing needs; older ones take the script-less form.
    target: ['chrome87', 'edge88', 'firefox114', 'safari15'],
    outDir: process.env.TINKIN_OUT ?? resolve(root, 'public/build'),
    emptyOutDir: true,
    manifest: 'vite-manifest.json',
    modulePreload: false,
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    rolldownOptions: {
      input: at(clientEntries(root)),
      output: {
        entryFileNames: '[name]-[hash].js',
        chunkFileNames: 'shared-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
} as const;

const server = {
  define,
  publicDir: false,
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
} as const;

/** `vite build` makes the client's bundles, `vite build --ssr` the server's; tools/build.mjs runs both. */
export default defineConfig(({ isSsrBuild }) => (isSsrBuild ? server : client) as never);
