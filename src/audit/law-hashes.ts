import { LAW_OF_STEPS } from '../domain/law.ts';
import { toHex, utf8 } from '../protocol/bytes.ts';
import type { Hashes } from '../protocol/suite.ts';

/** Reference files of which bundle and verifier must have the same. */
export const LAW_FILES = [...LAW_OF_STEPS, 'conduct', 'plans', 'retention', 'escalation'] as const;

/**
 * SHA-256 of each reference file by name, in hex: over its JSON without white space, so that only what it says counts. `get` gives parsed
 * JSON.
 */
export const lawHashes = (
  hashes: Pick<Hashes, 'sha256'>,
  get: (name: (typeof LAW_FILES)[number]) => unknown,
): { readonly [name: string]: string } =>
  Object.fromEntries(LAW_FILES.map((name) => [name, toHex(hashes.sha256(utf8(JSON.stringify(get(name)))))]));
