import type { Seconds, UnitId } from '../../../../domain/ids.ts';
import type { FocalStage } from '../../../../domain/transition-types.ts';
import type { FocalPointRow, StaffRow } from '../../../../ports/store/accounts-store.ts';
import { bytes, counted, integer, orDefault, orNull, text } from '../columns.ts';

/** Tables of `0001_staff_and_instance.sql`. */
export const PEOPLE = {
  meta: { key: text(), value: text() },
  staff: {
    seq: counted(),
    id: bytes(),
    account: text(),
    display_name: text(),
    unit: text<UnitId>(),
    roles: text(),
    status: text<StaffRow['status']>(),
    sign_key: orNull(bytes()),
    kem_key: orNull(bytes()),
    salt: orNull(bytes()),
    memory_kib: orNull(integer()),
    passes: orNull(integer()),
    login_key: orNull(bytes()),
    wrapped_secrets: orNull(bytes()),
    totp_sealed: orNull(bytes()),
    invite_hash: orNull(bytes()),
    invite_expires: orNull(integer<Seconds>()),
    totp_step: orDefault(integer()),
  },
  session: {
    token_hash: bytes(),
    staff: bytes(),
    created: integer<Seconds>(),
    last_seen: integer<Seconds>(),
    expires: integer<Seconds>(),
  },
  throttle: { account: text(), failures: integer(), not_before: integer<Seconds>() },
  focal_point: {
    seq: counted(),
    unit: text<UnitId>(),
    stage: text<FocalStage>(),
    rank: text<FocalPointRow['rank']>(),
    staff: bytes(),
    valid_from: integer<Seconds>(),
    valid_until: orNull(integer<Seconds>()),
  },
  staff_decision: {
    id: counted(),
    kind: text(),
    staff: bytes(),
    proposed_by: bytes(),
    proposed_at: integer<Seconds>(),
    closed_by: orNull(bytes()),
  },
};
