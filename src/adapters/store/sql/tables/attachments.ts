import type { Hour } from '../../../../domain/ids.ts';
import type { NewUpload, UploadState } from '../../../../ports/store/upload-store.ts';
import { bytes, counted, integer, orNull, text } from '../columns.ts';

/** Tables of `0011_attachments.sql`. */
export const ATTACHMENTS = {
  upload: {
    seq: counted(),
    id: bytes(),
    kind: text<NewUpload['kind']>(),
    state: text<UploadState>(),
    bytes: integer(),
    parts: integer(),
    begun_hour: integer<Hour>(),
    root: orNull(bytes()),
    part_hashes: orNull(bytes()),
    tip: orNull(integer()),
    no: orNull(integer()),
  },
  upload_part: { upload: integer(), no: integer(), hash: bytes() },
};
