import type { Hash } from '../../domain/ids.ts';
import { fromBase64Url, toBase64Url } from '../../protocol/base64.ts';
import { ensure } from '../../protocol/errors.ts';
import { signLogin } from '../../protocol/login.ts';
import { contentsOf, readMailbox, unitsOfMailbox } from '../../protocol/mailbox-reading.ts';
import { EMPTY_MANIFEST } from '../../protocol/manifest.ts';
import type { SigningOperator } from '../../protocol/prepare.ts';
import {
  deriveMailbox,
  generateReceiptCode,
  type MailboxKeys,
  wipeMailbox,
} from '../../protocol/receipt-code.ts';
import type { Pins } from '../../protocol/root.ts';
import type { Suite } from '../../protocol/suite.ts';
import type { ChallengeAnswer, MailboxAnswer } from '../../protocol/wire.ts';
import type { ConversationApi, StepContext, StepKey } from '../common/conversation-api.ts';
import type { OpenedMailbox, PromiseResult, WorkerApi } from '../common/worker-api.ts';
import { MailboxCompare } from './mailbox-compare.ts';
import { MailboxSteps, type Visit } from './mailbox-steps.ts';
import type { SealedFiles } from './outgoing-files.ts';

const NO_FILES: SealedFiles = { entries: [], manifest: EMPTY_MANIFEST };

/** One visit with a code: reading, and what is written. Lives in the Worker and ends with it. */
export class MailboxSession {
  private readonly suite: Suite;
  private readonly pins: Pins;
  private readonly steps: MailboxSteps;
  private readonly log: MailboxCompare;
  private keys: MailboxKeys | null = null;
  /** Keys of a new code that was made and not taken yet. */
  private next: MailboxKeys | null = null;
  /** True while the step on its way is the change to `next`. */
  private changing = false;
  private visit: Omit<Visit, 'keys'> | null = null;

  /** @param operator who reads and writes for a caller, with the caller's code. */
  constructor(suite: Suite, pins: Pins, operator?: SigningOperator) {
    this.suite = suite;
    this.pins = pins;
    this.steps = new MailboxSteps(suite, pins, operator);
    this.log = new MailboxCompare(suite, pins);
  }

  /** Throws `code_malformed`, `code_check`. */
  unlock(code: string): { readonly locator: string } {
    this.forget();
    this.keys = deriveMailbox(this.suite, code, this.pins.instance);
    return { locator: this.keys.locator };
  }

  locator(): string {
    return this.opened().locator;
  }

  /** Throws `encoding`, `login_malformed`. */
  login(request: Parameters<WorkerApi['login']>[0]): { readonly signature: string } {
    const keys = this.opened();
    const signature = signLogin(this.suite, keys.login, {
      door: 'mailbox',
      origin: request.origin,
      instance: this.pins.instance,
      subject: keys.locator,
      nonce: fromBase64Url(request.nonce),
      expires: request.expires,
    });
    return { signature: toBase64Url(signature) };
  }

  /** Throws `encoding` for an answer that is not base64url where it should be. */
  open({ answer, bundles, now }: Parameters<WorkerApi['open']>[0]): OpenedMailbox {
    const contents = contentsOf(answer);
    this.visit = { contents, head: { no: answer.head.no, leaf: answer.head.leaf as Hash } };
    const box = readMailbox(this.suite, this.pins, this.opened(), contents, bundles, now);
    return { ...box, proof: this.log.look(answer, bundles, now) };
  }

  sizes(): readonly number[] {
    return this.log.sizes();
  }

  /** Throws `receipt_malformed`. */
  compare(file: Uint8Array): null {
    this.log.read(this.opened().fileKey, file);
    return null;
  }

  /** Throws `receipt_malformed`. */
  renewed(): ReturnType<WorkerApi['renewed']> {
    return this.log.renewed(this.opened().fileKey);
  }

  /** @param files what is whole on the server and goes with it. */
  compose(message: Parameters<ConversationApi['compose']>[0], files: SealedFiles = NO_FILES): StepKey {
    this.changing = false;
    return this.steps.compose(this.visited(), message, files);
  }

  withdraw(context: StepContext): StepKey {
    this.changing = false;
    return this.steps.withdraw(this.visited(), context);
  }

  consent(answer: Parameters<ConversationApi['consent']>[0]): StepKey {
    this.changing = false;
    return this.steps.consent(this.visited(), answer);
  }

  makeCode(): string {
    if (this.next !== null) wipeMailbox(this.next);
    const code = generateReceiptCode(this.suite);
    this.next = deriveMailbox(this.suite, code, this.pins.instance);
    return code;
  }

  changeCode(context: StepContext): StepKey {
    const { next } = this;
    ensure(next !== null, 'code_malformed', 'next');
    const step = this.steps.changeCode(this.visited(), context, next);
    this.changing = true;
    return step;
  }

  proveStep(challenge: ChallengeAnswer, progress: (share: number) => void): Uint8Array<ArrayBuffer> {
    return this.steps.prove(challenge, progress);
  }

  /** For an operator: the frame that needs no proof of work. */
  unprovenStep(): Uint8Array<ArrayBuffer> {
    return this.steps.unproven();
  }

  checkStep({ answer, now }: Parameters<ConversationApi['checkStep']>[0]): PromiseResult {
    const result = this.steps.check(answer, now);
    if (this.changing && this.next !== null) {
      if (this.keys !== null) wipeMailbox(this.keys);
      this.keys = this.next;
      this.next = null;
      this.changing = false;
    }
    return result;
  }

  unitNames(request: Parameters<ConversationApi['unitNames']>[0]): ReturnType<ConversationApi['unitNames']> {
    return this.steps.unitNames(request);
  }

  forget(): void {
    for (const keys of [this.keys, this.next]) if (keys !== null) wipeMailbox(keys);
    this.keys = null;
    this.next = null;
    this.changing = false;
    this.visit = null;
    this.steps.forget();
    this.log.forget();
  }

  private opened(): MailboxKeys {
    const { keys } = this;
    ensure(keys !== null, 'code_malformed');
    return keys;
  }

  private visited(): Visit {
    const { visit } = this;
    ensure(visit !== null, 'field_invalid', 'visit');
    return { keys: this.opened(), ...visit };
  }
}

/** Units whose directories the page fetches before `open`. */
export const unitsOf = (answer: MailboxAnswer): string[] => unitsOfMailbox(contentsOf(answer));
