/** True for the codes with which a directory is refused because the public log does not confirm it (docs/protocol.md, Freshness). */
export const isNotFresh = (code: string): boolean =>
  code.startsWith('checkpoint_') || code === 'freshness_mismatch' || code === 'leaf_missing';
