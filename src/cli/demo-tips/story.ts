import type { UnitId } from '../../domain/ids.ts';
import type { Act } from '../../domain/life-cycle-types.ts';
import type { ConductGroup, LegalKind, Outcome, Priority } from '../../domain/terms.ts';

/** One act on a tip, so many hours after it was sent. A `resolved` without number decides the proposal that is open. */
export interface StoryAct {
  readonly after: number;
  readonly by: string;
  readonly act: Act | { readonly step: 'resolved' };
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
  readonly what: string;
  readonly where?: string;
  readonly answer?: string;
  readonly urgent?: boolean;
  readonly keepCode?: boolean;
  readonly course: Course;
}

const ANSWER =
  'Cảm ơn bạn đã báo tin. Đơn vị đã kiểm tra và xử lý theo quy định. Nếu có thêm thông tin, xin gửi tin mới.';

/** The acts of a case that went so far as its course says. */
export function story(given: Case): Story {
  const { desk: place, course, kind = 'crime_report', priority = 'P3', outcome = 'inspected' } = given;
  const acts: StoryAct[] = [];
  const add = (after: number | undefined, by: string, act: StoryAct['act'], text?: string): void => {
    if (after !== undefined) acts.push({ after, by, act, ...(text === undefined ? {} : { text }) });
  };
  const { officer, head } = place;
  add(course.registered, officer, { step: 'registered' });
  const { conduct } = given;
  add(course.classified, officer, {
    step: 'classified',
    legalKind: kind,
    conduct,
    priority,
    competent: true,
  });
  add(course.verifying, officer, {
    step: 'verification_started',
    plan: 'Kiểm tra tại địa bàn, làm việc với chủ cơ sở',
  });
  const documentNumber = given.document ?? '';
  add(course.proposed, officer, {
    step: 'resolution_proposed',
    outcome,
    documentNumber,
    ground: 'Theo kết quả xác minh',
  });
  add(course.resolved, head, { step: 'resolved' });
  add(course.notified, officer, { step: 'notified' }, given.answer ?? ANSWER);
  add(course.archived, officer, { step: 'archived' });
  return {
    unit: place.unit as UnitId,
    sent: given.sent,
    urgent: given.urgent ?? false,
    group: given.group,
    conduct,
    place: place.place,
    what: given.what,
    where: given.where ?? '',
    acts,
    keepCode: given.keepCode ?? false,
  };
}
