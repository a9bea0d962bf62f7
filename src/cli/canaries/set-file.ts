import { open, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { type Hash, isHash, isTipId, type TipId } from '../../domain/ids.ts';
import { AUDITOR_LIMITS } from '../../protocol/auditor.ts';
import { UsageError } from '../io.ts';

/** A test tip of a set; its place in the file is its place in the set. */
export interface Canary {
  /** Drawn before anything is sent. */
  readonly tip: TipId;
  /** 32 bytes, hex: opens its commitment. */
  readonly salt: Hash;
  /** Set before it is sent: whoever is cut off in between knows that it may have arrived. */
  readonly sent: boolean;
  /** Receipt code, once the service has answered; null before. */
  readonly code: string | null;
  readonly revealed: boolean;
}

/** What an auditor keeps of a set of test tips. Whoever has the file knows which tips are tests. */
export interface CanarySetFile {
  readonly type: 'tinkin-canary-set';
  readonly v: 1;
  readonly instance: string;
  readonly auditor: string;
  /** Hash of the signed commitment. */
  readonly statement: Hash;
  readonly canaries: readonly Canary[];
}

const schema = z.strictObject({
  type: z.literal('tinkin-canary-set'),
  v: z.literal(1),
  instance: z.string().max(64),
  auditor: z.string().max(60),
  statement: z.string().refine(isHash),
  canaries: z
    .array(
      z.strictObject({
        tip: z.string().refine(isTipId),
        salt: z.string().refine(isHash),
        sent: z.boolean(),
        code: z.string().max(60).nullable(),
        revealed: z.boolean(),
      }),
    )
    .min(1)
    .max(AUDITOR_LIMITS.canaries),
}) satisfies z.ZodType<CanarySetFile, unknown>;

/** Reads a set. Throws UsageError for what is none. */
export async function readSet(file: string): Promise<CanarySetFile> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new UsageError(`${file} holds no set of test tips.`);
  }
}

/** Writes a set, readable by its owner alone: aside, synced and renamed, so that a cut leaves the old one or the new one. */
export async function writeSet(path: string, set: CanarySetFile): Promise<void> {
  const aside = `${path}.new`;
  const file = await open(aside, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(set, null, 1)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
}

/** The same set with another value at one place. */
export const changed = (set: CanarySetFile, index: number, more: Partial<Canary>): CanarySetFile => ({
  ...set,
  canaries: set.canaries.map((one, i) => (i === index ? { ...one, ...more } : one)),
});
