import type { Lang } from '../../i18n/index.ts';
import type { ChallengeAnswer } from '../../protocol/wire.ts';
import type { StepContext, StepKey } from '../common/conversation-api.ts';
import type { CryptoWorker } from '../common/crypto-worker.ts';
import { json, NetworkError, RefusedError, request, requestJson } from '../common/http.ts';
import type { PromiseResult } from '../common/worker-api.ts';
import { directoryOf } from './visit.ts';

const STEP_TYPE = 'application/vnd.tinkin.citizen-step';
/** Pauses in seconds before the line is tried again without asking. */
const PAUSES = [2, 4, 8];
/** Refusals after which the mailbox is opened again and the step is built anew. */
const REBUILD: readonly string[] = [
  'stale',
  'epoch_expired',
  'epoch_revoked',
  'epoch_unknown',
  'seal_mismatch',
];
/** Refusals after which a fresh challenge is solved for the same step. */
const NEW_CHALLENGE: readonly string[] = ['challenge_expired', 'challenge_spent', 'challenge_invalid'];
const MOST_TRIES = 4;

/** Where a step stands; `seconds` until the line is tried again. */
export type Phase =
  | { readonly kind: 'keys' | 'proof' | 'sending' | 'checking' | 'again' }
  | { readonly kind: 'waiting'; readonly seconds: number };
export type SayPhase = (phase: Phase) => void;

/** Builds the step in the Worker, from what the last visit told. */
export type BuildStep = (context: StepContext) => Promise<StepKey>;

/** What of an open mailbox the sender needs. */
export interface OpenMailbox {
  readonly worker: CryptoWorker;
  readonly lang: Lang;
  /** Units that read the thread, by the last visit. */
  readers(): readonly string[];
  /** Visits again without the code being typed. */
  refresh(): Promise<void>;
}

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/**
 * Sends steps. Once a frame has left the device and no answer came, it is kept and sent again as it was: the server knows it by its key,
 * so that nothing is recorded twice. What the tip has outrun is built again by itself.
 */
export class StepSender {
  private readonly mailbox: OpenMailbox;
  private readonly pause: (seconds: number) => Promise<void>;
  private frame: Uint8Array<ArrayBuffer> | null = null;

  constructor(
    mailbox: OpenMailbox,
    pause = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
  ) {
    this.mailbox = mailbox;
    this.pause = pause;
  }

  /** True when a frame left the device and nobody knows whether it arrived. */
  get maybeThere(): boolean {
    return this.frame !== null;
  }

  /** Throws `NetworkError`, `RefusedError`, `WorkerError` once trying by itself has not helped. */
  async send(build: BuildStep, say: SayPhase): Promise<PromiseResult> {
    this.frame = null;
    for (let tries = 1; ; tries++) {
      try {
        return await this.once(build, say);
      } catch (error) {
        const outrun = error instanceof RefusedError && REBUILD.includes(error.code);
        if (!outrun || tries >= MOST_TRIES) throw error;
        say({ kind: 'again' });
        await this.patiently(() => this.mailbox.refresh(), say);
      }
    }
  }

  /** Sends again, byte for byte, what got no answer. What the tip outran meanwhile did not arrive, so it is built anew. */
  async resend(build: BuildStep, say: SayPhase): Promise<PromiseResult> {
    const { frame } = this;
    if (frame === null) return this.send(build, say);
    try {
      return await this.post(frame, say);
    } catch (error) {
      if (!(error instanceof RefusedError) || error.later) throw error;
      await this.patiently(() => this.mailbox.refresh(), say);
      return this.send(build, say);
    }
  }

  private async once(build: BuildStep, say: SayPhase): Promise<PromiseResult> {
    const { worker, lang } = this.mailbox;
    say({ kind: 'keys' });
    const readers = this.mailbox.readers();
    const bundles = await this.patiently(
      () => Promise.all(readers.map((unit) => directoryOf(unit, lang))),
      say,
    );
    const { key } = await build({ bundles, now: nowSeconds() });
    for (let tries = 1; ; tries++) {
      say({ kind: 'proof' });
      const challenge = (await this.patiently(
        () => requestJson(lang, '/api/proof', json({ seal: key })),
        say,
      )) as ChallengeAnswer;
      try {
        return await this.post(await worker.call('proveStep', [challenge]), say);
      } catch (error) {
        const unproven = error instanceof RefusedError && NEW_CHALLENGE.includes(error.code);
        if (!unproven || tries >= MOST_TRIES) throw error;
      }
    }
  }

  private async post(frame: Uint8Array<ArrayBuffer>, say: SayPhase): Promise<PromiseResult> {
    const { worker, lang } = this.mailbox;
    this.frame = frame;
    let answer: Uint8Array;
    try {
      answer = await this.patiently(() => {
        say({ kind: 'sending' });
        return request(lang, '/api/mailbox/steps', { type: STEP_TYPE, bytes: frame });
      }, say);
    } catch (error) {
      // A clear no was not recorded; anything else may have been.
      if (error instanceof RefusedError && !(error.later && error.code !== 'too_many')) this.frame = null;
      throw error;
    }
    say({ kind: 'checking' });
    const result = await worker.call('checkStep', [{ answer, now: nowSeconds() }]);
    this.frame = null;
    return result;
  }

  /** Tries again after pauses while there is no line. */
  private async patiently<T>(attempt: () => Promise<T>, say: SayPhase): Promise<T> {
    for (const seconds of PAUSES) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof NetworkError)) throw error;
        say({ kind: 'waiting', seconds });
        await this.pause(seconds);
      }
    }
    return attempt();
  }
}
