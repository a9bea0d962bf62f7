import { ProtocolError } from '../../../../protocol/errors.ts';
import type { ReadMailbox } from '../../../../protocol/mailbox-reading.ts';
import type { MailboxAnswer, MailboxNonce } from '../../../../protocol/wire.ts';
import { json, request, requestJson } from '../../../common/http.ts';
import { MailboxSession, unitsOf } from '../../../worker/mailbox-session.ts';
import { Problem, sendBytes } from '../../http.ts';
import type { WorkerState } from '../state.ts';
import { asProblem } from './line.ts';
import { signingOperator } from './operator.ts';

/** Milliseconds without a word of the operator after which code and keys are wiped. */
export const CALLER_IDLE = 10 * 60_000;
const STEP_TYPE = 'application/vnd.tinkin.citizen-step';
/** Refusals after which the mailbox is opened again and the answer is sealed anew. */
const OUTRUN: readonly string[] = [
  'stale',
  'epoch_expired',
  'epoch_revoked',
  'epoch_unknown',
  'seal_mismatch',
];
const MOST_TRIES = 4;
const LANG = 'vi';

interface Open {
  readonly session: MailboxSession;
  readonly readers: readonly string[];
}

/**
 * The mailbox of somebody who calls again, opened with their code. The keys end with the call, or by themselves after ten minutes in which
 * the operator did nothing; the timer is here and not on the page, so that a page that hangs keeps nothing open.
 */
export class Caller {
  readonly #state: WorkerState;
  #open: Open | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** An answer that left without a word back: sent again byte for byte. */
  #unanswered: { readonly text: string; readonly frame: Uint8Array<ArrayBuffer> } | null = null;

  constructor(state: WorkerState) {
    this.#state = state;
  }

  /** Throws `code_malformed`, `code_check`, Problem `mailbox_refused`, `network`. */
  async open(code: string): Promise<ReadMailbox> {
    this.end();
    const { suite, pins } = this.#state;
    const session = new MailboxSession(suite, pins, signingOperator(this.#state));
    session.unlock(code);
    try {
      return await this.#look(session);
    } catch (error) {
      session.forget();
      throw error;
    }
  }

  /** Seals and sends what the caller answers. Throws Problem `locked` once the call is over, and the server's refusals. */
  async answer(text: string): Promise<void> {
    if (this.#unanswered?.text === text) {
      // Known by its key: nothing is recorded twice, and what did arrive is answered as it was then.
      const taken = await this.#post(this.#unanswered.frame).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Problem && OUTRUN.includes(error.code)) return false;
          throw error;
        },
      );
      if (taken) return this.#afterAnswer();
    }
    for (let tries = 1; ; tries++) {
      const { session, readers } = this.#current();
      const bundles = await asProblem(() => Promise.all(readers.map(directory)));
      session.compose({ text, lang: LANG, informant: null, bundles, now: this.#state.keyring.now() });
      const frame = session.unprovenStep();
      this.#unanswered = { text, frame };
      try {
        const answer = await this.#post(frame);
        session.checkStep({ answer, now: this.#state.keyring.now() });
        return await this.#afterAnswer();
      } catch (error) {
        const outrun = error instanceof Problem && OUTRUN.includes(error.code);
        if (!outrun || tries === MOST_TRIES) throw error;
        await this.#look(session);
      }
    }
  }

  /** Overwrites keys and code. */
  end(): void {
    clearTimeout(this.#timer);
    this.#open?.session.forget();
    this.#open = null;
    this.#unanswered = null;
  }

  async #afterAnswer(): Promise<void> {
    this.#unanswered = null;
    const { session } = this.#current();
    // The thread has a new end now. Should this fail, the next answer finds out by itself.
    await this.#look(session).catch(() => undefined);
  }

  #post(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    this.#stillHere();
    return sendBytes('/api/staff/hotline/steps', { type: STEP_TYPE, bytes });
  }

  #current(): Open {
    if (this.#open === null) throw new Problem('locked');
    this.#stillHere();
    return this.#open;
  }

  #stillHere(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), CALLER_IDLE);
  }

  /** A visit on the citizens' own routes, without the operator's session: no route sees a mailbox together with a person. */
  async #look(session: MailboxSession): Promise<ReadMailbox> {
    const locator = session.locator();
    const answer = await asProblem(async () => {
      const { nonce, expires } = (await requestJson(
        LANG,
        '/api/mailbox/challenge',
        json({ locator }),
      )) as MailboxNonce;
      const { signature } = session.login({ origin: this.#state.origin, nonce, expires });
      return (await requestJson(
        LANG,
        '/api/mailbox',
        json({ locator, nonce, expires, signature }),
      )) as MailboxAnswer;
    });
    const bundles = await Promise.all(unitsOf(answer).map(pastDirectory));
    const read = session.open({
      answer,
      bundles: bundles.flatMap((one) => one ?? []),
      now: this.#state.keyring.now(),
    });
    this.#open = { session, readers: answer.readers ?? [answer.unit] };
    this.#stillHere();
    return read;
  }
}

const directory = (unit: string): Promise<Uint8Array> =>
  request(LANG, `/api/directory?unit=${encodeURIComponent(unit)}`);

/** A directory that cannot be fetched leaves its messages unsure; it does not hide them. */
const pastDirectory = (unit: string): Promise<Uint8Array | null> =>
  request(LANG, `/api/directory?unit=${encodeURIComponent(unit)}&epochs=all`).catch((error: unknown) => {
    if (error instanceof ProtocolError) throw error;
    return null;
  });
