import { createHash } from 'node:crypto';
import { createCosigner } from '../adapters/witness/cosigner.ts';
import { localWitness } from '../adapters/witness/local-witness.ts';
import { witnessFolder } from '../adapters/witness/witness-folder.ts';
import { makeWitnessKey, readWitnessKey, type WitnessKey } from '../adapters/witness/witness-key.ts';
import { formatVkey, noteKey } from '../ledger/note.ts';
import type { Clock } from '../ports/clock.ts';
import type { Witness } from '../ports/witness.ts';
import { instancePaths } from './folder.ts';
import { InstanceError } from './instance-error.ts';

const NAME = 'chung-kien.trinh-dien.tinkin.example';

/**
 * Verifier key of the demonstration's witness, whose key is made when there is none. A backup holds neither key nor memory: a restored
 * demonstration has a new witness. Throws InstanceError `file_invalid`.
 */
export async function ensureDemoWitness(folder: string): Promise<string> {
  const file = instancePaths(folder).demoWitnessKey;
  const { key } = (await makeWitnessKey(file, NAME)) ?? (await readKey(file));
  return formatVkey(key);
}

/** The log that a witness looks at: its origin and key. */
interface WitnessedLog {
  readonly origin: string;
  readonly publicKey: Uint8Array;
}

/** The demonstration's witness, which runs in the service itself; null where none was made. Throws InstanceError `file_invalid`. */
export async function openDemoWitness(
  folder: string,
  { origin, publicKey }: WitnessedLog,
  clock: Clock,
): Promise<Witness | null> {
  const { demoWitnessKey, demoWitness } = instancePaths(folder);
  const own = await readKey(demoWitnessKey).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (own === null) return null;
  const log = noteKey(sha256, origin, publicKey);
  const state = witnessFolder(demoWitness);
  return localWitness(
    own.key,
    createCosigner({ ...own, logs: [log], folder: state, now: () => clock.now() }),
  );
}

const sha256 = (data: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(data).digest());

async function readKey(file: string): Promise<WitnessKey> {
  const key = await readWitnessKey(file);
  if (key === null) throw new InstanceError('file_invalid', `${file} holds no key of a witness.`);
  return key;
}
