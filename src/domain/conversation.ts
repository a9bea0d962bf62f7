import type { AttachmentEntry } from './attachments.ts';
import type { Day, Hash, UnitId } from './ids.ts';
import type { IdentityMode, IntakeChannel } from './terms.ts';

/** Bounds of one thread. A hand-over sends new wraps of all its envelopes in one step, which bounds them all. */
export const THREAD_LIMITS = {
  /** Envelopes of one tip, the tip itself among them. */
  envelopes: 140,
  /** Of these, written by the citizen after the tip, and written by units. */
  citizen: 70,
  unit: 69,
  /** Messages of the citizen in one day (UTC+7). */
  citizenPerDay: 20,
} as const;

/** Longest texts of a message and of what an operator writes down beside a tip, in UTF-16 units after NFC. */
export const CONVERSATION_LIMITS = {
  text: 20_000,
  reason: 1_000,
  name: 200,
  born: 40,
  address: 500,
  contact: 200,
  document: 200,
  marks: 50,
  mark: 300,
  voiceKept: 1_000,
} as const;

/** Particulars of an informant who gave them; inside the envelope only. */
export interface Informant {
  readonly mode: IdentityMode;
  /** Why the identity was refused (TT 28/2020 Đ5.3), for `refused`. */
  readonly reason: string;
  readonly name: string;
  readonly born: string;
  readonly address: string;
  readonly contact: string;
}

/** How a tip came to an operator; inside the envelope only. */
export interface Taken {
  readonly channel: IntakeChannel;
  /** Number and date of the sender's document (other agencies), or empty. */
  readonly document: string;
  /** Seconds from the call's beginning with what was noted then, by the time-stamp key. At most 50. */
  readonly marks: readonly { readonly after: number; readonly text: string }[];
  /** Why the voice was kept as an attachment; empty when it was not. */
  readonly voiceKept: string;
  /** True when a program's draft of the words was used and nobody has compared it with the recording. */
  readonly draftUnverified: boolean;
}

/** What a unit asks in a message. */
export type Asked =
  /** An answer is hoped for by the end of a day. */
  | { readonly kind: 'answer'; readonly by: Day }
  /** May the tip be passed on to this unit? Only the citizen's signed yes allows it. */
  | { readonly kind: 'consent'; readonly unit: UnitId };

/** A unit's message to the citizen, version 2 (version 1 has neither `about` nor `ask`). */
export interface UnitMessage {
  readonly v: 2;
  readonly from: { readonly unit: string; readonly name: string };
  readonly day: string;
  readonly text: string;
  /** `reward`: a reward was decided; nothing outside the envelope tells. */
  readonly about: 'plain' | 'reward';
  readonly ask: Asked | null;
}

/** A citizen's message to the unit. */
export interface CitizenMessage {
  readonly v: 1;
  readonly from: 'citizen';
  readonly lang: 'vi' | 'en';
  readonly text: string;
  readonly attachments: readonly AttachmentEntry[];
  /** Who they are, when they want to say so now; null otherwise. */
  readonly informant: Informant | null;
  /** True when an operator wrote it down for a caller. */
  readonly byOperator: boolean;
}

/** Steps that the holder of the code signs. */
export const CITIZEN_STEPS = [
  'message_received',
  'consent_answered',
  'mailbox_changed',
  'withdrawal_signed',
] as const;
export type CitizenStep = (typeof CITIZEN_STEPS)[number];

/** A step of the citizen with its data. */
export type CitizenAct =
  | { readonly step: 'message_received' }
  /** The tip is taken back: what a unit needs before it may end a tip as withdrawn, and no more than that. */
  | { readonly step: 'withdrawal_signed' }
  | { readonly step: 'consent_answered'; readonly unit: UnitId; readonly yes: boolean }
  /** `mailbox`: H('tk1/mailbox', facts) of the new keys; `next`: H('tk1/author', tip, new author key). */
  | { readonly step: 'mailbox_changed'; readonly mailbox: Hash; readonly next: Hash };
