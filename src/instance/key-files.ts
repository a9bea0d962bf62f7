import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { fromBase64Url, toBase64Url } from '../protocol/base64.ts';
import { concat, lengthPrefixed, wipe } from '../protocol/bytes.ts';
import { keyId } from '../protocol/dsse.ts';
import { normalisePassphrase } from '../protocol/passphrase.ts';
import { STAFF_COST } from '../protocol/staff-credential.ts';
import { type Argon2Cost, SIZES, type SignKeyPair, type Suite } from '../protocol/suite.ts';
import { readChecked, writeJson } from './folder.ts';
import { InstanceError } from './instance-error.ts';
import type { StretchPool } from './stretch-pool.ts';

/** What a private key of an instance's operators is for. */
export const KEY_KINDS = ['root', 'directory', 'recovery', 'auditor'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** A private key kept in a file, closed under a passphrase of its own. Root and directory keys sign, the others open. */
export interface KeyFile {
  readonly format: 1;
  readonly kind: KeyKind;
  /** `root-1`, or the holder's id in the directory. */
  readonly id: string;
  readonly name: string;
  /** Key id of a signing key, empty for the others. */
  readonly keyId: string;
  readonly publicKey: Uint8Array;
  readonly salt: Uint8Array;
  readonly cost: Argon2Cost;
  /** Nonce (24 bytes) ‖ the 32-byte seed under XChaCha20-Poly1305. */
  readonly sealedSeed: Uint8Array;
}

const bytes = z.string().transform((text) => fromBase64Url(text));
const schema = z.object({
  format: z.literal(1),
  kind: z.enum(KEY_KINDS),
  id: z.string().min(1).max(60),
  name: z.string().max(300),
  keyId: z.string(),
  publicKey: bytes,
  salt: bytes,
  cost: z.object({ passes: z.number().int().positive(), memoryKiB: z.number().int().positive() }),
  sealedSeed: bytes,
});

const signs = (kind: KeyKind): boolean => kind === 'root' || kind === 'directory';

const binding = (kind: KeyKind, publicKey: Uint8Array): Uint8Array =>
  lengthPrefixed('tk1/key-file', kind, publicKey);

/** Makes a key and closes it under a passphrase. `cost` is for tests alone. */
export async function makeKeyFile(
  suite: Suite,
  pool: StretchPool,
  named: Pick<KeyFile, 'kind' | 'id' | 'name'>,
  passphrase: string,
  cost: Argon2Cost = STAFF_COST,
): Promise<{ readonly file: KeyFile; readonly seed: Uint8Array }> {
  const seed = suite.randomBytes(32);
  const pair = signs(named.kind) ? suite.ed25519KeyPair(seed) : suite.xwingKeyPair(seed);
  const salt = suite.randomBytes(16);
  const key = await fileKey(suite, pool, passphrase, salt, cost);
  const nonce = suite.randomBytes(SIZES.aeadNonce);
  const box = suite.aeadSeal(key, nonce, seed, binding(named.kind, pair.publicKey));
  wipe(key);
  const file: KeyFile = {
    format: 1,
    ...named,
    keyId: signs(named.kind) ? keyId(suite, pair.publicKey) : '',
    publicKey: pair.publicKey,
    salt,
    cost,
    sealedSeed: concat(nonce, box),
  };
  return { file, seed };
}

/** The seed of a key file. Throws InstanceError `key_file` for a wrong passphrase or an altered file. */
export async function openKeyFile(
  suite: Suite,
  pool: StretchPool,
  file: KeyFile,
  passphrase: string,
): Promise<Uint8Array> {
  const key = await fileKey(suite, pool, passphrase, file.salt, file.cost);
  const nonce = file.sealedSeed.subarray(0, SIZES.aeadNonce);
  const box = file.sealedSeed.subarray(SIZES.aeadNonce);
  const seed = suite.aeadOpen(key, nonce, box, binding(file.kind, file.publicKey));
  wipe(key);
  if (seed === null) {
    throw new InstanceError('key_file', `That is not the passphrase of ${file.id}, or its file was altered.`);
  }
  return seed;
}

async function fileKey(
  suite: Suite,
  pool: StretchPool,
  passphrase: string,
  salt: Uint8Array,
  cost: Argon2Cost,
): Promise<Uint8Array> {
  const master = await pool.stretch(normalisePassphrase(passphrase), salt, cost);
  const key = suite.kdf(master, 'tk1keyfl', 1, 32);
  wipe(master);
  return key;
}

const keyFilePath = (folder: string, file: Pick<KeyFile, 'id'>): string => join(folder, `${file.id}.json`);

export const writeKeyFile = (folder: string, file: KeyFile): Promise<void> =>
  writeJson(
    keyFilePath(folder, file),
    {
      ...file,
      publicKey: toBase64Url(file.publicKey),
      salt: toBase64Url(file.salt),
      sealedSeed: toBase64Url(file.sealedSeed),
    },
    0o600,
  );

/** One key file. Throws InstanceError `key_file` when it is none. */
export async function readKeyFile(path: string): Promise<KeyFile> {
  try {
    return await readChecked<KeyFile>(path, schema, dirname(path));
  } catch (error) {
    if (!(error instanceof InstanceError)) throw error;
    throw new InstanceError('key_file', `${path} is not a key file.`);
  }
}

/** Every key file of a kind in a folder, by id. Throws InstanceError `key_file` when the folder cannot be read. */
async function readKeyFiles(folder: string, kind: KeyKind): Promise<readonly KeyFile[]> {
  let names: readonly string[];
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith('.json') && name !== 'pins.json').sort();
  } catch {
    throw new InstanceError('key_file', `The folder of keys ${folder} cannot be read.`);
  }
  const files = await Promise.all(
    names.map((name) => readChecked<KeyFile>(join(folder, name), schema, folder)),
  );
  return files.filter((file) => file.kind === kind);
}

/** Asks for the passphrase of one key file. */
export type AskPassphrase = (file: KeyFile) => Promise<string>;

/**
 * Opens as many signing keys of a kind as a threshold needs, from a folder in which all or some of the files lie. Throws InstanceError
 * `keys_insufficient`, `key_file`.
 */
export async function openSigners(
  suite: Suite,
  pool: StretchPool,
  folder: string,
  kind: 'root' | 'directory',
  accepted: readonly Uint8Array[],
  threshold: number,
  ask: AskPassphrase,
): Promise<readonly SignKeyPair[]> {
  const known = new Set(accepted.map(toBase64Url));
  const usable = (await readKeyFiles(folder, kind)).filter(({ publicKey }) =>
    known.has(toBase64Url(publicKey)),
  );
  if (usable.length < threshold) {
    throw new InstanceError(
      'keys_insufficient',
      `${threshold} ${kind} keys of this instance are needed; ${folder} holds ${usable.length}.`,
    );
  }
  const pairs: SignKeyPair[] = [];
  for (const file of usable.slice(0, threshold)) {
    pairs.push(suite.ed25519KeyPair(await openKeyFile(suite, pool, file, await ask(file))));
  }
  return pairs;
}
