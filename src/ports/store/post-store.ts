import type { Day, Hash, Seconds, StaffId } from '../../domain/ids.ts';
import type { EventRow, Stale } from './event-row.ts';

/** Where letters to a member of staff go. */
export interface Contact {
  readonly staff: StaffId;
  readonly email: string;
  readonly lang: 'vi' | 'en';
  readonly confirmed: boolean;
}

/** Where letters to members of staff go, and which hours were served. */
export interface PostStore {
  contact(staff: StaffId): Promise<Contact | null>;
  /** An address that waits for its code; takes the place of the one before. */
  setContact(event: EventRow, contact: Contact, codeHash: Hash, ends: Seconds): Promise<'saved' | Stale>;
  /** True once with the right code in time; after five wrong ones code and address are gone. */
  confirm(event: EventRow, staff: StaffId, codeHash: Hash, now: Seconds): Promise<boolean | Stale>;
  dropContact(event: EventRow, staff: StaffId): Promise<'dropped' | 'unknown' | Stale>;
  /** True for the one caller that may serve this hour. */
  takeSlot(day: Day, slot: number): Promise<boolean>;
  served(day: Day, slot: number, sent: number, failed: number): Promise<void>;
  /** Confirmed addresses of active members; pages of `limit` by staff id. */
  receivers(after: StaffId | null, limit: number): Promise<readonly Contact[]>;
}
