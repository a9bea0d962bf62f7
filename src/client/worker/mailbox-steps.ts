import { dayOf } from '../../domain/calendar.ts';
import type { CitizenAct } from '../../domain/conversation.ts';
import type { Hash, UnitId } from '../../domain/ids.ts';
import { isUnitId } from '../../domain/ids.ts';
import type { TipState } from '../../domain/life-cycle-types.ts';
import { decodeBundle } from '../../protocol/bundle.ts';
import {
  type BuiltCitizenStep,
  buildCitizenStep,
  checkCitizenAnswer,
  mailboxChangedAct,
  sealCitizenMessage,
} from '../../protocol/citizen-step-build.ts';
import { ensure, ProtocolError } from '../../protocol/errors.ts';
import { changeMailboxWrap } from '../../protocol/mailbox-facts.ts';
import type { MailboxContents } from '../../protocol/mailbox-reading.ts';
import { toldThread } from '../../protocol/mailbox-thread.ts';
import { answerPow } from '../../protocol/pow.ts';
import type { SigningOperator, TipTarget } from '../../protocol/prepare.ts';
import { parseAnswer } from '../../protocol/promise.ts';
import type { MailboxKeys } from '../../protocol/receipt-code.ts';
import type { Pins } from '../../protocol/root.ts';
import type { Suite } from '../../protocol/suite.ts';
import { liveEpoch } from '../../protocol/target.ts';
import { type VerifiedDirectory, verifyDirectory } from '../../protocol/verify-directory.ts';
import type { ChallengeAnswer } from '../../protocol/wire.ts';
import type { ConversationApi, StepContext, StepKey } from '../common/conversation-api.ts';
import type { PromiseResult } from '../common/worker-api.ts';
import type { SealedFiles } from './outgoing-files.ts';

/** What the server told at the last visit: where the next step joins. */
export interface Visit {
  readonly keys: MailboxKeys;
  readonly contents: MailboxContents;
  readonly head: { readonly no: number; readonly leaf: Hash };
}

/** The step that is on its way. */
interface Underway {
  readonly built: BuiltCitizenStep;
  readonly ledger: { readonly origin: string; readonly publicKey: Uint8Array };
}

/** Steps of an open mailbox: sealed, signed, proven and checked here; only ciphertext leaves. */
export class MailboxSteps {
  private readonly suite: Suite;
  private readonly pins: Pins;
  /** Who writes for a caller, and signs beside the author; absent in the citizen's own browser. */
  private readonly operator: SigningOperator | undefined;
  private underway: Underway | null = null;

  constructor(suite: Suite, pins: Pins, operator?: SigningOperator) {
    this.suite = suite;
    this.pins = pins;
    this.operator = operator;
  }

  /** Throws `epoch_missing` when a reader has no live key, `content_…`, `manifest_mismatch`. */
  compose(visit: Visit, message: Parameters<ConversationApi['compose']>[0], files: SealedFiles): StepKey {
    const { suite, pins } = this;
    const { text, lang, informant, now } = message;
    const byOperator = this.operator !== undefined;
    const directories = this.directories(message);
    const envelope = sealCitizenMessage(suite, {
      instance: pins.instance,
      tip: visit.contents.tip,
      keys: visit.keys,
      thread: threadHead(visit.contents),
      readers: readersOf(visit.contents).map((unit) => targetOf(directories, unit, now)),
      message: { v: 1, from: 'citizen', lang, text, attachments: files.entries, informant, byOperator },
      manifest: files.manifest,
    });
    return this.build(visit, message, { act: { step: 'message_received' }, envelope });
  }

  withdraw(visit: Visit, context: StepContext): StepKey {
    return this.build(visit, context, { act: { step: 'withdrawal_signed' }, envelope: null });
  }

  consent(visit: Visit, answer: Parameters<ConversationApi['consent']>[0]): StepKey {
    const { unit, yes } = answer;
    return this.build(visit, answer, { act: { step: 'consent_answered', unit, yes }, envelope: null });
  }

  /** Throws `wrap_foreign` for a message of the unit that the old code does not open. */
  changeCode(visit: Visit, context: StepContext, keys: MailboxKeys): StepKey {
    const { suite } = this;
    const { contents } = visit;
    const rewraps = contents.messages.map(({ no, core, wraps }) => ({
      no,
      wraps: changeMailboxWrap(suite, { core, wraps }, visit.keys, keys),
    }));
    const act = mailboxChangedAct(suite, contents.tip, keys);
    return this.build(visit, context, { act, envelope: null, change: { keys, rewraps } });
  }

  /** Throws `field_invalid` when no step is on its way or the challenge is of another kind. */
  prove(challenge: ChallengeAnswer, progress: (share: number) => void): Uint8Array<ArrayBuffer> {
    const { underway } = this;
    ensure(underway !== null && challenge.kind === 'pow', 'field_invalid', 'step');
    const solution = answerPow((data) => this.suite.sha256(data), challenge, progress);
    return new Uint8Array(underway.built.frame(solution));
  }

  /** The frame without a proof of work, for an operator, whose session stands for it. Throws `field_invalid`. */
  unproven(): Uint8Array<ArrayBuffer> {
    const { underway } = this;
    ensure(underway !== null && this.operator !== undefined, 'field_invalid', 'step');
    return new Uint8Array(underway.built.frame(new Uint8Array(0)));
  }

  /** Never throws for a bad answer: the step was taken all the same. */
  check(answer: Uint8Array, now: number): PromiseResult {
    const { underway } = this;
    ensure(underway !== null, 'field_invalid', 'step');
    const { built, ledger } = underway;
    this.underway = null;
    try {
      const { promise } = checkCitizenAnswer(this.suite, built, answer, ledger, now);
      return { result: 'good', code: '', includeBy: promise.terms.includeBy };
    } catch (error) {
      const code = error instanceof ProtocolError ? error.code : 'promise_malformed';
      if (code !== 'promise_clock') return { result: 'bad', code, includeBy: 0 };
      return { result: 'clock', code, includeBy: parseAnswer(answer).promise.terms.includeBy };
    }
  }

  /** A directory that does not verify proves nothing and gives no names. */
  unitNames({
    unit,
    bundle,
    now,
  }: Parameters<ConversationApi['unitNames']>[0]): ReturnType<ConversationApi['unitNames']> {
    const [directory] = this.directories({ bundles: [bundle], now });
    const info = directory?.units.get(unit);
    return info === undefined ? null : { nameVi: info.nameVi, nameEn: info.nameEn };
  }

  forget(): void {
    this.underway = null;
  }

  private directories({ bundles, now }: StepContext): readonly VerifiedDirectory[] {
    return bundles.flatMap((bytes) => {
      try {
        return [verifyDirectory(this.suite, this.pins, decodeBundle(bytes), now)];
      } catch {
        return [];
      }
    });
  }

  private build(
    { keys, contents, head }: Visit,
    context: StepContext,
    step: Pick<Parameters<typeof buildCitizenStep>[1], 'act' | 'envelope' | 'change'> & {
      readonly act: CitizenAct;
    },
  ): StepKey {
    const [directory] = this.directories(context);
    ensure(directory !== undefined, 'epoch_missing', 'directory');
    const { unit, stage, overlay, outcome } = contents;
    const built = buildCitizenStep(this.suite, {
      ...step,
      instance: this.pins.instance,
      tip: contents.tip,
      head,
      day: dayOf(context.now),
      // The server's own words, which its check of the parts compares; a browser has nothing to believe of them.
      state: { unit, stage, overlay, outcome } as Pick<TipState, 'unit' | 'stage' | 'overlay' | 'outcome'>,
      keys,
      ...(this.operator === undefined ? {} : { operator: this.operator }),
    });
    const ledger = { origin: directory.logOrigin, publicKey: directory.ledgerKey };
    this.underway = { built, ledger };
    return { key: built.key };
  }
}

/** The newest envelope that the steps name. Throws `core_malformed` when they name none. */
function threadHead({ steps }: MailboxContents): { readonly no: number; readonly seal: Hash } {
  const { seals } = toldThread(steps);
  const no = Math.max(0, ...seals.keys());
  const seal = seals.get(no);
  ensure(seal !== undefined, 'core_malformed', 'prev');
  return { no, seal };
}

const readersOf = ({ readers, unit }: MailboxContents): readonly UnitId[] =>
  (readers ?? [unit]).filter((reader): reader is UnitId => isUnitId(reader));

/** Exactly this unit, never one above it: nobody else may read a thread. */
function targetOf(directories: readonly VerifiedDirectory[], unit: UnitId, now: number): TipTarget {
  for (const directory of directories) {
    const epoch = liveEpoch(directory, unit, now);
    if (epoch !== null)
      return { unit, epoch: epoch.n, publicKey: epoch.publicKey, directoryHash: directory.hash };
  }
  throw new ProtocolError('epoch_missing', unit);
}
