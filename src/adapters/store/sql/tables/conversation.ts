import type { Day, UnitId } from '../../../../domain/ids.ts';
import { bytes, integer, keyOf, orDefault, orNull, text } from '../columns.ts';

/** Tables of `0012_conversation.sql`. */
export const CONVERSATION = {
  thread: { tip: keyOf(), unit: text<UnitId>(), arrived: integer(), seen: orDefault(integer()) },
  citizen_acceptance: {
    tip: integer(),
    key: bytes(),
    no: integer(),
    day: orNull(text<Day>()),
    answer: bytes(),
  },
  author_key: { tip: integer(), no: integer(), author_key: bytes(), facts: bytes() },
};
