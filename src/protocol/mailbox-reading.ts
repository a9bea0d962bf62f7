import type { Asked, UnitMessage } from '../domain/conversation.ts';
import { isTipId, type TipId, type UnitId } from '../domain/ids.ts';
import { fromBase64Url } from './base64.ts';
import { decodeBundle } from './bundle.ts';
import { equalBytes } from './bytes.ts';
import { parseUnitMessage } from './content.ts';
import { openEnvelope } from './envelope.ts';
import { ensure, ProtocolError } from './errors.ts';
import { parsePart } from './event.ts';
import { parseObject } from './json.ts';
import { type ToldStep, type ToldThread, toldThread } from './mailbox-thread.ts';
import type { MailboxKeys } from './receipt-code.ts';
import type { Pins } from './root.ts';
import { hashSeal } from './seal.ts';
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
  /** How the tip was sealed; `operator` when somebody else has had the code from the beginning. */
  readonly assurance: string;
  /** Units that a message is sealed to now, the holder first. */
  readonly readers: readonly string[];
  /** How many messages the sender may still write, today and in all; not told to the script-less page, which takes none. */
  readonly room?: { readonly today: number; readonly total: number };
  readonly steps: readonly (ToldStep & { readonly day?: string })[];
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
    ...{ assurance: answer.assurance, readers: answer.readers, room: answer.room },
    steps: answer.steps.map(({ no, type, citizenPart, day = '' }) => ({
      no,
      type,
      day,
      citizenPart: fromBase64Url(citizenPart),
    })),
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
  /** `reward`: it tells that a reward was decided, and how to collect it. */
  readonly about: 'plain' | 'reward';
  /** What the unit asks; null when nothing. */
  readonly ask: Asked | null;
  /** `verified`: signed by a key of a unit that held the tip, and named by a step. `unsure`: opens, but one of the two is not so. */
  readonly trust: 'verified' | 'unsure';
  /** Code of what is wrong with it; `message_missing` for one that a step names and nobody served. Empty when nothing is. */
  readonly error: string;
}

/** A step of the tip's way as the citizen may see it. */
export interface ReadStep {
  readonly step: string;
  readonly stage: string;
  readonly overlay: string;
  readonly outcome: string | null;
  readonly unit: string;
  /** Day of a citizen's own step, as the service tells it; empty for others. */
  readonly day: string;
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
  /**
   * `whole`: steps and messages are numbered without a gap, each message is the one that its step names and follows the one before. `gap`:
   * something was left out. `order`: something was put in, exchanged or moved.
   */
  readonly thread: 'whole' | 'gap' | 'order';
  /** Units that read what is written next, the holder first. */
  readonly readers: readonly string[];
  /** True while the unit takes no messages. */
  readonly muted: boolean;
  /** True when an operator has had the present code: a change is offered. */
  readonly offerChange: boolean;
  /** How many messages may still be written, today and in all; null when the service did not tell. */
  readonly room: { readonly today: number; readonly total: number } | null;
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
  const told = toldThread(contents.steps);
  const changed = contents.steps.some(({ type }) => type === 'mailbox_changed');
  const reading = { suite, pins, keys, tip: contents.tip, told, directories, held };
  const served = contents.messages.map((message) => readMessage(reading, message));
  const arrived = new Set(contents.messages.map(({ no }) => no));
  const missing = told.fromUnits
    .filter((no) => !arrived.has(no))
    .map((no): ReadMessage => ({ ...NO_MESSAGE, no, error: 'message_missing' }));
  const unnamed = contents.messages.some(
    ({ no, seal }) => told.seals.get(no) !== hashSeal(suite, seal) || !told.fromUnits.includes(no),
  );
  return {
    t0,
    stage,
    overlay,
    outcome,
    unit: contents.unit,
    unitNameVi: unit?.nameVi ?? contents.unit,
    unitNameEn: unit?.nameEn ?? contents.unit,
    steps: steps.flatMap((step) => step ?? []),
    messages: [...served, ...missing].toSorted((a, b) => a.no - b.no),
    thread: threadState(told, { missing: missing.length > 0, unnamed, served }),
    readers: contents.readers,
    muted: told.muted,
    offerChange: told.viaOperator || (contents.assurance === 'operator' && !changed),
    room: contents.room ?? null,
    consistent: steps.every((step) => step !== null) && fits(contents, steps.at(-1) ?? null),
  };
}

/** What a message is judged by. */
interface Reading {
  readonly suite: Suite;
  readonly pins: Pins;
  readonly keys: Pick<MailboxKeys, 'locator' | 'mailbox'>;
  readonly tip: TipId;
  readonly told: ToldThread;
  readonly directories: readonly VerifiedDirectory[];
  /** Units that hold or held the tip. */
  readonly held: ReadonlySet<string>;
}

/** Opens one message: it must be of this tip and number, follow the envelope before it, and is believed only when a step names it. */
function readMessage(reading: Reading, message: MailboxContents['messages'][number]): ReadMessage {
  const { suite, pins, keys, tip, told, directories, held } = reading;
  const none = { ...NO_MESSAGE, no: message.no };
  const prev = told.seals.get(message.no - 1);
  try {
    const { core, content } = openEnvelope(
      suite,
      message,
      { id: mailboxRecipient(keys.locator), secretKey: keys.mailbox.secretKey },
      {
        ...{ instance: pins.instance, tip, kind: 'message', no: message.no, seal: message.seal },
        ...(prev === undefined ? {} : { prev }),
      },
    );
    const named = told.seals.get(message.no) === hashSeal(suite, message.seal);
    const known = directories.some((directory) =>
      voiceKeys(directory, core.unit).some((key) => equalBytes(key, core.author)),
    );
    const trust = named && known && held.has(core.unit) ? 'verified' : 'unsure';
    return { ...none, ...readText(content), trust };
  } catch (error) {
    return { ...none, error: error instanceof ProtocolError ? error.code : 'body_malformed' };
  }
}

const NO_MESSAGE: ReadMessage = {
  ...{ no: 0, text: '', from: '', day: '', about: 'plain', ask: null },
  ...{ trust: 'unsure', error: '' },
};

const threadState = (
  told: ToldThread,
  found: {
    readonly missing: boolean;
    readonly unnamed: boolean;
    readonly served: readonly ReadMessage[];
  },
): ReadMailbox['thread'] => {
  if (found.missing || told.gap) return 'gap';
  const moved = found.served.some(({ error }) => error === 'core_mismatch');
  return found.unnamed || moved || !told.ordered ? 'order' : 'whole';
};

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
function readText(content: Uint8Array): Pick<ReadMessage, 'text' | 'from' | 'day' | 'about' | 'ask'> {
  const object = parseObject(content, MAX_MESSAGE_BYTES, 'content_malformed');
  const { from } = object;
  const name = typeof from === 'object' && from !== null ? Reflect.get(from, 'name') : '';
  const known = wholeMessage(content);
  return {
    text: text(object.text),
    from: text(name),
    day: text(object.day),
    about: known?.about ?? 'plain',
    ask: known?.ask ?? null,
  };
}

/** A message that keeps to the format; what it asks is believed of no other. */
function wholeMessage(content: Uint8Array): UnitMessage | null {
  try {
    return parseUnitMessage(content);
  } catch {
    return null;
  }
}

/** The citizen's part of one step; null when it is not what such a part looks like. */
function readStep(
  step: Pick<MailboxContents['steps'][number], 'type' | 'citizenPart' | 'day'>,
): ReadStep | null {
  try {
    const part = parsePart(step.citizenPart);
    const submitted = step.type === 'submitted';
    return {
      step: step.type,
      stage: submitted ? 'submitted' : text(part.stage),
      overlay: submitted ? 'none' : text(part.overlay),
      outcome: typeof part.outcome === 'string' ? part.outcome : null,
      unit: text(part.unit),
      day: text(step.day),
    };
  } catch {
    return null;
  }
}

/** The state that a mailbox tells. */
export type ToldState = Pick<MailboxContents, 'stage' | 'overlay' | 'outcome' | 'unit'>;

/** True when this signed step, the last one, leaves the state that is told. */
export const leavesState = (
  step: { readonly type: string; readonly citizenPart: Uint8Array },
  told: ToldState,
) => fits(told, readStep(step));

/** The state that the server tells must be the one that the last signed step left behind. */
const fits = (told: ToldState, last: ReadStep | null): boolean =>
  last !== null &&
  last.stage === told.stage &&
  last.overlay === told.overlay &&
  last.outcome === told.outcome &&
  last.unit === told.unit;
