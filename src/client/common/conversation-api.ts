import type { Informant } from '../../domain/conversation.ts';
import type { UnitId } from '../../domain/ids.ts';
import type { Lang } from '../../i18n/index.ts';
import type { ChallengeAnswer } from '../../protocol/wire.ts';
import type { PromiseResult } from './worker-api.ts';

/** What every step needs: the directories of the units that hold the tip, and the time (UTC seconds). */
export interface StepContext {
  readonly bundles: readonly Uint8Array[];
  readonly now: number;
}

/** A step that was sealed and signed: what its proof of work is asked for with. */
export interface StepKey {
  readonly key: string;
}

/** What the crypto Worker does in an open mailbox. A step stays the same over every retry, until another one is built. */
export interface ConversationApi {
  /** Name of the open mailbox, for another visit without the code being typed again. */
  locator(): string;
  /** Seals and signs a message to the units that read it now, with the files that are attached. */
  compose(
    message: StepContext & {
      readonly text: string;
      readonly lang: Lang;
      readonly informant: Informant | null;
    },
  ): StepKey;
  /** Signs a yes or no to the question whether a unit may have the tip. */
  /** The signed withdrawal of the tip. */
  withdraw(context: StepContext): StepKey;
  consent(answer: StepContext & { readonly unit: UnitId; readonly yes: boolean }): StepKey;
  /** Makes a new code and gives it to be written down. It opens nothing until `changeCode` was taken. */
  makeCode(): string;
  /** Signs the change to the code that was made last, with the old one. */
  changeCode(context: StepContext): StepKey;
  /** Solves the challenge and gives the bytes to send. */
  proveStep(challenge: ChallengeAnswer): Uint8Array<ArrayBuffer>;
  /** Checks the server's answer. After a change of code the Worker goes on with the new one. */
  checkStep(request: { readonly answer: Uint8Array; readonly now: number }): PromiseResult;
  /** Names of a unit out of a verified directory; null where it proves none. */
  unitNames(request: {
    readonly unit: UnitId;
    readonly bundle: Uint8Array;
    readonly now: number;
  }): { readonly nameVi: string; readonly nameEn: string } | null;
}
