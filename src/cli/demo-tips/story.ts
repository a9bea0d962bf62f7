import type { UnitId } from '../../domain/ids.ts';
import type { Act } from '../../domain/life-cycle-types.ts';
import type { ConductGroup, LegalKind, Outcome, Priority } from '../../domain/terms.ts';

/** One act on a tip, so many hours after it was sent. A `resolved` without number decides the open proposal; a hand-over's paper is of that day. */
export interface StoryAct {
  readonly after: number;
  readonly by: string;
  readonly act:
    | Act
    | { readonly step: 'resolved' }
    | Omit<Act & { readonly step: 'transfer_sent' }, 'documentDay'>;
  readonly text?: string;
}

/** An invented tip and what became of it. */
export interface Story {
  readonly unit: UnitId;
  /** Hours before now at which it was sent. */
  readonly sent: number;
  readonly urgent: boolean;
  readonly group: ConductGroup;
  readonly conduct: string;
  readonly place: { readonly province: string; readonly commune: string | null; readonly name: string };
  readonly what: string;
  readonly where: string;
  readonly acts: readonly StoryAct[];
  /** Its code is kept, so that the answer can be read. */
  readonly keepCode: boolean;
}

/** Who works in a unit, by account. */
export interface Desk {
  readonly unit: string;
  readonly officer: string;
  readonly head: string;
  readonly place: Story['place'];
}

/** A unit's desk in the demonstration. */
export const desk = (
  unit: string,
  officer: string,
  head: string,
  province: string,
  commune: string | null,
  name: string,
): Desk => ({
  unit,
  officer,
  head,
  place: { province, commune, name },
});

/** A tip that another unit was asked to take, and what came of it. Hours after sending; after `taken` that unit goes on with the course. */
interface Transfer {
  readonly to: Desk;
  readonly ground: string;
  readonly sent: number;
  readonly taken?: number;
  readonly returned?: { readonly after: number; readonly ground: string };
}

/** Hours after sending at which each stage was reached; what is left out did not happen. */
interface Course {
  readonly registered?: number;
  readonly classified?: number;
  readonly verifying?: number;
  readonly proposed?: number;
  readonly resolved?: number;
  readonly notified?: number;
  readonly archived?: number;
}

/** A case as it is told in `stories.ts`. */
export interface Case {
  readonly desk: Desk;
  readonly sent: number;
  readonly group: ConductGroup;
  readonly conduct: string;
  readonly kind?: LegalKind;
  readonly priority?: Priority;
  readonly outcome?: Outcome;
  readonly document?: string;
  readonly ground?: string;
  readonly what: string;
  readonly where?: string;
  readonly answer?: string;
  readonly urgent?: boolean;
  readonly keepCode?: boolean;
  /** Who decides on the proposal, when it is not the unit's own head: somebody from the unit above. */
  readonly decidedBy?: string;
  readonly transfer?: Transfer;
  readonly course: Course;
}

const ANSWER =
  'Cảm ơn bạn đã báo tin. Đơn vị đã kiểm tra và xử lý theo quy định. Nếu có thêm thông tin, xin gửi tin mới.';

/** The acts of a case that went so far as its course says. */
export function story(given: Case): Story {
  const { desk: place, course, transfer, outcome = 'inspected' } = given;
  const acts: StoryAct[] = [];
  const add = (after: number | undefined, by: string, act: StoryAct['act'], text?: string): void => {
    if (after !== undefined) acts.push({ after, by, act, ...(text === undefined ? {} : { text }) });
  };
  add(course.registered, place.officer, { step: 'registered' });
  // Who hands a tip over has classified it first, as somebody else's; and classifies it again when it comes back.
  if (transfer !== undefined) addTransfer(add, given, transfer);
  const { officer, head } = transfer?.taken === undefined ? place : transfer.to;
  add(course.classified, transfer?.returned === undefined ? officer : head, classified(given, true));
  add(course.verifying, officer, {
    step: 'verification_started',
    plan: 'Kiểm tra tại địa bàn, làm việc với chủ cơ sở',
  });
  add(course.proposed, officer, {
    step: 'resolution_proposed',
    outcome,
    documentNumber: given.document ?? '',
    ground: given.ground ?? 'Theo kết quả xác minh',
  });
  add(course.resolved, given.decidedBy ?? head, { step: 'resolved' });
  add(course.notified, officer, { step: 'notified', impossible: null }, given.answer ?? ANSWER);
  add(course.archived, officer, { step: 'archived' });
  return {
    unit: place.unit as UnitId,
    sent: given.sent,
    urgent: given.urgent ?? false,
    group: given.group,
    conduct: given.conduct,
    place: place.place,
    what: given.what,
    where: given.where ?? '',
    acts,
    keepCode: given.keepCode ?? false,
  };
}

type Add = (after: number | undefined, by: string, act: StoryAct['act']) => void;

function addTransfer(add: Add, given: Case, { to, ground, sent, taken, returned }: Transfer): void {
  const { officer, head } = given.desk;
  add(sent - 1, officer, classified(given, false));
  add(sent, head, {
    ...{ step: 'transfer_sent', toUnit: to.unit as UnitId, why: 'other_place', ground },
    ...{ documentNumber: '12/PC', pages: 1 },
  });
  add(taken, to.officer, { step: 'transfer_acknowledged' });
  if (returned !== undefined)
    add(returned.after, to.officer, {
      step: 'transfer_returned',
      why: 'wrong_unit',
      ground: returned.ground,
    });
}

const classified = (
  { conduct, kind = 'crime_report', priority = 'P3' }: Case,
  competent: boolean,
): StoryAct['act'] => ({
  ...{ step: 'classified', legalKind: kind, conduct, priority, competent },
  ...{ circumstances: [], identity: 'anonymous', evidence: null },
});
