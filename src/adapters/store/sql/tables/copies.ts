import type { UnitId } from '../../../../domain/ids.ts';
import { bytes, integer, keyOf, orNull, text } from '../columns.ts';

/** Tables of `0014_working_copies.sql` and `0015_copy_pictures.sql`. */
export const COPIES = {
  working_copy: {
    tip: integer(),
    no: integer(),
    unit: text<UnitId>(),
    to_unit: text<UnitId>(),
    core: bytes(),
    body: bytes(),
    seal: bytes(),
    wraps: bytes(),
    manifest: orNull(bytes()),
  },
  copy_picture: { upload: keyOf(), tip: integer(), no: integer() },
};
