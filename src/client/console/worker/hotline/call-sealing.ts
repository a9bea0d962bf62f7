import { codeNotGivenParts } from '../../../../domain/citizen-parts.ts';
import type { Hour, TipId } from '../../../../domain/ids.ts';
import type { TipState } from '../../../../domain/life-cycle-types.ts';
import { fromBase64Url } from '../../../../protocol/base64.ts';
import { encodeTipContent } from '../../../../protocol/content.ts';
import { ProtocolError } from '../../../../protocol/errors.ts';
import { checkAnswer, finishSubmission, type SealedTip, sealTip } from '../../../../protocol/prepare.ts';
import {
  deriveMailbox,
  generateReceiptCode,
  type MailboxKeys,
  wipeMailbox,
} from '../../../../protocol/receipt-code.ts';
import type { UnitTarget } from '../../../../protocol/target.ts';
import type { OperatorChallenge } from '../../../../protocol/wire-hotline.ts';
import { OutgoingFiles } from '../../../worker/outgoing-files.ts';
import { getJson, sendBytes, sendJson } from '../../http.ts';
import type { Report } from '../calls.ts';
import type { CallCalls } from '../hotline-calls.ts';
import { sendFiles } from '../send-files.ts';
import { type Head, onceMore, signedEvent } from '../signing.ts';
import type { WorkerState } from '../state.ts';
import { signingOperator } from './operator.ts';

type Wish = CallCalls['sealCall']['in'];
type Sealed = CallCalls['sealCall']['out'];

const SUBMISSION_TYPE = 'application/vnd.tinkin.submission';

/** A call that was sealed and whose answer has not come: tried again, it is the same tip. */
interface Waiting {
  readonly words: string;
  readonly code: string;
  readonly keys: MailboxKeys;
  readonly sealed: SealedTip;
  readonly target: UnitTarget;
  /** True when the public log confirmed the key. */
  readonly logged: boolean;
}

/**
 * Seals what an operator took down. Content, data key and the caller's keys are wiped with the promise; this Worker holds no key of the
 * unit's epoch, so it cannot open again what it sealed.
 */
export class CallSealing {
  readonly #state: WorkerState;
  #waiting: Waiting | null = null;

  constructor(state: WorkerState) {
    this.#state = state;
  }

  /**
   * Throws the codes of `freshTarget`, Problem with the server's refusals, `network` when no answer came: the same
   * words asked for again are then the same tip.
   */
  async seal(wish: Wish, report: Report): Promise<Sealed> {
    const words = JSON.stringify({ ...wish, files: wish.files.map(({ file, name }) => [name, file.size]) });
    const waiting = this.#waiting?.words === words ? this.#waiting : await this.#prepare(words, wish, report);
    this.#waiting = waiting;
    await this.#send(waiting);
    const { code, sealed, target, logged } = waiting;
    this.forget();
    const { nameVi, nameEn } = target.info;
    return { tip: sealed.tip, code, unit: target.unit, nameVi, nameEn, logged };
  }

  /** Overwrites what a call left here. */
  forget(): void {
    if (this.#waiting !== null) wipeMailbox(this.#waiting.keys);
    this.#waiting = null;
  }

  /** Signs that a caller went without the code. Throws Problem. */
  async codeNotGiven(tip: TipId): Promise<void> {
    const path = `/api/staff/hotline/tips/${tip}/code-not-given`;
    await onceMore(async () => {
      const place = await getJson<{
        readonly head: Head;
        readonly state: Pick<TipState, 'unit' | 'stage' | 'overlay' | 'outcome'>;
      }>(path);
      const { staff, unit } = signingOperator(this.#state);
      const { citizen, restricted } = codeNotGivenParts(place.state, { staff, unit });
      const at = this.#state.keyring.now();
      const facts = { type: 'code_not_given', subject: `tip:${tip}`, head: place.head, at };
      await sendJson('POST', path, { event: signedEvent(this.#state, facts, citizen, restricted) });
    });
  }

  async #prepare(words: string, wish: Wish, report: Report): Promise<Waiting> {
    this.forget();
    const { suite, pins, directories, keyring } = this.#state;
    const now = keyring.now();
    directories.refresh();
    const { target, checkpoint } = await directories.target(wish.target, wish.excluded, now);
    const files = new OutgoingFiles(suite);
    try {
      await sendFiles(files, wish.files, report);
      const { entries, manifest } = files.sealed();
      const code = generateReceiptCode(suite);
      const keys = deriveMailbox(suite, code, pins.instance);
      const sealed = sealTip(suite, {
        instance: pins.instance,
        target,
        content: encodeTipContent(wish.content, { ...wish.extras, attachments: entries }),
        ...(entries.length === 0 ? {} : { manifest }),
        keys,
        urgent: wish.urgent,
        conductGroup: wish.conductGroup,
        // The true channel is inside; for the service every tip that was taken down came over the hotline.
        channel: 'hotline',
        assurance: 'operator',
      });
      return { words, code, keys, sealed, target, logged: checkpoint !== null };
    } finally {
      files.forget();
    }
  }

  async #send({ sealed, keys, target }: Waiting): Promise<void> {
    const { suite, directories, keyring } = this.#state;
    const challenge = await sendJson<OperatorChallenge>('POST', '/api/staff/hotline/challenge', {
      seal: sealed.sealHash,
    });
    const prepared = finishSubmission(
      suite,
      sealed,
      keys,
      { t0: challenge.t0 as Hour, solution: fromBase64Url(challenge.solution) },
      signingOperator(this.#state),
    );
    const answer = await sendBytes('/api/staff/hotline/tips', {
      type: SUBMISSION_TYPE,
      bytes: new Uint8Array(prepared.frame),
    });
    const now = keyring.now();
    const { logOrigin, ledgerKey } = await directories.of(target.unit, now);
    try {
      checkAnswer(suite, prepared, answer, { origin: logOrigin, publicKey: ledgerKey }, now);
    } catch (error) {
      // A second try may be answered with the promise of the first, which names another event of the same seal: the tip is stored.
      if (!(error instanceof ProtocolError) || !MAY_BE_EARLIER.includes(error.code)) throw error;
    }
  }
}

const MAY_BE_EARLIER: readonly string[] = ['promise_leaf', 'promise_mismatch', 'promise_clock'];
