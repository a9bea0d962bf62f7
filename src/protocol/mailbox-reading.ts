import { isTipId, type TipId, type UnitId } from '../domain/ids.ts';
import { fromBase64Url } from './base64.ts';
import { decodeBundle } from './bundle.ts';
import { equalBytes } from './bytes.ts';
import { openEnvelope } from './envelope.ts';
import { ensure, ProtocolError } from './errors.ts';
import { parsePart } from './event.ts';
import { parseObject } from './json.ts';
import type { MailboxKeys } from './receipt-code.ts';
import type { Pins } from './root.ts';
import type { Suite } from './suite.ts';
import { voiceKeys } from './target.ts';
import { type VerifiedDirectory, verifyDirectory } from './verify-directory.ts';
import type { MailboxAnswer } from './wire.ts';
import { mailboxRecipient } from './wraps.ts';

const MAX_MESSAGE_BYTES = 256 * 1024;

/** What the server gives to the holder of a code, as bytes (`MailboxAnswer` decoded, or the store's view). */
export interface MailboxContents {
  readonly tip: TipId;
  readonly unit: string;
  readonly t0: number;
  readonly stage: string;
  readonly overlay: string;
  readonly outcome: string | null;
  readonly steps: readonly { readonly type: string; readonly citizenPart: Uint8Array }[];
  readonly messages: readonly {
    readonly no: number;
    readonly core: Uint8Array;
    readonly wraps: Uint8Array;
    readonly body: Uint8Array;
    readonly seal: Uint8Array;
  }[];
}

/** The server's answer as bytes. Throws `encoding` where it is not base64url, or no tip's id, where it should be. */
export function contentsOf(answer: MailboxAnswer): MailboxContents {
  const { tip, unit, t0, stage, overlay, outcome } = answer;
  ensure(isTipId(tip), 'encoding', 'tip');
  return {
    ...{ tip, unit, t0, stage, overlay, outcome },
    steps: answer.steps.map(({ type, citizenPart }) => ({ type, citizenPart: fromBase64Url(citizenPart) })),
    messages: answer.messages.map(({ no, core, wraps, body, seal }) => ({
      no,
      core: fromBase64Url(core),
      wraps: fromBase64Url(wraps),
      body: fromBase64Url(body),
      seal: fromBase64Url(seal),
    })),
  };
}

/** One message of the unit, opened; or the code of what was wrong with it. */
export interface ReadMessage {
  readonly no: number;
  readonly text: string;
  /** Name and day as the unit wrote them; empty where it did not. */
  readonly from: string;
  readonly day: string;
  /** `verified`: signed by a key of a unit that held the tip. `unsure`: opens, but no directory that was shown has the key. */
  readonly trust: 'verified' | 'unsure';
  readonly error: string;
}

/** A step of the tip's way as the citizen may see it. */
export interface ReadStep {
  readonly step: string;
  readonly stage: string;
  readonly overlay: string;
  readonly outcome: string | null;
  readonly unit: string;
}

/** Everything that the mailbox page shows. */
export interface ReadMailbox {
  readonly t0: number;
  readonly stage: string;
  readonly overlay: string;
  readonly outcome: string | null;
  readonly unit: string;
  readonly unitNameVi: string;
  readonly unitNameEn: string;
  readonly messages: readonly ReadMessage[];
  readonly steps: readonly ReadStep[];
  /** True when the steps' signed parts are well formed and the last one leaves the state that is told. */
  readonly consistent: boolean;
}

/**
 * Opens and judges a mailbox's contents (attacker-controlled). Never throws: a message that does not open is shown with its code, a
 * directory that does not verify proves nothing and leaves its unit's messages unsure. `now` in UTC seconds.
 */
export function readMailbox(
  suite: Suite,
  pins: Pins,
  keys: Pick<MailboxKeys, 'locator' | 'mailbox'>,
  contents: MailboxContents,
  bundles: readonly Uint8Array[],
  now: number,
): ReadMailbox {
  const directories = bundles.flatMap((bytes) => readDirectory(suite, pins, bytes, now));
  const steps = contents.steps.map(readStep);
  const held = new Set([contents.unit, ...steps.flatMap((step) => step?.unit ?? [])]);
  const unit = directories.flatMap(({ units }) => units.get(contents.unit as UnitId) ?? [])[0];
  const { t0, stage, overlay, outcome } = contents;
  return {
    t0,
    stage,
    overlay,
    outcome,
    unit: contents.unit,
    unitNameVi: unit?.nameVi ?? contents.unit,
    unitNameEn: unit?.nameEn ?? contents.unit,
    steps: steps.flatMap((step) => step ?? []),
    messages: contents.messages.map((message) => {
      const none: ReadMessage = { no: message.no, text: '', from: '', day: '', trust: 'unsure', error: '' };
      try {
        const { core, content } = openEnvelope(
          suite,
          message,
          { id: mailboxRecipient(keys.locator), secretKey: keys.mailbox.secretKey },
          { instance: pins.instance, tip: contents.tip, kind: 'message', no: message.no, seal: message.seal },
        );
        const known = directories.some((directory) =>
          voiceKeys(directory, core.unit).some((key) => equalBytes(key, core.author)),
        );
        return { ...none, ...readText(content), trust: known && held.has(core.unit) ? 'verified' : 'unsure' };
      } catch (error) {
        return { ...none, error: error instanceof ProtocolError ? error.code : 'body_malformed' };
      }
    }),
    consistent: steps.every((step) => step !== null) && fits(contents, steps.at(-1) ?? null),
  };
}

/** Units that have held the tip, the present one first: whose directories are needed to judge its messages. At most `limit`. */
export const unitsOfMailbox = (contents: Pick<MailboxContents, 'unit' | 'steps'>, limit = 6): string[] => {
  const held = contents.steps.flatMap((step) => readStep(step)?.unit ?? []).toReversed();
  return [...new Set([contents.unit, ...held])].filter((unit) => unit !== '').slice(0, limit);
};

function readDirectory(suite: Suite, pins: Pins, bytes: Uint8Array, now: number): VerifiedDirectory[] {
  try {
    return [verifyDirectory(suite, pins, decodeBundle(bytes), now)];
  } catch {
    return [];
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Text of a message; whoever wrote it may have left out the rest. Throws `content_malformed`. */
function readText(content: Uint8Array): Pick<ReadMessage, 'text' | 'from' | 'day'> {
  const object = parseObject(content, MAX_MESSAGE_BYTES, 'content_malformed');
  const { from } = object;
  const name = typeof from === 'object' && from !== null ? Reflect.get(from, 'name') : '';
  return { text: text(object.text), from: text(name), day: text(object.day) };
}

/** The citizen's part of one step; null when it is not what such a part looks like. */
function readStep(step: { readonly type: string; readonly citizenPart: Uint8Array }): ReadStep | null {
  try {
    const part = parsePart(step.citizenPart);
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
const fits = (told: MailboxContents, last: ReadStep | null): boolean =>
  last !== null &&
  last.stage === told.stage &&
  last.overlay === told.overlay &&
  last.outcome === told.outcome &&
  last.unit === told.unit;
