import type { AttachmentEntry } from './attachments.ts';
import type { Informant, Taken } from './conversation.ts';

/**
 * The plaintext of a tip, as UTF-8 JSON inside the envelope. It exists in the citizen's browser, in an officer's console and, on the
 * script-less path, for a moment in the sealer's memory; never in a store. All text is NFC.
 */
export interface TipContent {
  readonly v: 1;
  readonly lang: 'vi' | 'en';
  readonly place: { readonly province: string; readonly commune: string | null; readonly name: string };
  /** Conduct as the citizen chose it, an id of the conduct table. */
  readonly conduct: string;
  readonly urgent: { readonly happeningNow: boolean; readonly danger: boolean; readonly minor: boolean };
  readonly official: {
    readonly involved: 'no' | 'yes' | 'unsure';
    readonly unit: string | null;
    readonly role: string | null;
  };
  /** Units that must not see the tip; consoles refuse to wrap to one of them. At most `MAX_EXCLUDED`. */
  readonly excluded: readonly string[];
  readonly what: string;
  readonly when: string;
  readonly where: string;
  readonly who: string;
  readonly how: string;
}

/** What a tip has beside its words; all of it inside the envelope, written only where there is some. */
export interface TipExtras {
  readonly attachments: readonly AttachmentEntry[];
  /** How an operator took it down; null for what its sender sealed. */
  readonly taken: Taken | null;
  /** Who gave it, if they said so; null otherwise. */
  readonly informant: Informant | null;
}

export const NO_EXTRAS: TipExtras = { attachments: [], taken: null, informant: null };

/** Most units that one tip can keep out: the accused unit and every one that a form offers beside it. */
export const MAX_EXCLUDED = 16;

/** Longest text of one field, in UTF-16 units after NFC. */
export const FIELD_LIMITS = {
  what: 20_000,
  when: 500,
  where: 1_000,
  who: 4_000,
  how: 2_000,
  message: 20_000,
} as const;
