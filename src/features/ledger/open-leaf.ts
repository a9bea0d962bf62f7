import type { OpenedEvent } from '../../ports/store/ledger-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import type { OpenLeaf } from '../../protocol/wire-ledger.ts';

/** An opened event as it travels. Null for one whose salts are gone. */
export function toOpenLeaf(event: OpenedEvent): OpenLeaf | null {
  const { index, leafSalt, citizenSalt, restrictedSalt } = event;
  if (leafSalt === null || citizenSalt === null || restrictedSalt === null) return null;
  return {
    index,
    record: toBase64Url(event.record),
    leafSalt: toBase64Url(leafSalt),
    citizenPart: toBase64Url(event.citizenPart),
    citizenSalt: toBase64Url(citizenSalt),
    restrictedPart: toBase64Url(event.restrictedPart),
    restrictedSalt: toBase64Url(restrictedSalt),
  };
}
