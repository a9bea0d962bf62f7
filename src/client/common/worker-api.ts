import type { Day, UnitId } from '../../domain/ids.ts';
import type { ConductGroup } from '../../domain/terms.ts';
import type { TipContent } from '../../domain/tip-content.ts';
import type { SealRequest } from '../../protocol/fresh-target.ts';
import type { ReadMailbox } from '../../protocol/mailbox-reading.ts';
import type { ChallengeAnswer, MailboxAnswer } from '../../protocol/wire.ts';
import type { ConversationApi } from './conversation-api.ts';
import type { FilesApi } from './files-api.ts';

/** Where a tip will be sealed to, after the whole chain was verified. */
export interface TargetInfo {
  readonly unit: UnitId;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly fingerprint: string;
  /** True when the unit asked for has no live key and one above it takes the tip. */
  readonly fallback: boolean;
  /** Name of the unit that was asked for. */
  readonly askedVi: string;
  readonly askedEn: string;
  /** False where the public log has published nothing yet, so that the keys were not compared with it. */
  readonly logged: boolean;
}

/** What came of checking the server's promise. The tip is accepted in every case. */
export interface PromiseResult {
  readonly result: 'good' | 'clock' | 'bad';
  readonly code: string;
  /** UTC seconds by which the tip must be in the log; 0 when unknown. */
  readonly includeBy: number;
}

/** What came of comparing a mailbox with the public log. */
export type ProofSeen =
  | {
      readonly kind: 'verified';
      /** So many steps are in the log, of so many that are shown. */
      readonly steps: number;
      readonly of: number;
      /** Day of the checkpoint. */
      readonly day: Day;
      /** UTC seconds by which the others must be there; null when none waits. */
      readonly includeBy: number | null;
      /** True once a receipt file was compared. */
      readonly compared: boolean;
      /** Day on which the log was begun anew since what was compared; null where it is the same. */
      readonly renewed: Day | null;
    }
  | {
      readonly kind: 'alarm';
      readonly code: string;
      readonly evidence: Uint8Array<ArrayBuffer>;
      /** Names of the independent auditors to whom the evidence may be given. */
      readonly auditors: readonly string[];
    }
  /** Nothing is published yet. */
  | { readonly kind: 'none' }
  /** No directory verified, so nobody knows whose signatures count. */
  | { readonly kind: 'unsure' };

/** An open mailbox with what the public log says of it. */
export interface OpenedMailbox extends ReadMailbox {
  readonly proof: ProofSeen;
}

/** What the crypto Worker does. It holds keys and code; the page never does, but for showing the code once. */
export interface WorkerApi extends ConversationApi, FilesApi {
  /** Loads the primitives. `noble` is the slow way, without WebAssembly. */
  start(): { readonly suite: 'sodium' | 'noble' };
  /** Makes a fresh code and its keys, once; later calls wait for the same. `again` throws the old one away. */
  prepare(again: boolean): null;
  /** Verifies a directory bundle from the pins down, finds the key for a unit and compares it with the log; `now` in UTC seconds. */
  target(request: SealRequest & { readonly now: number }): TargetInfo;
  /** Seals to the target that was found last, with the files that are attached. Throws `manifest_mismatch` while one is not whole on the server. */
  seal(tip: {
    readonly content: TipContent;
    readonly urgent: boolean;
    readonly conductGroup: ConductGroup;
  }): { readonly sealHash: string };
  /**
   * Solves the challenge and gives the bytes to send. Reports progress from 0 to 1. `token` is what a third party gave for an answered
   * check, where the challenge is such a one.
   */
  prove(challenge: ChallengeAnswer, token?: string): Uint8Array<ArrayBuffer>;
  /** Checks the server's answer to the last frame or to an earlier one with the same seal. */
  check(request: { readonly answer: Uint8Array; readonly now: number }): PromiseResult;
  /** The code, to be shown after the tip was accepted. */
  code(): string;
  /** The receipt file. */
  receipt(): { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

  /** Derives a mailbox's keys from a code; gives its locator. */
  unlock(code: string): { readonly locator: string };
  /** Signs a login. */
  login(request: { readonly origin: string; readonly nonce: string; readonly expires: number }): {
    readonly signature: string;
  };
  /** Units that held the tip: whose directories `open` needs. */
  units(answer: MailboxAnswer): readonly string[];
  /** Opens what the server answered, with the directories of the units that held the tip. */
  open(request: {
    readonly answer: MailboxAnswer;
    readonly bundles: readonly Uint8Array[];
    readonly now: number;
  }): OpenedMailbox;
  /** Sizes of the log that the next look is compared with. */
  sizes(): readonly number[];
  /** Opens a receipt file with the code; the next look is compared with it. Throws `receipt_malformed`. */
  compare(file: Uint8Array): null;
  /** The receipt file with what was verified last. Throws `receipt_malformed` before one was opened. */
  renewed(): { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };
  /** Overwrites every secret. */
  forget(): null;
}

export type Method = keyof WorkerApi;

/** What travels to the Worker. */
export interface WorkerRequest {
  readonly id: number;
  readonly method: Method;
  readonly args: readonly unknown[];
}

/** What travels back. */
export type WorkerReply =
  | { readonly id: number; readonly kind: 'done'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'failed'; readonly code: string }
  | { readonly id: number; readonly kind: 'progress'; readonly share: number };
