import type { UnitId } from '../../domain/ids.ts';
import { keptOut, routeCandidates } from '../../domain/routing.ts';
import {
  answersUrgent,
  contentOf,
  routeRequest,
  SUPPORT_CONDUCT,
  type TipAnswers,
} from '../../domain/tip-form.ts';
import { fill } from '../../i18n/index.ts';
import type { ChallengeAnswer } from '../../protocol/wire.ts';
import { type CryptoWorker, WorkerError } from '../common/crypto-worker.ts';
import { json, NetworkError, RefusedError, request, requestJson } from '../common/http.ts';
import { isNotFresh } from '../common/not-fresh.ts';
import type { PromiseResult, TargetInfo } from '../common/worker-api.ts';
import type { FilesStep } from './files/step.ts';
import type { PageData } from './page-data.ts';
import type { SendView, Trouble } from './send-view.ts';
import { Stop } from './stop.ts';

const SUBMISSION_TYPE = 'application/vnd.tinkin.submission';
/** Pauses in seconds before the line is tried again without asking. */
const PAUSES = [2, 4, 8];
/** Refusals after which the tip is sealed anew, for a fresh key. */
const RESEAL: readonly string[] = ['epoch_expired', 'epoch_revoked', 'epoch_unknown', 'seal_mismatch'];
/** Refusals after which a fresh challenge is solved for the same seal. */
const NEW_CHALLENGE: readonly string[] = ['challenge_expired', 'challenge_spent', 'challenge_invalid'];
/** Refusals after which everything is made anew, code included. */
const NEW_CODE: readonly string[] = ['mailbox_taken', 'tip_conflict'];
/** The server lacks a file, or has it in another form: files are sent again, then the tip is sealed anew. */
const FILES_AGAIN = 'attachment_missing';

/** An accepted tip: what the code page shows. */
export interface Sent {
  readonly code: string;
  readonly target: TargetInfo;
  readonly promise: PromiseResult;
}

/** The person wants to change an answer. */
class Edit extends Error {}

const nowSeconds = (): number => Math.floor(Date.now() / 1000);
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Sends tips. Over every retry the seal stays the same, so that a tip that had arrived before the line broke is not sent twice; a seal is
 * given up only when the server refused it or the person changes an answer.
 */
export class Sender {
  private readonly data: PageData;
  private readonly view: SendView;
  private readonly worker: CryptoWorker;
  private sealed: { readonly hash: string; readonly target: TargetInfo } | null = null;
  /** True when a frame left the device and no answer came: the tip may be there already. */
  private maybeThere = false;
  private freshCode = false;
  /** True when the last challenge was answered and the answer refused. */
  private refused = false;
  private readonly files: () => FilesStep | null;

  /** `files` gives the step of the files, null while nobody came to it. */
  constructor(data: PageData, view: SendView, worker: CryptoWorker, files: () => FilesStep | null) {
    this.data = data;
    this.view = view;
    this.worker = worker;
    this.files = files;
  }

  /** Resolves with null when the person goes back to change an answer. Shows every trouble itself. */
  async send(answers: TipAnswers): Promise<Sent | null> {
    this.view.open();
    for (;;) {
      try {
        return await this.run(answers);
      } catch (error) {
        const choice = error instanceof Edit ? 'edit' : await this.view.trouble(this.troubleOf(error));
        if (choice === 'again') continue;
        // What may have arrived keeps its code to itself; the changed tip gets a new one.
        if (this.maybeThere) this.freshCode = true;
        this.sealed = null;
        this.maybeThere = false;
        this.view.close();
        return null;
      }
    }
  }

  private async run(answers: TipAnswers): Promise<Sent> {
    for (let round = 0; ; round++) {
      await this.seal(answers);
      try {
        return await this.deliver();
      } catch (error) {
        if (!(error instanceof RefusedError) || round >= 2) throw error;
        if (NEW_CODE.includes(error.code)) this.freshCode = true;
        if (NEW_CODE.includes(error.code) || RESEAL.includes(error.code)) this.sealed = null;
        else if (error.code === FILES_AGAIN) {
          this.files()?.again();
          this.sealed = null;
        } else if (!NEW_CHALLENGE.includes(error.code)) throw error;
        this.refused = NEW_CHALLENGE.includes(error.code);
        this.maybeThere = false;
      }
    }
  }

  /** Code, key and seal, unless this very tip is sealed already. */
  private async seal(answers: TipAnswers): Promise<void> {
    if (this.sealed !== null) return;
    this.view.stage('prepare');
    await this.worker.call('prepare', [this.freshCode]);
    this.freshCode = false;
    this.view.stage('keys');
    const target = await this.findTarget(answers);
    this.view.sealedFor(
      fill(this.data.texts.sealedFor, { unit: this.nameOf(target) }),
      fill(this.data.texts.fingerprint, { fingerprint: target.fingerprint }),
      target.logged ? '' : this.data.texts.notCompared,
    );
    const files = this.files();
    if (files !== null && files.count() > 0) {
      this.view.stage('files');
      await files.send(this.worker);
    }
    this.view.stage('seal');
    const { sealHash } = await this.worker.call('seal', [
      {
        content: contentOf(answers, this.data.routes),
        urgent: answersUrgent(answers),
        conductGroup: this.data.groups[answers.support ? SUPPORT_CONDUCT : answers.conduct] ?? 'other',
      },
    ]);
    this.sealed = { hash: sealHash, target };
  }

  /** The first candidate of the route that has a key, its own or that of a unit above it which may read the tip. */
  private async findTarget(answers: TipAnswers): Promise<TargetInfo> {
    const asked = routeRequest(answers, this.data.routes);
    const candidates = routeCandidates(asked, this.data.routes);
    const excluded = [...keptOut(asked, this.data.routes)];
    const { texts } = this.data;
    if (candidates.length === 0) throw new Stop({ text: texts.noUnit, again: false });
    let last: unknown;
    let firstName = '';
    for (const [i, unit] of candidates.entries()) {
      try {
        const target = await this.target(unit, excluded);
        if (i > 0 || target.fallback) await this.confirm(firstName || this.askedName(target), target);
        return target;
      } catch (error) {
        if (!isMissing(error)) throw error;
        last = error;
        firstName ||= this.data.texts.firstUnit;
      }
    }
    if (excluded.length > 0) throw new Stop({ text: texts.noSafeUnit, again: true });
    throw last;
  }

  private async target(unit: UnitId, excluded: readonly UnitId[]): Promise<TargetInfo> {
    const { lang } = this.data;
    const ask = async (): Promise<TargetInfo> => {
      const query = `unit=${encodeURIComponent(unit)}`;
      const [bundle, freshness] = await this.online(() =>
        Promise.all([
          request(lang, `/api/directory?${query}&epochs=live`),
          requestJson(lang, `/api/freshness?${query}`),
        ]),
      );
      return this.worker.call('target', [{ bundle, freshness, unit, excluded, now: nowSeconds() }]);
    };
    try {
      return await ask();
    } catch (error) {
      // A checkpoint may have been published between the two answers.
      if (!(error instanceof WorkerError) || error.code !== 'freshness_mismatch') throw error;
      return ask();
    }
  }

  private async confirm(asked: string, target: TargetInfo): Promise<void> {
    const { texts } = this.data;
    const unit = this.nameOf(target);
    const yes = await this.view.ask(
      fill(texts.fallbackTitle, { asked }),
      fill(texts.fallbackText, { unit }),
      fill(texts.fallbackGo, { unit }),
      texts.fallbackStop,
    );
    if (!yes) throw new Edit();
  }

  /** Challenge, proof, frame, answer, promise. */
  private async deliver(): Promise<Sent> {
    const { sealed, data } = this;
    if (sealed === null) throw new Stop({ text: data.texts.retryTitle, again: true });
    this.view.stage('proof');
    const challenge = (await this.online(() =>
      requestJson(data.lang, '/api/challenge', json({ seal: sealed.hash })),
    )) as ChallengeAnswer;
    const frame = await this.worker.call(
      'prove',
      challenge.kind === 'hcaptcha' ? [challenge, await this.checked(challenge)] : [challenge],
      (share) => this.view.progress(share),
    );
    this.view.progress(1);
    this.view.stage('send');
    const answer = await this.online(() => {
      this.maybeThere = true;
      return request(data.lang, '/api/tips', { type: SUBMISSION_TYPE, bytes: frame });
    });
    this.view.stage('promise');
    const promise = await this.worker.call('check', [{ answer, now: nowSeconds() }]);
    const code = await this.worker.call('code', []);
    return { code, target: sealed.target, promise };
  }

  /** The token of a third party's check, answered in a tab of its own. Its code is fetched here and not before. */
  private async checked({ expires }: ChallengeAnswer): Promise<string> {
    const { lang, plain } = this.data;
    const { askHcaptcha } = await this.online(() =>
      import('../hcaptcha/ask.ts').catch(() => Promise.reject(new NetworkError())),
    );
    const show = (box: HTMLElement): void => this.view.show(box);
    const asked = await askHcaptcha({ lang, expires, plain, refused: this.refused, show });
    this.refused = false;
    if (asked.kind === 'stop') throw new Edit();
    if (asked.kind === 'late') throw new Stop({ text: asked.text, again: true });
    return asked.token;
  }

  /** Runs a request; when the line breaks, waits and tries again a few times, at once when the browser says it is back. */
  private async online<T>(run: () => Promise<T>): Promise<T> {
    for (const pause of PAUSES) {
      try {
        return await run();
      } catch (error) {
        if (!(error instanceof NetworkError)) throw error;
        this.view.note(fill(this.data.texts.retrying, { seconds: pause }));
        const back = new AbortController();
        const returned = new Promise<void>((resolve) => {
          window.addEventListener('online', () => resolve(), { once: true, signal: back.signal });
        });
        await Promise.race([wait(pause * 1000), returned]);
        back.abort();
        this.view.note(this.data.texts.stay);
      }
    }
    return run();
  }

  private nameOf(target: TargetInfo): string {
    return this.data.lang === 'vi' ? target.nameVi : target.nameEn;
  }

  private askedName(target: TargetInfo): string {
    return this.data.lang === 'vi' ? target.askedVi : target.askedEn;
  }

  private troubleOf(error: unknown): Trouble {
    const { texts } = this.data;
    if (error instanceof Stop) return error.trouble;
    if (error instanceof NetworkError)
      return { text: this.maybeThere ? texts.offline : texts.keysLost, again: true };
    if (error instanceof RefusedError)
      return { text: fill(texts.refused, { message: error.sentence }), again: true };
    if (error instanceof WorkerError) {
      if (error.code === 'worker_lost' || error.code === 'worker_failed')
        return { text: texts.noWorker, again: false };
      const refused = isNotFresh(error.code) ? texts.notFresh : texts.keysRefused;
      const text = this.sealed === null ? refused : texts.sealFailed;
      const clock = CLOCK_CODES.includes(error.code) ? ` ${texts.checkClock}` : '';
      return { text: fill(text, { code: error.code }) + clock, again: true };
    }
    return { text: fill(texts.sealFailed, { code: 'internal' }), again: true };
  }
}

/** Refusals that a wrong clock on the device can cause. */
const CLOCK_CODES: readonly string[] = [
  'directory_expired',
  'directory_keys_expired',
  'epoch_missing',
  'checkpoint_stale',
];

/** The unit cannot take tips now: another one of the route is tried. */
const isMissing = (error: unknown): boolean =>
  (error instanceof WorkerError && (error.code === 'epoch_missing' || error.code === 'unit_unknown')) ||
  (error instanceof RefusedError && error.code === 'unit_unknown');
