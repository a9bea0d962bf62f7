import type { UnitId } from '../../../../domain/ids.ts';
import { bytes, integer, text } from '../columns.ts';

/** Table of `0014_working_copies.sql`. */
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
  },
};
