import { isDay, isStaffId, isUnitId, type UnitId } from '../../domain/ids.ts';
import {
  type Act,
  DIVERT_GROUNDS,
  NO_NOTICE,
  type NoNotice,
  REOPEN_GROUNDS,
  SUSPENSION_GROUNDS,
} from '../../domain/life-cycle-types.ts';
import { given, guarded, type Of, oneOf, type Read, text, whole } from './act-fields.ts';

/** A value that may be null; undefined for one that is wrong. */
const orNull = <T>(value: unknown, read: (value: unknown) => T | null): T | null | undefined =>
  value === null ? null : (read(value) ?? undefined);

const unitOrNull = (value: unknown): UnitId | null | undefined =>
  orNull(value, (one) => guarded(one, isUnitId));
const noticeOf = (value: unknown): NoNotice | null | undefined =>
  orNull(value, (one) => oneOf(NO_NOTICE, one));

/** A step that tells the informant something, or says why that cannot be. */
export const noticed = <S extends 'notified' | 'suspension_noticed'>(step: S, value: unknown): Act | null => {
  const impossible = noticeOf(value);
  return impossible === undefined ? null : { step, impossible };
};

/** Steps of extensions, suspension, notices, diversion, reopening and follow-ups. */
export const LAW_ACTS: { readonly [S in Act['step']]?: Read } = {
  receipt_noticed: ({ toUnit, impossible }) => {
    const unit = unitOrNull(toUnit);
    const why = noticeOf(impossible);
    return unit === undefined || why === undefined
      ? null
      : { step: 'receipt_noticed', toUnit: unit, impossible: why };
  },
  child_measures_taken: ({ documentNumber, ground }) =>
    given<Of<'child_measures_taken'>>({
      step: 'child_measures_taken',
      documentNumber: text(documentNumber),
      ground: text(ground),
    }),
  assignment_proposed: ({ documentNumber }) =>
    given<Of<'assignment_proposed'>>({ step: 'assignment_proposed', documentNumber: text(documentNumber) }),
  extension_proposed: ({ number, until, ground, documentNumber, toUnit }) => {
    const unit = unitOrNull(toUnit);
    if (unit === undefined) return null;
    const act = given<Omit<Of<'extension_proposed'>, 'toUnit'>>({
      step: 'extension_proposed',
      number: number === 1 || number === 2 ? number : null,
      until: guarded(until, isDay),
      ground: text(ground),
      documentNumber: text(documentNumber),
    });
    return act === null ? null : { ...act, toUnit: unit };
  },
  extended: ({ decision, documentNumber }) =>
    given<Of<'extended'>>({
      step: 'extended',
      decision: whole(decision),
      documentNumber: text(documentNumber),
    }),
  extension_refused: ({ decision, reason }) =>
    given<Of<'extension_refused'>>({
      step: 'extension_refused',
      decision: whole(decision),
      reason: text(reason),
    }),
  suspension_proposed: ({ why, ground, documentNumber, toUnit }) =>
    given<Of<'suspension_proposed'>>({
      step: 'suspension_proposed',
      why: oneOf(SUSPENSION_GROUNDS, why),
      ground: text(ground),
      documentNumber: text(documentNumber),
      toUnit: guarded(toUnit, isUnitId),
    }),
  suspended: ({ decision }) => given<Of<'suspended'>>({ step: 'suspended', decision: whole(decision) }),
  suspension_refused: ({ decision, reason }) =>
    given<Of<'suspension_refused'>>({
      step: 'suspension_refused',
      decision: whole(decision),
      reason: text(reason),
    }),
  suspension_noticed: ({ impossible }) => noticed('suspension_noticed', impossible),
  suspension_annulled: ({ documentNumber, reason }) =>
    given<Of<'suspension_annulled'>>({
      step: 'suspension_annulled',
      documentNumber: text(documentNumber),
      reason: text(reason),
    }),
  resumed: ({ documentNumber, ground }) =>
    given<Of<'resumed'>>({ step: 'resumed', documentNumber: text(documentNumber), ground: text(ground) }),
  diverted: ({ toUnit, why, ground }) =>
    given<Of<'diverted'>>({
      step: 'diverted',
      toUnit: guarded(toUnit, isUnitId),
      why: oneOf(DIVERT_GROUNDS, why),
      ground: text(ground),
    }),
  file_passed: ({ agency, documentNumber }) =>
    given<Of<'file_passed'>>({
      step: 'file_passed',
      agency: text(agency),
      documentNumber: text(documentNumber),
    }),
  reopened: ({ why, reason, documentNumber }) =>
    given<Of<'reopened'>>({
      step: 'reopened',
      why: oneOf(REOPEN_GROUNDS, why),
      reason: text(reason),
      documentNumber: text(documentNumber),
    }),
  post_check_set: ({ day, kind, focal, deputy }) =>
    given<Of<'post_check_set'>>({
      step: 'post_check_set',
      day: guarded(day, isDay),
      kind: oneOf(['sanction', 'hotspot'] as const, kind),
      focal: guarded(focal, isStaffId),
      deputy: guarded(deputy, isStaffId),
    }),
  post_check_done: ({ result, reason }) =>
    given<Of<'post_check_done'>>({
      step: 'post_check_done',
      result: oneOf(['clean', 'again', 'not_found'] as const, result),
      reason: text(reason),
    }),
};
