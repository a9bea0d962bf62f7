import { NO_EXTRAS } from '../../domain/tip-content.ts';
import { fromUtf8 } from '../../protocol/bytes.ts';
import { encodeTipContent } from '../../protocol/content.ts';
import { ensure, ProtocolError } from '../../protocol/errors.ts';
import { RECEIPT_FILE_NAME } from '../../protocol/file-names.ts';
import { freshTarget, type SealRequest } from '../../protocol/fresh-target.ts';
import { answerHcaptcha } from '../../protocol/hcaptcha.ts';
import { EMPTY_MANIFEST } from '../../protocol/manifest.ts';
import { answerPow } from '../../protocol/pow.ts';
import {
  checkAnswer,
  finishSubmission,
  type PreparedSubmission,
  type SealedTip,
  sealTip,
} from '../../protocol/prepare.ts';
import { parseAnswer } from '../../protocol/promise.ts';
import {
  deriveMailbox,
  generateReceiptCode,
  type MailboxKeys,
  wipeMailbox,
} from '../../protocol/receipt-code.ts';
import { sealReceiptFile } from '../../protocol/receipt-file.ts';
import type { Pins } from '../../protocol/root.ts';
import type { Suite } from '../../protocol/suite.ts';
import type { UnitTarget } from '../../protocol/target.ts';
import type { VerifiedDirectory } from '../../protocol/verify-directory.ts';
import type { ChallengeAnswer } from '../../protocol/wire.ts';
import type { PromiseResult, TargetInfo, WorkerApi } from '../common/worker-api.ts';
import type { SealedFiles } from './outgoing-files.ts';

const NO_FILES: SealedFiles = { entries: [], manifest: EMPTY_MANIFEST };

/** One tip on its way, from the fresh code to the checked promise. Lives in the Worker and ends with it. */
export class TipSession {
  private readonly suite: Suite;
  private readonly pins: Pins;
  private code = '';
  private keys: MailboxKeys | null = null;
  private directory: VerifiedDirectory | null = null;
  private target: UnitTarget | null = null;
  private sealed: SealedTip | null = null;
  /** Every frame made of this seal: the server may answer with what it stored of an earlier one. */
  private frames: PreparedSubmission[] = [];
  private accepted: { readonly prepared: PreparedSubmission; readonly answer: Uint8Array } | null = null;

  constructor(suite: Suite, pins: Pins) {
    this.suite = suite;
    this.pins = pins;
  }

  /** A code and its keys. `again` replaces those of a tip that may have reached the server. */
  prepare(again: boolean): null {
    if (again) this.forget();
    if (this.keys === null) {
      this.code = generateReceiptCode(this.suite);
      this.keys = deriveMailbox(this.suite, this.code, this.pins.instance);
    }
    return null;
  }

  /** Throws every code of `freshTarget`; nothing can be sealed then. */
  findTarget(request: SealRequest, now: number): TargetInfo {
    this.target = null;
    const { directory, target, checkpoint } = freshTarget(this.suite, this.pins, request, now);
    this.directory = directory;
    this.target = target;
    const asked = directory.units.get(request.unit) ?? target.info;
    return {
      logged: checkpoint !== null,
      unit: target.unit,
      nameVi: target.info.nameVi,
      nameEn: target.info.nameEn,
      fingerprint: target.fingerprint,
      fallback: target.fallback,
      askedVi: asked.nameVi,
      askedEn: asked.nameEn,
    };
  }

  /** Seals a tip with the files that are whole on the server. */
  seal(tip: Parameters<WorkerApi['seal']>[0], files: SealedFiles = NO_FILES): { readonly sealHash: string } {
    this.prepare(false);
    const { target, keys } = this;
    ensure(target !== null && keys !== null, 'field_invalid', 'target');
    this.sealed = sealTip(this.suite, {
      instance: this.pins.instance,
      target,
      content: encodeTipContent(tip.content, { ...NO_EXTRAS, attachments: files.entries }),
      manifest: files.manifest,
      keys,
      urgent: tip.urgent,
      conductGroup: tip.conductGroup,
      channel: 'web',
      assurance: 'e2ee',
    });
    this.frames = [];
    return { sealHash: this.sealed.sealHash };
  }

  /** `token` belongs to a challenge of kind `hcaptcha`. Throws `field_invalid` for a challenge that cannot be answered with what is given. */
  prove(
    challenge: ChallengeAnswer,
    progress: (share: number) => void,
    token?: string,
  ): Uint8Array<ArrayBuffer> {
    const { sealed, keys } = this;
    ensure(sealed !== null && keys !== null, 'field_invalid', 'seal');
    const solution =
      challenge.kind === 'hcaptcha'
        ? answerHcaptcha(challenge, token)
        : answerPow((data) => this.suite.sha256(data), challenge, progress);
    const prepared = finishSubmission(this.suite, sealed, keys, {
      t0: challenge.t0 as PreparedSubmission['t0'],
      solution,
    });
    this.frames.push(prepared);
    return new Uint8Array(prepared.frame);
  }

  check(answer: Uint8Array, now: number): PromiseResult {
    const { directory } = this;
    ensure(directory !== null && this.frames.length > 0, 'field_invalid', 'seal');
    const ledger = { origin: directory.logOrigin, publicKey: directory.ledgerKey };
    let code = 'promise_leaf';
    for (const prepared of this.frames.toReversed()) {
      try {
        const { promise } = checkAnswer(this.suite, prepared, answer, ledger, now);
        this.accepted = { prepared, answer };
        return { result: 'good', code: '', includeBy: promise.terms.includeBy };
      } catch (error) {
        code = error instanceof ProtocolError ? error.code : 'promise_malformed';
        if (code === 'promise_clock') {
          this.accepted = { prepared, answer };
          return { result: 'clock', code, includeBy: parseAnswer(answer).promise.terms.includeBy };
        }
        // An answer to an earlier frame of this seal names that frame's leaf: look further.
        if (code !== 'promise_leaf' && code !== 'promise_mismatch') break;
      }
    }
    const newest = this.frames.at(-1);
    if (newest !== undefined) this.accepted = { prepared: newest, answer };
    return { result: 'bad', code, includeBy: 0 };
  }

  shownCode(): string {
    ensure(this.accepted !== null, 'field_invalid', 'answer');
    return this.code;
  }

  receipt(): { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } {
    const { accepted, keys } = this;
    ensure(accepted !== null && keys !== null, 'field_invalid', 'answer');
    const { sealed, record } = accepted.prepared;
    const bytes = sealReceiptFile(this.suite, keys.fileKey, {
      instance: this.pins.instance,
      tip: sealed.tip,
      unit: sealed.unit,
      record: fromUtf8(record),
      answer: fromUtf8(accepted.answer),
    });
    return { name: RECEIPT_FILE_NAME, bytes: new Uint8Array(bytes) };
  }

  forget(): void {
    if (this.keys !== null) wipeMailbox(this.keys);
    this.keys = null;
    this.code = '';
    this.sealed = null;
    this.frames = [];
    this.accepted = null;
  }
}
