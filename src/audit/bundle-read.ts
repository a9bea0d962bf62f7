import { BUNDLE_LIMITS, type BundleLine } from './lines.ts';

type Kind = 'text' | 'whole' | 'texts' | 'wholes' | 'texts?' | 'object' | 'text?' | 'one' | 'bundleKind';

/** Fields of each line, in no order. `?`: may be left out or null, as the type says. */
const FIELDS: { readonly [T in BundleLine['t']]: Readonly<Record<string, Kind>> } = {
  bundle: {
    ...{ v: 'one', kind: 'bundleKind', instance: 'text', origin: 'text', size: 'whole', root: 'text' },
    ...{ auditor: 'text', day: 'text', from: 'whole', units: 'texts?', law: 'object' },
  },
  log: { log: 'whole', origin: 'text', vkey: 'text' },
  statement: { kind: 'text', b: 'text' },
  shard: { b: 'text' },
  batch: { log: 'whole', from: 'whole', size: 'whole', note: 'text', seed: 'text', dummies: 'whole' },
  entries: { from: 'whole', b: 'text' },
  auditor: { b: 'text' },
  chain: { subject: 'text', events: 'whole' },
  event: { i: 'whole', r: 'text', s: 'text', c: 'text', cs: 'text', p: 'text', ps: 'text', promise: 'text?' },
  hole: { from: 'whole', to: 'whole', indices: 'wholes', leaves: 'texts' },
  proof: { nodes: 'texts' },
  end: { chains: 'whole', events: 'whole' },
};

const isText = (value: unknown): value is string => typeof value === 'string';
const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isList = (value: unknown, is: (one: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(is);

function fits(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'text':
      return isText(value);
    case 'text?':
      return value === undefined || isText(value);
    case 'whole':
      return isWhole(value);
    case 'one':
      return value === 1;
    case 'bundleKind':
      return value === 'whole' || value === 'scoped';
    case 'texts':
      return isList(value, isText);
    case 'texts?':
      return value === null || isList(value, isText);
    case 'wholes':
      return isList(value, isWhole);
    case 'object':
      return (
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.values(value).every(isText)
      );
  }
}

/** Reads one line of a bundle (attacker-controlled); null for anything that no writer makes: too long, no JSON, unknown, another form. */
export function readLine(text: string): BundleLine | null {
  if (text.length > BUNDLE_LIMITS.line) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('t' in value)) return null;
  const line = value as Readonly<Record<string, unknown>>;
  const fields = isText(line.t) && Object.hasOwn(FIELDS, line.t) ? FIELDS[line.t as BundleLine['t']] : null;
  if (fields === null) return null;
  for (const name in line) if (name !== 't' && !Object.hasOwn(fields, name)) return null;
  for (const name in fields) if (!fits(line[name], fields[name] as Kind)) return null;
  if (line.t === 'bundle' && Number(line.size) > BUNDLE_LIMITS.leaves) return null;
  return line as unknown as BundleLine;
}

/** Order in which lines must come; `auditor` and `chain` begin what they name, the rest follows its head. */
const STAGES: { readonly [T in BundleLine['t']]: number } = {
  ...{ bundle: 0, log: 1, statement: 2, shard: 2, batch: 3, entries: 3, auditor: 4 },
  ...{ chain: 5, event: 5, hole: 5, proof: 6, end: 7 },
};

/** True when a line may follow the one before it; null before the first. */
export const mayFollow = (before: BundleLine['t'] | null, line: BundleLine['t']): boolean =>
  before === null
    ? line === 'bundle'
    : line !== 'bundle' && STAGES[line] >= STAGES[before] && before !== 'end';
