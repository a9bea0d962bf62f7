import { DataValue } from './data-error.ts';
import {
  type Circumstance,
  IDENTITY_MODES,
  type IdentityMode,
  INTAKE_CHANNELS,
  type IntakeChannel,
  LEGAL_KINDS,
  type LegalKind,
  type Outcome,
} from './terms.ts';

/** What the law asks for with a kind of tip (`db/data/legal-kinds.json`); limits of time are in the clocks. */
export interface KindDuties {
  readonly kind: LegalKind;
  /** How far the informant must be known; null: not at all. */
  readonly identities: readonly IdentityMode[] | null;
  /** The doors through which such a thing can come; null: any. */
  readonly channels: readonly IntakeChannel[] | null;
  /** True when the procuracy is told of its receipt (TTLT 01/2017 Đ14.1). */
  readonly procuracy: boolean;
  /** True when it must be checked once it names a violator, gives proof and a basis (Luật Tố cáo 2018 Đ25). */
  readonly evidenceTest: boolean;
  readonly basis: string;
}

/** Luật Tố cáo 2018 Đ25: information that nobody signed is checked when it has all three. */
export interface Evidence {
  readonly violator: boolean;
  readonly proof: boolean;
  readonly basis: boolean;
}

/** True when a tip passes the evidence test and so may not be put aside unchecked. */
export const isCheckable = ({ violator, proof, basis }: Evidence): boolean => violator && proof && basis;

/** Why a tip cannot be of a kind, or null: `identity_needed` (informant or door does not fit), `evidence_test` (not answered). */
export const kindProblem = (
  tip: {
    readonly channel: IntakeChannel;
    readonly identity: IdentityMode;
    readonly evidence: Evidence | null;
  },
  duties: KindDuties,
): 'identity_needed' | 'evidence_test' | null => {
  if (duties.identities !== null && !duties.identities.includes(tip.identity)) return 'identity_needed';
  if (duties.channels !== null && !duties.channels.includes(tip.channel)) return 'identity_needed';
  return duties.evidenceTest && tip.evidence === null ? 'evidence_test' : null;
};

/** Outcomes that put a tip aside without anything having been found. */
const ASIDE: readonly Outcome[] = ['kept', 'insufficient', 'unfounded'];

/** True when an outcome needs verification first: every one that sets aside what passed the evidence test. */
export const needsChecking = (
  tip: { readonly legalKind: LegalKind | null; readonly circumstances: readonly Circumstance[] },
  outcome: Outcome,
): boolean =>
  tip.legalKind === 'denunciation_info' && tip.circumstances.includes('checkable') && ASIDE.includes(outcome);

const listOf = <const T extends string>(entry: DataValue, words: readonly T[]): readonly T[] | null =>
  entry.orNull((value) => value.items().map((item) => item.oneOf(words)));

/** Reads the parsed `db/data/legal-kinds.json`. Throws `DataError` naming the entry: malformed, a kind twice or missing. */
export const parseKindDuties = (json: unknown): ReadonlyMap<LegalKind, KindDuties> => {
  const kinds = new Map<LegalKind, KindDuties>();
  const root = new DataValue('legal-kinds', json).at('kinds');
  for (const entry of root.items()) {
    const kind = entry
      .only('kind', 'identities', 'channels', 'procuracy', 'evidenceTest', 'basis')
      .at('kind')
      .oneOf(LEGAL_KINDS);
    if (kinds.has(kind)) entry.at('kind').fail(`is given twice: ${kind}`);
    kinds.set(kind, {
      kind,
      identities: listOf(entry.at('identities'), IDENTITY_MODES),
      channels: listOf(entry.at('channels'), INTAKE_CHANNELS),
      procuracy: entry.at('procuracy').yesNo(),
      evidenceTest: entry.at('evidenceTest').yesNo(),
      basis: entry.at('basis').text(),
    });
  }
  const missing = LEGAL_KINDS.find((kind) => !kinds.has(kind));
  return missing === undefined ? kinds : root.fail(`lacks ${missing}`);
};
