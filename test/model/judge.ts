import { APART, refusedBecause } from './allowed.ts';
import type { Around } from './book.ts';
import { dayAt, plusDays, plusMonths, rolled } from './dates.ts';
import { isCrime, isGrave } from './limits.ts';
import type { Paper } from './paper.ts';
import { HANDLE, type Person, type Place, type Standing, standings } from './people.ts';

/** A recorded assignment of the right to settle. */
export interface Right {
  readonly staff: string;
  readonly unit: string;
  readonly kinds: readonly string[];
  readonly from: number;
  readonly until: number | null;
}

/** What the model must know of the world to judge an act. */
export interface Judging extends Around {
  readonly rights: readonly Right[];
  above(unit: string): readonly string[];
  diverters(unit: string): readonly string[];
  takesDiverted(unit: string): boolean;
  supervises(procuracy: string, unit: string): boolean;
  exists(unit: string): boolean;
  person(id: string): Person | undefined;
  paper(tip: string): Paper | undefined;
  /** True for a tip into which another one was merged. */
  holdsMerged(tip: string): boolean;
}

export type ActSaid = { readonly step: string } & { readonly [key: string]: unknown };

const SIGNED = ['in_person', 'post', 'tip_box', 'interagency'];

/** Where an act's people and place stand. */
export const placeOf = (paper: Paper, world: Judging): Place => ({
  holder: paper.holder,
  sentTo: paper.sentTo,
  supervisor: paper.supervisor,
  proposer: paper.waiting?.by ?? null,
  checkers: paper.check === null ? [] : [paper.check.focal, paper.check.deputy],
  above: world.above(paper.holder),
  diverters: world.diverters(paper.holder),
});

/** Every code with which an act may be refused; none: it must be taken. */
export const judge = (paper: Paper, person: Person, act: ActSaid, world: Judging): ReadonlySet<string> => {
  const is = standings(person, placeOf(paper, world));
  const outcome = act.step === 'resolution_proposed' ? String(act.outcome) : null;
  const why = refusedBecause(paper.desk, act.step, outcome, is);
  const codes = new Set<string>([
    ...(why.has('state') ? ['step_not_allowed', 'stale'] : []),
    ...(why.has('person') ? ['step_forbidden'] : []),
    ...second(paper, person, act.step),
    ...content(paper, person, act, world, is),
  ]);
  return codes;
};

/** Two different people; for what is set apart one inside and one outside. */
const second = (paper: Paper, person: Person, step: string): readonly string[] => {
  const { waiting, holder } = paper;
  if (waiting === null) return [];
  // The procuracy that was asked answers, and no other; whoever asked may take it back.
  if (step === 'extension_refused' && typeof waiting.toUnit === 'string' && waiting.by !== person.id)
    return waiting.toUnit === person.unit ? [] : ['step_forbidden'];
  if (!['resolved', 'extended', 'suspended', 'shredded'].includes(step)) return [];
  const codes: string[] = [];
  if (waiting.by === person.id) codes.push('same_person');
  const apart = waiting.outcome !== undefined && APART.includes(waiting.outcome);
  if (apart && (person.unit === holder) === (waiting.byUnit === holder)) codes.push('outside_person');
  // The procuracy that was asked decides, and no other.
  if (step === 'extended' && typeof waiting.toUnit === 'string' && waiting.toUnit !== person.unit)
    codes.push('step_forbidden');
  return codes;
};

const content = (
  paper: Paper,
  person: Person,
  act: ActSaid,
  world: Judging,
  is: ReadonlySet<Standing>,
): readonly string[] => {
  switch (act.step) {
    case 'classified':
      return classification(paper, act, world);
    case 'assigned':
      return assignee(String(act.assignee), paper, world) ? [] : ['member_unknown'];
    case 'extension_proposed':
      return [
        ...extension(paper, act.number as 1 | 2, String(act.until), true, world),
        ...asked(paper, act, world),
      ];
    case 'extended': {
      const { waiting } = paper;
      if (waiting?.number === undefined || waiting.until === undefined) return [];
      return extension(paper, waiting.number, waiting.until, false, world);
    }
    case 'suspension_proposed':
      return world.supervises(String(act.toUnit), paper.holder) ? [] : ['supervisor_unit'];
    case 'receipt_noticed':
      return [
        ...(act.toUnit === null || world.supervises(String(act.toUnit), paper.holder)
          ? []
          : ['supervisor_unit']),
        ...notice(act),
      ];
    case 'notified':
    case 'suspension_noticed':
      return notice(act);
    case 'suspended':
      return settling(paper, person, 'suspended', world);
    case 'resolved':
      return [
        ...settling(paper, person, paper.waiting?.outcome ?? '', world),
        ...(paper.waiting?.into === undefined ? [] : merging(paper, paper.waiting.into, person, world)),
        ...losing(paper, world),
      ];
    case 'resolution_proposed':
      return proposal(paper, person, act, world);
    case 'transfer_sent':
      if (act.toUnit === paper.holder) return ['field_invalid'];
      if (!world.exists(String(act.toUnit))) return ['unit_unknown'];
      // Told for help and not for the police: nobody here has agreed to more.
      return world.kindOf(paper.holder) === 'social_support' ? ['consent_missing'] : [];
    case 'assignment_proposed':
      return world.kindOf(paper.holder) === 'commune_police' ? [] : ['step_not_allowed'];
    case 'reopened':
      if (paper.outcome === 'duplicate') return ['merged_elsewhere'];
      // A unit's own decision is annulled by those above it alone.
      return act.why === 'decision_annulled' && !is.has('leader_above') ? ['step_forbidden'] : [];
    case 'diverted':
      return act.toUnit !== paper.holder && world.takesDiverted(String(act.toUnit)) ? [] : ['divert_target'];
    case 'thread_muted':
    case 'thread_unmuted':
      return paper.muted === (act.step === 'thread_muted') ? ['step_not_allowed'] : [];
    case 'post_check_set':
      return followUp(paper, act, world);
    case 'post_check_done':
      return paper.check === null ? ['step_not_allowed'] : [];
    default:
      return [];
  }
};

const classification = (paper: Paper, act: ActSaid, world: Judging): string[] => {
  const codes: string[] = [];
  const kind = String(act.legalKind);
  if (kind === 'denunciation' || kind === 'complaint') {
    const known = ['named', 'confidential'].includes(String(act.identity));
    if (!known || !SIGNED.includes(paper.channel)) codes.push('identity_needed');
  }
  if (kind === 'denunciation_info' && act.evidence === null) codes.push('evidence_test');
  const grave = isGrave(act.circumstances as readonly string[]);
  if (grave && act.competent === true && world.kindOf(paper.holder) === 'commune_police')
    codes.push('above_level');
  if (String(act.conduct).startsWith('no_such')) codes.push('field_invalid');
  return codes;
};

const assignee = (id: string, paper: Paper, world: Judging): boolean => {
  const found = world.person(id);
  return (
    found !== undefined && found.unit === paper.holder && found.roles.some((role) => HANDLE.includes(role))
  );
};

/** The last day to which a period may be made longer: 2 months from receipt, then 2 from the expiry and 4 in all; a denunciation twice 30 days. */
export const latestUntil = (paper: Paper, number: 1 | 2): string | null => {
  const due = paper.running('settle')?.due;
  if (due === undefined) return null;
  const received = dayAt(paper.t0);
  const last = dayAt(due);
  if (paper.kind === 'denunciation') return plusDays(last, 30);
  const two = plusMonths(received, 2);
  if (number === 1) return rolled(two);
  const expiry = last < two ? last : two;
  const [further, all] = [plusMonths(expiry, 2), plusMonths(received, 4)];
  return rolled(further < all ? further : all);
};

const extension = (
  paper: Paper,
  number: 1 | 2,
  until: string,
  asking: boolean,
  { now }: Judging,
): string[] => {
  const codes: string[] = [];
  if (!isCrime(paper.kind) && paper.kind !== 'denunciation') codes.push('extension_kind');
  if (number !== paper.extension + 1) codes.push('extension_order');
  const due = paper.running('settle')?.due;
  if (due === undefined || now > due) return [...codes, 'extension_late'];
  const before = number === 2 && isCrime(paper.kind) ? 5 : 0;
  if (asking && dayAt(now) > plusDays(dayAt(due), -before)) codes.push('extension_late');
  const latest = latestUntil(paper, number);
  if (latest === null || until <= dayAt(due) || until > latest) codes.push('extension_until');
  return codes;
};

/** Who is asked: the procuracy over the unit for the second one of a crime, a leader for every other. */
const asked = (paper: Paper, act: ActSaid, world: Judging): string[] => {
  const procuracy = act.number === 2 && isCrime(paper.kind);
  if (procuracy !== (act.toUnit !== null)) return ['supervisor_unit'];
  return act.toUnit === null || world.supervises(String(act.toUnit), paper.holder) ? [] : ['supervisor_unit'];
};

/** The tests' citizens all have their code, so that everything can be posted. */
const notice = (act: ActSaid): string[] => (act.impossible === null ? [] : ['notice_possible']);

/** Since 1 July 2025 a commune settles what is criminal only by a recorded assignment, and never what is very serious. */
const settling = (paper: Paper, person: Person, outcome: string, world: Judging): string[] => {
  if (world.kindOf(paper.holder) !== 'commune_police' || !isCrime(paper.kind)) return [];
  if (!['prosecuted', 'not_prosecuted', 'suspended'].includes(outcome)) return [];
  const codes: string[] = [];
  if (paper.circumstances.some((one) => one === 'very_serious' || one === 'especially_serious'))
    codes.push('above_level');
  const held = world.rights.some(
    (right) =>
      right.staff === person.id &&
      right.unit === person.unit &&
      right.kinds.includes(paper.kind ?? '') &&
      right.from <= world.now &&
      (right.until === null || world.now < right.until),
  );
  if (!held) codes.push('no_right_to_settle');
  return codes;
};

const proposal = (paper: Paper, person: Person, act: ActSaid, world: Judging): string[] => {
  const codes: string[] = [];
  const outcome = String(act.outcome);
  if (String(act.documentNumber).trim() === '') codes.push('document_number');
  // `transferred` chuyển (acknowledged).
  if (outcome === 'transferred' && String(act.acknowledgedBy).trim() === '') codes.push('acknowledgement');
  if (outcome === 'withdrawn' && !paper.withdrew) codes.push('withdrawal_missing');
  const aside = ['kept', 'insufficient', 'unfounded'].includes(outcome);
  if (paper.kind === 'denunciation_info' && paper.circumstances.includes('checkable') && aside)
    if (paper.stage !== 'verifying') codes.push('check_first');
  if (outcome === 'duplicate')
    codes.push(
      ...(act.mergedInto === undefined
        ? ['merge_target']
        : merging(paper, String(act.mergedInto), person, world)),
    );
  else if (act.mergedInto !== undefined) codes.push('field_invalid');
  return codes;
};

/** What was merged is counted once: the tip in which it lives on must not leave the plans but into another one. */
const losing = (paper: Paper, world: Judging): string[] => {
  const outcome = paper.waiting?.outcome ?? '';
  const leaves = APART.includes(outcome) || (paper.kind === 'out_of_scope' && outcome !== 'duplicate');
  return leaves && world.holdsMerged(paper.tip) ? ['step_not_allowed'] : [];
};

/** Merged into another one that the same unit has and that is still counted. */
const merging = (paper: Paper, into: string, person: Person, world: Judging): string[] => {
  const target = world.paper(into);
  const counted =
    target !== undefined &&
    !(
      target.outcome !== null &&
      (['duplicate', ...APART].includes(target.outcome) || target.kind === 'out_of_scope')
    );
  const seen = target !== undefined && [target.holder, target.sentTo].includes(person.unit);
  return counted && seen && into !== paper.tip ? [] : ['merge_target'];
};

const followUp = (paper: Paper, act: ActSaid, world: Judging): string[] => {
  const codes: string[] = [];
  if (paper.check !== null) codes.push('post_check_open');
  const today = dayAt(world.now);
  if (String(act.day) <= today || String(act.day) > plusDays(today, 366)) codes.push('post_check_day');
  if (act.focal === act.deputy) codes.push('focal_same');
  for (const id of [String(act.focal), String(act.deputy)])
    if (!assignee(id, paper, world)) codes.push('member_unknown');
  return codes;
};
