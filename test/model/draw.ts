import { dayAt, plusDays } from './dates.ts';
import { type ActSaid, type Judging, judge, latestUntil } from './judge.ts';
import { isCrime, isGrave } from './limits.ts';
import type { Paper } from './paper.ts';
import type { Person } from './people.ts';

/** Random numbers of which one act is made; small ones stand for what is usual, so that what fails shrinks to it. */
export interface Draw {
  readonly tip: number;
  readonly who: number;
  readonly step: number;
  /** 0: what the model allows, with right data; 1: any person, any step, right data; 2: anything. */
  readonly how: 0 | 1 | 2;
  readonly data: readonly [number, number, number];
}

/** What one person is about to do to one tip. */
export interface Try {
  readonly paper: Paper;
  readonly person: Person;
  readonly act: ActSaid;
}

const pick = <T>(list: readonly T[], n: number): T => {
  const found = list[n % list.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

const KINDS = [
  ...['crime_report', 'crime_report', 'crime_denunciation', 'crime_report', 'admin_violation'],
  ...['denunciation_info', 'crime_report', 'petition', 'crime_denunciation'],
  ...['out_of_scope', 'support_request', 'denunciation', 'complaint', 'feedback', 'prosecution_proposal'],
];
const CONDUCTS = ['harbouring', 'brokering', 'selling_sex', 'minor_labour', 'other'];
const OUTCOMES = [
  ...['prosecuted', 'not_prosecuted', 'sanctioned', 'not_prosecuted', 'unfounded', 'duplicate', 'kept'],
  ...['sanctioned', 'inspected', 'spam'],
  ...['insufficient', 'inspected', 'transferred', 'referred_support', 'withdrawn', 'unreadable', 'suspended'],
];
const CIRCUMSTANCES: readonly (readonly string[])[] = [
  ...[[], [], ['serious'], ['minor'], ['very_serious'], ['caught_in_act', 'may_flee'], ['public_concern']],
];
const PROCURACIES = ['14-vks', 'vn-vks', '14-ca'];
const RECEIVERS = ['14-ca', '14-03646-ca', '14-03980-ca', '14-03664-ca', '14-ttca', '14-vks', '14-tt'];

/** Every step of staff that goes through a tip's own address, with how often it is tried. */
const WEIGHTS: Readonly<Record<string, number>> = {
  ...{ registered: 40, classified: 3, assigned: 4, verification_started: 40, prioritised: 1 },
  ...{ resolution_proposed: 20, resolution_refused: 8, resolved: 40, notified: 25, archived: 15 },
  ...{ transfer_sent: 3, transfer_acknowledged: 30, transfer_returned: 15 },
  ...{ message_posted: 1, question_posted: 1, thread_muted: 1, thread_unmuted: 1, printed: 1, rewrapped: 1 },
  ...{ receipt_noticed: 2, child_measures_taken: 1, assignment_proposed: 3, file_passed: 20 },
  ...{ extension_proposed: 25, extended: 60, extension_refused: 15 },
  ...{ suspension_proposed: 15, suspended: 50, suspension_refused: 10, suspension_noticed: 10 },
  ...{ suspension_annulled: 20, resumed: 20, reopened: 12, post_check_set: 20, post_check_done: 20 },
};
const STEPS = Object.keys(WEIGHTS);

/** Data of an act. `n` small and `wild` false: as an honest officer fills it in. */
export const actFor = (
  step: string,
  paper: Paper,
  n: readonly [number, number, number],
  world: Judging & { readonly people: readonly Person[]; readonly papers: readonly Paper[] },
  wild: boolean,
): ActSaid => {
  const [a, b, c] = n;
  const colleagues = world.people.filter(({ unit }) => unit === paper.holder);
  const procuracy = wild
    ? pick(PROCURACIES, a)
    : pick(
        PROCURACIES.filter((one) => world.supervises(one, paper.holder)),
        a,
      );
  const decision = { decision: 0 };
  const paperwork = { documentNumber: `${a}/QĐ`, ground: 'Theo hồ sơ' };
  switch (step) {
    case 'classified': {
      const legalKind = pick(KINDS, a);
      const circumstances = pick(CIRCUMSTANCES, b);
      const grave = isGrave(circumstances) && world.kindOf(paper.holder) === 'commune_police';
      return {
        ...{ step, legalKind, conduct: wild && c % 5 === 0 ? 'no_such_conduct' : pick(CONDUCTS, c) },
        ...{ priority: pick(['P3', 'P2', 'P1', 'P4'], b), circumstances },
        competent: wild ? c % 2 === 0 : !grave && c % 4 !== 3,
        identity: pick(['anonymous', 'refused', 'confidential', 'named'], c),
        evidence:
          legalKind === 'denunciation_info' && !(wild && b % 3 === 0)
            ? { violator: b % 2 === 0, proof: c % 2 === 0, basis: true }
            : null,
      };
    }
    case 'prioritised':
      return { step, priority: pick(['P1', 'P2', 'P3', 'P4'], a), reason: 'Xem lại' };
    case 'assigned':
      return { step, assignee: pick(wild || colleagues.length === 0 ? world.people : colleagues, a).id };
    case 'verification_started':
      return { step, plan: 'Xác minh tại chỗ' };
    case 'resolution_proposed':
      return proposal(paper, n, world, wild);
    case 'resolution_refused':
    case 'extension_refused':
    case 'suspension_refused':
      return { step, ...decision, reason: 'Chưa đủ' };
    case 'resolved':
    case 'suspended':
      return { step, ...decision };
    case 'extended':
      return { step, ...decision, documentNumber: '2/QĐ' };
    case 'notified':
    case 'suspension_noticed':
      return { step, impossible: wild ? pick([null, 'no_code', 'refused'], a) : null };
    case 'receipt_noticed':
      return {
        ...{ step, toUnit: isCrime(paper.kind) || wild ? procuracy : null },
        impossible: wild ? pick([null, 'no_code', 'refused'], b) : null,
      };
    case 'transfer_sent':
      return {
        ...{ step, toUnit: pick(wild ? [...RECEIVERS, 'zz-ca'] : RECEIVERS, a), why: 'other_place' },
        ...{ ...paperwork, documentDay: dayAt(world.now), pages: 1 + (b % 9) },
      };
    case 'transfer_returned':
      return { step, why: 'incomplete', ground: 'Thiếu tài liệu' };
    case 'thread_muted':
    case 'thread_unmuted':
      return { step, reason: 'Quấy rối' };
    case 'printed':
      return { step, watermark: 'Bản in' };
    case 'child_measures_taken':
      return { step, ...paperwork };
    case 'assignment_proposed':
      return { step, documentNumber: '3/ĐN' };
    case 'extension_proposed':
      return extension(paper, n, procuracy, world, wild);
    case 'suspension_proposed':
      return { step, why: 'expert_awaited', ...paperwork, toUnit: procuracy };
    case 'suspension_annulled':
      return { step, documentNumber: '4/QĐ', reason: 'Không có căn cứ' };
    case 'resumed':
      return { step, ...paperwork };
    case 'file_passed':
      return { step, agency: 'UBND phường', documentNumber: '5/CV' };
    case 'reopened':
      return {
        ...{ step, why: pick(['new_facts', 'follow_up', 'decision_annulled'], a) },
        ...{ reason: 'Có tình tiết mới', documentNumber: '6/QĐ' },
      };
    case 'diverted':
      return {
        ...{ step, toUnit: pick(wild ? RECEIVERS : ['14-ttca', 'vn-ttb', '14-vks', '14-tt'], a) },
        ...{ why: 'conflict', ground: 'Có người của đơn vị' },
      };
    case 'post_check_set': {
      const [focal, deputy] = wild
        ? [pick(world.people, a), pick(world.people, b)]
        : [pick(colleagues, a), pick(colleagues, a + 1)];
      const day = plusDays(dayAt(world.now), wild ? (c % 400) - 2 : 1 + (c % 60));
      return { step, day, kind: 'sanction', focal: focal.id, deputy: deputy.id };
    }
    case 'post_check_done':
      return { step, result: pick(['clean', 'again', 'not_found'], a), reason: 'Đã kiểm tra' };
    default:
      return { step };
  }
};

const proposal = (
  paper: Paper,
  [a, b]: readonly number[] & readonly [number, number, number],
  world: { readonly papers: readonly Paper[] },
  wild: boolean,
): ActSaid => {
  const outcome = pick(OUTCOMES, a);
  const others = world.papers.filter((one) => one !== paper && (wild || one.holder === paper.holder));
  const into = others.length === 0 ? undefined : pick(others, b).tip;
  return {
    ...{ step: 'resolution_proposed', outcome, documentNumber: wild && b % 4 === 0 ? '' : `${b}/KL` },
    ground: 'Kết quả xác minh',
    ...(outcome === 'duplicate' && into !== undefined ? { mergedInto: into } : {}),
    ...(outcome === 'not_prosecuted' ? { noCase: 'no_crime', violationLeft: b % 2 === 0 } : {}),
    ...(outcome === 'transferred' ? { acknowledgedBy: wild && b % 3 === 0 ? ' ' : 'Chi cục Kiểm lâm' } : {}),
  };
};

const extension = (
  paper: Paper,
  [, b, c]: readonly number[] & readonly [number, number, number],
  procuracy: string,
  world: Judging,
  wild: boolean,
): ActSaid => {
  const number = wild ? ((1 + (b % 2)) as 1 | 2) : paper.extension === 0 ? 1 : 2;
  const latest = latestUntil(paper, number) ?? dayAt(world.now);
  const until = wild ? plusDays(latest, (c % 60) - 30) : plusDays(latest, -(c % 4));
  const byLaw = number === 2 && isCrime(paper.kind);
  return {
    ...{ step: 'extension_proposed', number, until, ground: 'Phức tạp', documentNumber: '7/ĐN' },
    toUnit: (wild ? b % 3 !== 0 : byLaw) ? procuracy : null,
  };
};

/** The act that a draw stands for, or null where nobody may do anything sensible. */
export const tried = (
  draw: Draw,
  world: Judging & { readonly people: readonly Person[]; readonly papers: readonly Paper[] },
): Try | null => {
  if (world.papers.length === 0) return null;
  // The first tips are taken up more often, so that some lives get long.
  const n = world.papers.length;
  const paper = pick(world.papers, Math.min(draw.tip % n, (draw.tip >> 4) % n));
  if (draw.how > 0) {
    const person = pick(world.people, draw.who);
    const step = pick(STEPS, draw.step);
    return { paper, person, act: actFor(step, paper, draw.data, world, draw.how === 2) };
  }
  const allowed = new Map<string, Try[]>();
  for (const step of STEPS) {
    const act = actFor(step, paper, draw.data, world, false);
    const people = world.people.filter((person) => judge(paper, person, act, world).size === 0);
    if (people.length > 0)
      allowed.set(
        step,
        people.map((person) => ({ paper, person, act })),
      );
  }
  const weighted = [...allowed.keys()].flatMap((step) => Array<string>(WEIGHTS[step] ?? 1).fill(step));
  if (weighted.length === 0) return null;
  return pick(allowed.get(pick(weighted, draw.step)) ?? [], draw.who);
};
