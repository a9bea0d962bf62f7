import type { Day, Seconds, UnitId } from '../../../../domain/ids.ts';
import type { ClockName } from '../../../../domain/terms.ts';
import { bytes, counted, flag, integer, orDefault, orNull, text } from '../columns.ts';

/** Tables of the law in the life cycle: who may settle, follow-ups, where letters go. */
export const DUTIES = {
  settlement_right: {
    id: bytes(),
    unit: text<UnitId>(),
    staff: bytes(),
    grade: text<'mid' | 'high'>(),
    legal_kinds: text(),
    document: text(),
    valid_from: integer<Seconds>(),
    valid_until: orNull(integer<Seconds>()),
    record: bytes(),
  },
  absence: {
    seq: counted(),
    unit: text<UnitId>(),
    staff: bytes(),
    valid_from: integer<Seconds>(),
    valid_until: orNull(integer<Seconds>()),
  },
  focal_alarm: { unit: text<UnitId>(), day: text<Day>() },
  escalation_mark: {
    tip: integer(),
    clock: text<ClockName>(),
    round: integer(),
    unit: text<UnitId>(),
    due: integer<Seconds>(),
    told: integer(),
    at: orNull(integer<Seconds>()),
  },
  escalated: {
    unit: text<UnitId>(),
    tip: integer(),
    clock: text<ClockName>(),
    round: integer(),
    at: integer<Seconds>(),
  },
  walk: { name: text<'marks'>(), event: integer() },
  post_check: {
    tip: integer(),
    round: integer(),
    unit: text<UnitId>(),
    day: text<Day>(),
    kind: text<'sanction' | 'hotspot'>(),
    focal: bytes(),
    deputy: bytes(),
    set_no: integer(),
    done_no: orNull(integer()),
    result: orNull(text<'clean' | 'again' | 'not_found'>()),
  },
  staff_contact: {
    staff: bytes(),
    email: text(),
    lang: text<'vi' | 'en'>(),
    confirmed: orDefault(flag()),
    code_hash: orNull(bytes()),
    code_ends: orNull(integer<Seconds>()),
    tries: orDefault(integer()),
  },
  digest_slot: {
    day: text<Day>(),
    slot: integer(),
    sent: orDefault(integer()),
    failed: orDefault(integer()),
  },
};
