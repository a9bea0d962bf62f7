import type { Overlay } from './terms.ts';

/** How often a tip's time was extended. */
export type Extension = 0 | 1 | 2;

/** True while work on a tip goes on: it is neither on its way to another unit nor suspended. An extension does not stop it. */
export const isWorking = (overlay: Overlay): boolean =>
  overlay !== 'transfer_sent' && overlay !== 'suspended';

/** The word that lies over a stage when nothing stronger does. */
export const extensionOverlay = (extension: Extension): Overlay =>
  extension === 0 ? 'none' : extension === 1 ? 'extended_1' : 'extended_2';
