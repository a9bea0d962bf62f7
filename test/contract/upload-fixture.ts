import { expect } from 'vitest';
import type { Hash, Seconds, StaffId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store/store.ts';
import type { AttachmentClaim, NewUpload } from '../../src/ports/store/upload-store.ts';
import {
  bytes,
  envelope,
  hex,
  newHash,
  newTip,
  nextEvent,
  submission,
  T0,
  T0_SECONDS,
} from './store-fixture.ts';

const ROOM = 10_000_000;

export const upload = (set: Partial<NewUpload> = {}): NewUpload => ({
  id: hex(16),
  kind: 'attachment',
  bytes: 3000,
  parts: 3,
  hour: T0,
  challenge: { id: hex(16), expires: (T0_SECONDS + 3600) as Seconds },
  room: ROOM,
  ...set,
});

interface Finished extends AttachmentClaim {
  readonly hashes: readonly Hash[];
}

/** An upload whose parts are all noted and which is complete. */
export async function finished(store: Store, set: Partial<NewUpload> = {}): Promise<Finished> {
  const { id, bytes: size, parts } = await begun(store, set);
  const hashes = Array.from({ length: parts }, newHash);
  for (const [no, hash] of hashes.entries()) await store.uploads.notePart(id, no, hash);
  const root = newHash();
  expect(await store.uploads.complete(id, root)).toBe('complete');
  return { id, bytes: size, parts, root, hashes };
}

export async function begun(store: Store, set: Partial<NewUpload> = {}): Promise<NewUpload> {
  const made = upload(set);
  expect(await store.uploads.begin(made)).toBe('begun');
  return made;
}

export const claimOf = ({ id, bytes: size, parts, root }: Finished): AttachmentClaim => ({
  id,
  bytes: size,
  parts,
  root,
});

/** A submission whose envelope carries these uploads. */
export const carrying = (...claims: readonly AttachmentClaim[]) => {
  const tip = newTip();
  return submission({
    tip,
    envelope: { ...envelope(tip), manifest: bytes(150) },
    attachments: claims,
  });
};

export const readingOf = (store: Store, reader: StaffId) =>
  nextEvent(store, `reader:${reader}`, { type: 'attachment_opened' });
