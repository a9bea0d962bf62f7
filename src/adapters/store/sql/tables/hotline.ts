import type { Day, Hour, UnitId } from '../../../../domain/ids.ts';
import type { RecordingEnd } from '../../../../ports/store/hotline-store.ts';
import { bytes, counted, flag, integer, keyOf, orDefault, orNull, text } from '../columns.ts';

/** Tables of `0013_hotline.sql`. */
export const HOTLINE = {
  tip_taken: { tip: keyOf(), staff: bytes(), unit: text<UnitId>() },
  switchboard: {
    id: bytes(),
    unit: text<UnitId>(),
    name: text(),
    token_hash: bytes(),
    revoked: orDefault(flag()),
  },
  recording: {
    seq: counted(),
    id: bytes(),
    unit: text<UnitId>(),
    hour: integer<Hour>(),
    bytes: integer(),
    parts: integer(),
    root: orNull(bytes()),
    part_hashes: orNull(bytes()),
    meta: orNull(bytes()),
    opened: orDefault(flag()),
    ended: orNull(text<RecordingEnd>()),
  },
  recording_wrap: { recording: integer(), staff: bytes(), wrap: bytes() },
  recording_share: { recording: integer(), holder: text(), share: bytes() },
  box_opening: {
    seq: counted(),
    id: bytes(),
    unit: text<UnitId>(),
    box: text(),
    day: text<Day>(),
    letters: integer(),
    entered: orDefault(integer()),
    opened_by: bytes(),
    statement: bytes(),
    pending: orDefault(flag()),
  },
};
