import { lawHashes } from '../../audit/law-hashes.ts';
import { readLawOfSteps } from '../../domain/law.ts';
import type { Deps } from '../../ports/deps.ts';

/** The rules that this service decides by, with article and days in force, and the hash of every file of law. Throws `DataError` for a wrong one. */
export function lawInForce({ crypto, data }: Pick<Deps, 'crypto' | 'data'>) {
  const { rules, extensions, settlement, kinds } = readLawOfSteps((name) => data.get(name));
  return {
    hashes: lawHashes(crypto, (name) => data.get(name)),
    rules: rules.rules,
    rollDays: rules.rollDays,
    extensions,
    settlement,
    kinds: [...kinds.values()],
  };
}
