import type { MailboxLog } from './wire-ledger.ts';

/** JSON that travels between browser and server on citizens' routes (docs/protocol.md, HTTP). Bytes are base64url without padding. */

/** Answer of `POST /api/challenge`. */
export interface ChallengeAnswer {
  readonly kind: 'pow' | 'hcaptcha';
  readonly parameters: Readonly<Record<string, string | number>>;
  /** The hour that the submission's event must carry. */
  readonly t0: number;
  /** Seconds; ask for another challenge after it. */
  readonly expires: number;
}

/** Answer of `POST /api/mailbox/challenge`. */
export interface MailboxNonce {
  /** 32 bytes, base64url; valid once, for this locator, until `expires`. */
  readonly nonce: string;
  readonly expires: number;
}

/** Body of `POST /api/mailbox`. */
export interface MailboxRequest {
  /** 32 hex digits. */
  readonly locator: string;
  readonly nonce: string;
  readonly expires: number;
  /** Ed25519 signature by the login key over the login message. */
  readonly signature: string;
  /** At most two sizes of the public log that it was shown with before: the answer proves consistency from those that it had. */
  readonly sizes?: readonly number[];
}

/** One step of the tip's chain as the holder of the code may see it: the exact citizen part with its salt. */
export interface MailboxStep {
  readonly no: number;
  readonly type: string;
  readonly citizenPart: string;
  readonly citizenSalt: string;
  /** Leaf hash, hex. */
  readonly leaf: string;
  /** Day of the sender's own steps, which the part does not hold; left out for others. */
  readonly day?: string;
}

/** One message of the unit, sealed to the mailbox. */
export interface MailboxMessage {
  readonly no: number;
  readonly core: string;
  readonly wraps: string;
  readonly body: string;
  readonly seal: string;
}

/** Answer of `POST /api/mailbox`; followed by spaces up to one of few fixed sizes. */
export interface MailboxAnswer {
  readonly tip: string;
  readonly unit: string;
  readonly t0: number;
  readonly stage: string;
  readonly overlay: string;
  readonly outcome: string | null;
  /** How the tip was sealed. */
  readonly assurance: string;
  /** Units that a message is sealed to now, the holder first. */
  readonly readers: readonly string[];
  /** How many messages may still be written, today and in all. */
  readonly room: { readonly today: number; readonly total: number };
  readonly head: { readonly no: number; readonly leaf: string };
  readonly steps: readonly MailboxStep[];
  readonly messages: readonly MailboxMessage[];
  /** Where the steps are in the public log; null while nothing is published. */
  readonly log: MailboxLog | null;
}
