import { fromBase64Url, toBase64Url } from '../../protocol/base64.ts';
import { ensure } from '../../protocol/errors.ts';
import { signLogin } from '../../protocol/login.ts';
import { contentsOf, type ReadMailbox, readMailbox, unitsOfMailbox } from '../../protocol/mailbox-reading.ts';
import { deriveMailbox, type MailboxKeys, wipeMailbox } from '../../protocol/receipt-code.ts';
import type { Pins } from '../../protocol/root.ts';
import type { Suite } from '../../protocol/suite.ts';
import type { MailboxAnswer } from '../../protocol/wire.ts';
import type { WorkerApi } from '../common/worker-api.ts';

/** One visit with a code. Lives in the Worker and ends with it. */
export class MailboxSession {
  private readonly suite: Suite;
  private readonly pins: Pins;
  private keys: MailboxKeys | null = null;

  constructor(suite: Suite, pins: Pins) {
    this.suite = suite;
    this.pins = pins;
  }

  /** Throws `code_malformed`, `code_check`. */
  unlock(code: string): { readonly locator: string } {
    this.forget();
    this.keys = deriveMailbox(this.suite, code, this.pins.instance);
    return { locator: this.keys.locator };
  }

  /** Throws `encoding`, `login_malformed`. */
  login(request: Parameters<WorkerApi['login']>[0]): { readonly signature: string } {
    const { keys } = this;
    ensure(keys !== null, 'code_malformed');
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
  open({ answer, bundles, now }: Parameters<WorkerApi['open']>[0]): ReadMailbox {
    const { keys } = this;
    ensure(keys !== null, 'code_malformed');
    return readMailbox(this.suite, this.pins, keys, contentsOf(answer), bundles, now);
  }

  forget(): void {
    if (this.keys !== null) wipeMailbox(this.keys);
    this.keys = null;
  }
}

/** Units whose directories the page fetches before `open`. */
export const unitsOf = (answer: MailboxAnswer): string[] => unitsOfMailbox(contentsOf(answer));
