import { nodeCrypto } from '../adapters/crypto/node.ts';
import { httpWitness } from '../adapters/witness/http-witness.ts';
import type { Config } from '../config.ts';
import { type NoteKey, parseVkey } from '../ledger/note.ts';
import type { RequestLog } from '../ports/deps.ts';
import type { Witness } from '../ports/witness.ts';
import type { Pins } from '../protocol/root.ts';
import type { Hashes } from '../protocol/suite.ts';
import { InstanceError } from './instance-error.ts';

/** A witness's key out of its text. Throws InstanceError `witness_key`. */
function witnessKeyOf(hashes: Pick<Hashes, 'sha256'>, vkey: string): NoteKey {
  const key = parseVkey((data) => hashes.sha256(data), vkey);
  if (key?.algorithm === 'cosignature' && vkey.length <= 200) return key;
  throw new InstanceError('witness_key', `"${vkey}" is not the verifier key of a witness.`);
}

/** The witnesses elsewhere that the configuration names. Throws InstanceError `witness_key`. */
export function namedWitnesses({ witnesses }: Pick<Config, 'witnesses'>): readonly Witness[] {
  const crypto = nodeCrypto();
  return witnesses.map(({ vkey, url }) => httpWitness(witnessKeyOf(crypto, vkey), url));
}

/**
 * The witnesses that the configuration names, after those that are there without it. Says in the log when they are fewer than the pins demand: then nothing is published. Throws
 * InstanceError `witness_key`.
 */
export function witnessesOf(
  { witnesses }: Pick<Config, 'witnesses'>,
  { minWitnesses = 0 }: Pick<Pins, 'minWitnesses'>,
  log: RequestLog,
  own: readonly Witness[] = [],
): readonly Witness[] {
  const all = [...own, ...namedWitnesses({ witnesses })];
  if (all.length < minWitnesses)
    log.service('warn', 'witnesses_too_few', { configured: all.length, needed: minWitnesses });
  return all;
}

/** Which witnesses the next directory names besides those before, and which no longer. */
export interface WitnessChanges {
  /** Verifier keys. */
  readonly added?: readonly string[];
  /** Names. */
  readonly removed?: readonly string[];
}

/**
 * The directory's witnesses after a change; one of a name that is there takes its place. Throws InstanceError `witness_key` for what is no key of
 * a witness, and for a name that the directory does not have.
 */
export function changedWitnesses(
  hashes: Pick<Hashes, 'sha256'>,
  before: readonly string[],
  { added = [], removed = [] }: WitnessChanges,
): readonly string[] {
  const nameOf = (vkey: string): string => vkey.split('+', 1)[0] ?? '';
  for (const name of removed)
    if (!before.some((vkey) => nameOf(vkey) === name))
      throw new InstanceError('witness_key', `The directory names no witness ${name}.`);
  const gone = new Set([...removed, ...added.map((vkey) => witnessKeyOf(hashes, vkey).name)]);
  return [...new Set([...before.filter((vkey) => !gone.has(nameOf(vkey))), ...added])];
}
