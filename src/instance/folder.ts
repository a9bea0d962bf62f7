import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { fromBase64Url, toBase64Url } from '../protocol/base64.ts';
import { encodePins, type Pins, parsePins } from '../protocol/root.ts';
import type { Suite } from '../protocol/suite.ts';
import { InstanceError } from './instance-error.ts';

/** Where the parts of an instance lie in its folder. */
export interface InstancePaths {
  readonly folder: string;
  readonly database: string;
  readonly blobs: string;
  /** Public facts: id, mode, provinces. */
  readonly instance: string;
  /** Trust anchors that the browsers' build must carry. */
  readonly pins: string;
  /** Server secrets, readable by the owner alone. */
  readonly secrets: string;
  /** Demonstration only: accounts with passphrases and one-time-code secrets. */
  readonly demoLogins: string;
  /** Demonstration only: the private keys that renew its directory and epochs. */
  readonly demoSecrets: string;
  /** Demonstration only: key and memory of the witness that runs in the service itself; left out of backups, as every witness's are. */
  readonly demoWitnessKey: string;
  readonly demoWitness: string;
  /** Newest published checkpoint; left out of backups, so that a restored database can be told from the one that was. */
  readonly ledgerMark: string;
}

/** Facts written once at `init`. */
export interface InstanceFile {
  readonly format: 1;
  /** 32 lowercase hex digits. */
  readonly id: string;
  readonly mode: 'demo' | 'production';
  /** Codes of the provinces served, two digits each. */
  readonly provinces: readonly string[];
  /** Origin line of the log, e.g. `tin.example.gov.vn/ledger`: in every promise and in the directory. */
  readonly logOrigin: string;
  /** UTC seconds. */
  readonly created: number;
}

/** The server's own secrets, 32 bytes each. They open no tip. */
export interface InstanceSecrets {
  readonly nonce: Uint8Array;
  readonly formToken: Uint8Array;
  readonly atRest: Uint8Array;
  readonly ledgerSeed: Uint8Array;
}

/** Secrets of a new instance. */
export const newSecrets = ({ randomBytes }: Pick<Suite, 'randomBytes'>): InstanceSecrets => ({
  nonce: randomBytes(32),
  formToken: randomBytes(32),
  atRest: randomBytes(32),
  ledgerSeed: randomBytes(32),
});

export const instancePaths = (folder: string): InstancePaths => ({
  folder,
  database: join(folder, 'tinkin.sqlite'),
  blobs: join(folder, 'blobs'),
  instance: join(folder, 'instance.json'),
  pins: join(folder, 'pins.json'),
  secrets: join(folder, 'secrets.json'),
  demoLogins: join(folder, 'demo-logins.json'),
  demoSecrets: join(folder, 'demo-secrets.json'),
  demoWitnessKey: join(folder, 'demo-witness.key'),
  demoWitness: join(folder, 'demo-witness'),
  ledgerMark: join(folder, 'ledger-mark'),
});

const instanceSchema = z.object({
  format: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  mode: z.enum(['demo', 'production']),
  provinces: z.array(z.string().regex(/^[0-9]{2}$/)).min(1),
  logOrigin: z.string().min(1).max(200),
  created: z.number().int().nonnegative(),
});

const secret = z.string().transform((text, context) => {
  try {
    const bytes = fromBase64Url(text);
    if (bytes.length === 32) return bytes;
  } catch {
    // Falls through to the one message below.
  }
  context.addIssue({ code: 'custom', message: 'must be 32 bytes in base64url' });
  return z.NEVER;
});
const secretsSchema = z.object({
  format: z.literal(1),
  nonce: secret,
  formToken: secret,
  atRest: secret,
  ledgerSeed: secret,
});

/** True when the folder holds an instance. */
export async function hasInstance(folder: string): Promise<boolean> {
  return (await readOptional(instancePaths(folder).instance)) !== null;
}

/** Facts of the instance in a folder. Throws InstanceError `no_instance` or `file_invalid`. */
export async function readInstance(folder: string): Promise<InstanceFile> {
  return readChecked(instancePaths(folder).instance, instanceSchema, folder);
}

/** The server's secrets of the instance in a folder. Throws InstanceError `no_instance` or `file_invalid`. */
export async function readSecrets(folder: string): Promise<InstanceSecrets> {
  const { format: _, ...secrets } = await readChecked(instancePaths(folder).secrets, secretsSchema, folder);
  return secrets;
}

/** Trust anchors of the instance in a folder. Throws InstanceError `no_instance` or `file_invalid`. */
export async function readPins(folder: string): Promise<Pins> {
  const path = instancePaths(folder).pins;
  const text = await readOptional(path);
  if (text === null) throw missing(folder, path);
  try {
    return parsePins(text);
  } catch {
    throw new InstanceError('file_invalid', `${path} holds no valid pins.`);
  }
}

/** Writes the trust anchors. */
export const writePins = (folder: string, pins: Pins): Promise<void> =>
  writeJson(instancePaths(folder).pins, JSON.parse(encodePins(pins)), 0o644);

/** Writes the facts; the last file of an `init`, so that a half-made instance is none. */
export const writeInstance = (folder: string, file: InstanceFile): Promise<void> =>
  writeJson(instancePaths(folder).instance, file, 0o644);

/** Writes the secrets, readable by the owner alone. */
export const writeSecrets = (folder: string, secrets: InstanceSecrets): Promise<void> =>
  writeJson(
    instancePaths(folder).secrets,
    {
      format: 1,
      nonce: toBase64Url(secrets.nonce),
      formToken: toBase64Url(secrets.formToken),
      atRest: toBase64Url(secrets.atRest),
      ledgerSeed: toBase64Url(secrets.ledgerSeed),
    },
    0o600,
  );

/** Writes a whole JSON file aside, syncs it, and moves it into place: a crash leaves the old one or the new one. */
export async function writeJson(path: string, value: unknown, mode: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.new`;
  const file = await open(aside, 'w', mode);
  try {
    await file.chmod(mode);
    await file.writeFile(`${JSON.stringify(value, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
}

/** Reads and checks a JSON file. Throws InstanceError that names the file and the first thing wrong with it. */
export async function readChecked<T>(path: string, schema: z.ZodType<T>, folder: string): Promise<T> {
  const text = await readOptional(path);
  if (text === null) throw missing(folder, path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InstanceError('file_invalid', `${path} is not JSON.`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new InstanceError(
    'file_invalid',
    `${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'invalid'}.`,
  );
}

const missing = (folder: string, path: string): InstanceError =>
  new InstanceError('no_instance', `There is no instance in ${folder}: ${path} is missing.`);

async function readOptional(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
