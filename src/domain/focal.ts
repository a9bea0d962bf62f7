import type { Seconds, StaffId, UnitId } from './ids.ts';
import type { Overlay, Stage } from './terms.ts';
import type { FocalStage } from './transition-types.ts';

/** Days ahead for which absences and hand-overs are planned, and the longest absence with an end. */
export const FOCAL_POINT_RANGE = 366;

/** A person named for a stage of a unit's work; effective-dated, ended and never overwritten. */
export interface FocalDuty {
  readonly stage: FocalStage;
  readonly rank: 'active' | 'deputy';
  readonly staff: StaffId;
  readonly from: Seconds;
  readonly until: Seconds | null;
}

export interface Absence {
  readonly staff: StaffId;
  readonly from: Seconds;
  readonly until: Seconds | null;
}

/** What must be known of a unit to say who answers in it. */
export interface UnitDuties {
  readonly unit: UnitId;
  readonly duties: readonly FocalDuty[];
  readonly absences: readonly Absence[];
  /** Its leaders, the longest-serving first. */
  readonly leaders: readonly { readonly staff: StaffId; readonly role: 'head' | 'deputy' }[];
}

/** What of a tip decides who answers for it. */
export interface TipOnDesk {
  readonly stage: Stage;
  readonly overlay: Overlay;
  /** True while a two-person step waits for its second person. */
  readonly pending: boolean;
  readonly assignee: StaffId | null;
  /** When the tip came to this stage, overlay and decision. */
  readonly since: Seconds;
}

export const ANSWERING = ['assignee', 'active', 'deputy', 'head', 'deputy_head', 'above', 'nobody'] as const;
export type Answering = (typeof ANSWERING)[number];

/** The one person answerable. `nobody` (staff null) only where no unit up to the top has a leader: an alarm. */
export interface Answerable {
  readonly unit: UnitId;
  readonly staff: StaffId | null;
  readonly as: Answering;
  readonly since: Seconds;
}

/** The stage of the unit's work to which a tip belongs now. */
export const focalStageOf = (tip: Pick<TipOnDesk, 'stage' | 'overlay' | 'pending'>): FocalStage => {
  if (tip.pending || tip.overlay === 'transfer_sent') return 'resolution';
  switch (tip.stage) {
    case 'submitted':
      return 'intake';
    case 'received':
      return 'classification';
    case 'classified':
    case 'assigned':
    case 'verifying':
      return 'verification';
    default:
      return 'answer';
  }
};

const runs = ({ from, until }: { from: Seconds; until: Seconds | null }, now: Seconds): boolean =>
  from <= now && (until === null || now < until);

const awaySince = (unit: UnitDuties, staff: StaffId, now: Seconds): Seconds | null =>
  unit.absences.find((absence) => absence.staff === staff && runs(absence, now))?.from ?? null;

interface Candidate {
  readonly staff: StaffId;
  readonly as: Answering;
  readonly since: Seconds;
}

/** Everybody who could answer in a unit, the first one first; absent ones too. */
const candidates = (unit: UnitDuties, stage: FocalStage | null, now: Seconds): Candidate[] => {
  const duty = (rank: FocalDuty['rank']): Candidate[] =>
    unit.duties
      .filter((one) => one.stage === stage && one.rank === rank && runs(one, now))
      .slice(0, 1)
      .map((one) => ({ staff: one.staff, as: rank, since: one.from }));
  const leaders = (role: 'head' | 'deputy', as: Answering): Candidate[] =>
    unit.leaders
      .filter((one) => one.role === role)
      // Leading is no duty of one moment: what counts is when the tip, or the ones before them, left it to them.
      .map((one) => ({ staff: one.staff, as, since: 0 as Seconds }));
  return [
    ...duty('active'),
    ...duty('deputy'),
    ...leaders('head', 'head'),
    ...leaders('deputy', 'deputy_head'),
  ];
};

/**
 * Who answers for a tip at a moment: its assignee while it is verified, else the focal point of its stage, their deputy, the head, a deputy
 * head, then a leader of the units above, whoever is the first not absent. Always exactly one. `since` is when that began: the tip came
 * here, the person took the duty, or the ones before them went away, whichever was last.
 * @param chain the holder first, then the units above it in its own tree, nearest first; never empty.
 */
export const answerable = (
  tip: TipOnDesk,
  chain: readonly [UnitDuties, ...UnitDuties[]],
  now: Seconds,
): Answerable => {
  const [home, ...above] = chain;
  const stage = focalStageOf(tip);
  const assigned: Candidate[] =
    stage === 'verification' && tip.assignee !== null
      ? [{ staff: tip.assignee, as: 'assignee', since: tip.since }]
      : [];
  let since = tip.since;
  for (const unit of [home, ...above]) {
    const own = unit === home;
    const list = own ? [...assigned, ...candidates(unit, stage, now)] : candidates(unit, null, now);
    for (const one of list) {
      const away = awaySince(unit, one.staff, now);
      if (away === null)
        return {
          unit: unit.unit,
          staff: one.staff,
          as: own ? one.as : 'above',
          since: Math.max(since, one.since) as Seconds,
        };
      since = Math.max(since, away) as Seconds;
    }
  }
  return { unit: (above.at(-1) ?? home).unit, staff: null, as: 'nobody', since };
};

/** The stages of a unit for which nobody named is there: no active one, or active and deputy both absent. Each is an alarm. */
export const holesIn = (unit: UnitDuties, stages: readonly FocalStage[], now: Seconds): FocalStage[] =>
  stages.filter((stage) => {
    const named = unit.duties.filter((one) => one.stage === stage && runs(one, now));
    if (!named.some((one) => one.rank === 'active')) return true;
    return named.every((one) => awaySince(unit, one.staff, now) !== null);
  });
