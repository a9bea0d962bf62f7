import type { Seconds } from '../../../../domain/ids.ts';
import { bytes, integer, keyOf, text } from '../columns.ts';

/** Tables of what an administrator keeps of the law, and of the files that are law. */
export const LAW = {
  holiday_year: {
    event_no: keyOf(),
    year: integer(),
    data: text(),
    saved: integer<Seconds>(),
    by: text(),
  },
  law_file: { name: text(), hash: bytes(), event_no: integer() },
};
