import type { TipEvent } from '../../ports/store/triage-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';

/** An event of a tip as JSON, with everything that opens it: the exact bytes in base64url, so that whoever reads it can check it. */
export const eventView = (event: TipEvent) => ({
  no: event.no,
  type: event.type,
  leaf: event.leaf,
  record: toBase64Url(event.record),
  leafSalt: toBase64Url(event.leafSalt),
  citizenPart: toBase64Url(event.citizenPart),
  citizenSalt: toBase64Url(event.citizenSalt),
  restrictedPart: toBase64Url(event.restrictedPart),
  restrictedSalt: toBase64Url(event.restrictedSalt),
});
