import type { TipId, UnitId } from '../../domain/ids.ts';
import { isTipId } from '../../domain/ids.ts';
import { fromBase64Url, toBase64Url } from '../../protocol/base64.ts';
import { decodeBundle } from '../../protocol/bundle.ts';
import { equalBytes } from '../../protocol/bytes.ts';
import { type OpenedEnvelope, openEnvelope } from '../../protocol/envelope.ts';
import { ensure, ProtocolError } from '../../protocol/errors.ts';
import { parsePart } from '../../protocol/event.ts';
import { parseObject } from '../../protocol/json.ts';
import { signLogin } from '../../protocol/login.ts';
import { deriveMailbox, type MailboxKeys, wipeMailbox } from '../../protocol/receipt-code.ts';
import type { Pins } from '../../protocol/root.ts';
import type { Suite } from '../../protocol/suite.ts';
import { voiceKeys } from '../../protocol/target.ts';
import { type VerifiedDirectory, verifyDirectory } from '../../protocol/verify-directory.ts';
import type { MailboxAnswer, MailboxMessage, MailboxStep } from '../../protocol/wire.ts';
import { mailboxRecipient } from '../../protocol/wraps.ts';
import type { OpenedMailbox, OpenedMessage, OpenedStep, WorkerApi } from '../common/worker-api.ts';

const MAX_MESSAGE_BYTES = 256 * 1024;

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

  open({ answer, bundles, now }: Parameters<WorkerApi['open']>[0]): OpenedMailbox {
    const { keys } = this;
    ensure(keys !== null && isTipId(answer.tip), 'code_malformed');
    const tip = answer.tip;
    const directories = bundles.flatMap((bytes) => this.readDirectory(bytes, now));
    const steps = answer.steps.map(readStep);
    const unit = directories.flatMap(({ units }) => units.get(answer.unit as UnitId) ?? [])[0];
    return {
      t0: answer.t0,
      stage: answer.stage,
      overlay: answer.overlay,
      outcome: answer.outcome,
      unit: answer.unit,
      unitNameVi: unit?.nameVi ?? answer.unit,
      unitNameEn: unit?.nameEn ?? answer.unit,
      steps: steps.flatMap((step) => step ?? []),
      messages: answer.messages.map((message) => this.openMessage(tip, message, keys, answer, directories)),
      consistent: steps.every((step) => step !== null) && fits(answer, steps.at(-1) ?? null),
    };
  }

  /** A directory that does not verify proves nothing about messages; it is left out and they are shown as unsure. */
  private readDirectory(bytes: Uint8Array, now: number): VerifiedDirectory[] {
    try {
      return [verifyDirectory(this.suite, this.pins, decodeBundle(bytes), now)];
    } catch {
      return [];
    }
  }

  private openMessage(
    tip: TipId,
    message: MailboxMessage,
    keys: MailboxKeys,
    answer: MailboxAnswer,
    directories: readonly VerifiedDirectory[],
  ): OpenedMessage {
    const none: OpenedMessage = { no: message.no, text: '', from: '', day: '', trust: 'unsure', error: '' };
    try {
      const opened = openEnvelope(
        this.suite,
        {
          core: fromBase64Url(message.core),
          wraps: fromBase64Url(message.wraps),
          body: fromBase64Url(message.body),
        },
        { id: mailboxRecipient(keys.locator), secretKey: keys.mailbox.secretKey },
        {
          instance: this.pins.instance,
          tip,
          kind: 'message',
          no: message.no,
          seal: fromBase64Url(message.seal),
        },
      );
      const trust = isOfUnit(opened, answer, directories) ? 'verified' : 'unsure';
      return { ...none, ...readMessage(opened.content), trust };
    } catch (error) {
      return { ...none, error: error instanceof ProtocolError ? error.code : 'body_malformed' };
    }
  }

  forget(): void {
    if (this.keys !== null) wipeMailbox(this.keys);
    this.keys = null;
  }
}

/** True when the message was signed with a key of a unit that has held the tip. */
function isOfUnit(
  opened: OpenedEnvelope,
  answer: MailboxAnswer,
  directories: readonly VerifiedDirectory[],
): boolean {
  const held = new Set([answer.unit, ...answer.steps.flatMap((step) => readStep(step)?.unit ?? [])]);
  const { unit, author } = opened.core;
  return (
    held.has(unit) &&
    directories.some((directory) => voiceKeys(directory, unit).some((key) => equalBytes(key, author)))
  );
}

/** Text of a message; whoever wrote it may have left out the rest. */
function readMessage(content: Uint8Array): Pick<OpenedMessage, 'text' | 'from' | 'day'> {
  const object = parseObject(content, MAX_MESSAGE_BYTES, 'content_malformed');
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const from = object.from;
  const name = typeof from === 'object' && from !== null ? Reflect.get(from, 'name') : '';
  return { text: text(object.text), from: text(name), day: text(object.day) };
}

/** The citizen's part of one step; null when it is not what such a part looks like. */
function readStep(step: MailboxStep): OpenedStep | null {
  try {
    const part = parsePart(fromBase64Url(step.citizenPart));
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    const submitted = step.type === 'submitted';
    return {
      step: step.type,
      stage: submitted ? 'submitted' : text(part.stage),
      overlay: submitted ? 'none' : text(part.overlay),
      outcome: typeof part.outcome === 'string' ? part.outcome : null,
      unit: text(part.unit),
    };
  } catch {
    return null;
  }
}

/** The state that the server tells must be the one that the last signed step left behind. */
const fits = (answer: MailboxAnswer, last: OpenedStep | null): boolean =>
  last !== null &&
  last.stage === answer.stage &&
  last.overlay === answer.overlay &&
  last.outcome === answer.outcome &&
  last.unit === answer.unit;
