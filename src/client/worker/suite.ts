import type { Suite } from '../../protocol/suite.ts';

/** The smallest WebAssembly module there is: its header. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

function hasWebAssembly(): boolean {
  try {
    return new WebAssembly.Module(EMPTY_MODULE) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
}

/**
 * libsodium where WebAssembly runs; else the same primitives in plain JavaScript, fetched only then, slower by two orders of magnitude.
 */
export async function loadSuite(): Promise<Suite> {
  if (hasWebAssembly()) {
    try {
      const { loadSodiumSuite } = await import('../../protocol/sodium.ts');
      return await loadSodiumSuite();
    } catch {
      // Falls through: a browser that has WebAssembly but will not compile this module.
    }
  }
  const { loadNobleSuite } = await import('../../protocol/noble.ts');
  return loadNobleSuite();
}
