import type { Day, Seconds, UnitId } from '../../../../domain/ids.ts';
import type { ClockName } from '../../../../domain/terms.ts';
import { bytes, counted, flag, integer, keyOf, orDefault, orNull, text } from '../columns.ts';

/**
 * Tables of the law in the life cycle: who may settle, what was diverted, whom to tell when, follow-ups, absences, where letters go, what
 * units were before, and what an administrator edits.
 */
export const DUTIES = {
  diversion: {
    tip: integer(),
    event_no: integer(),
    from_unit: text<UnitId>(),
    to_unit: text<UnitId>(),
    numbered: flag(),
    closed: flag(),
  },
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
  escalation_mark: {
    tip: integer(),
    clock: text<ClockName>(),
    round: integer(),
    at: integer<Seconds>(),
    level: integer(),
  },
  escalation_told: {
    unit: text<UnitId>(),
    at: integer<Seconds>(),
    tip: integer(),
    clock: text<ClockName>(),
    level: integer(),
    event_no: integer(),
  },
  walk: { name: text(), seq: integer() },
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
  absence: {
    seq: counted(),
    staff: bytes(),
    unit: text<UnitId>(),
    valid_from: integer<Seconds>(),
    valid_until: orNull(integer<Seconds>()),
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
  unit_change: {
    seq: counted(),
    code: text<UnitId>(),
    day: text<Day>(),
    kind: text<'founded' | 'renamed' | 'moved' | 'remote' | 'ended'>(),
    name_vi: text(),
    name_en: text(),
    parent: text(),
    remote: flag(),
    successors: orDefault(text()),
    basis: text(),
    done: flag(),
  },
  holiday_year: { year: keyOf(), data: text(), saved: integer<Seconds>(), by: bytes() },
  law_file: { name: text(), hash: bytes() },
};
