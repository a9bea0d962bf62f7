import type { Hash } from '../domain/ids.ts';
import { MAX_BODY_BYTES } from './body.ts';
import { concat, readU32, toHex, u32 } from './bytes.ts';
import { type Core, MAX_CORE_BYTES, parseCore } from './core.ts';
import { parseDsse, statementHash } from './dsse.ts';
import { ensure } from './errors.ts';
import { type EventParts, MAX_RECORD_BYTES, type ParsedEvent, parseEvent } from './event.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import { MAX_MAILBOX_FACTS_BYTES, type MailboxFacts, parseMailboxFacts } from './mailbox-facts.ts';
import { MAX_MANIFEST_BYTES, type ManifestEntry, parseManifest } from './manifest.ts';
import { hashSeal, MAX_SEAL_BYTES, parseSeal, type Seal } from './seal.ts';
import { MAX_SOLUTION_BYTES } from './submission.ts';
import type { Hashes } from './suite.ts';
import { MAX_WRAPS_BYTES } from './wraps.ts';

const MAGIC = 'TK1C';
const VERSION = 1;
/** Largest citizen's step, in bytes: what `POST /api/mailbox/steps` reads at most. */
export const MAX_CITIZEN_STEP_BYTES = 1024 * 1024;
const MAX_STEP_PART = 1024;
/** Largest block of new wraps, in bytes. */
const MAX_REWRAPS_BYTES = 700 * 1024;

/** The exact bytes of a citizen's step, section by section in the frame's order. What a step does not need is empty. */
export interface CitizenStepSections extends EventParts {
  /** Mailbox facts of a changed code. */
  readonly facts: Uint8Array;
  /** The message's envelope. */
  readonly seal: Uint8Array;
  readonly core: Uint8Array;
  readonly wraps: Uint8Array;
  readonly body: Uint8Array;
  readonly manifest: Uint8Array;
  readonly record: Uint8Array;
  /** New wraps of the unit's messages for a changed code. */
  readonly rewraps: Uint8Array;
  /** Solution of the challenge (UTF-8 JSON), or nothing for an operator. */
  readonly solution: Uint8Array;
}

/** New wraps of one envelope. */
export interface Rewrap {
  readonly no: number;
  readonly wraps: Uint8Array;
}

/** A decoded step: exact bytes (views into the frame) and what they say. Nothing is verified yet. */
export interface DecodedCitizenStep extends CitizenStepSections {
  readonly parsed: {
    readonly event: ParsedEvent;
    readonly envelope: {
      readonly seal: Seal;
      readonly core: Core;
      readonly manifest: readonly ManifestEntry[];
    } | null;
    readonly mailbox: MailboxFacts | null;
    readonly rewraps: readonly Rewrap[];
  };
}

const ORDER = [
  'facts',
  'seal',
  'core',
  'wraps',
  'body',
  'manifest',
  'record',
  'citizenPart',
  'citizenSalt',
  'restrictedPart',
  'restrictedSalt',
  'rewraps',
  'solution',
] as const satisfies readonly (keyof CitizenStepSections)[];

const LIMITS: readonly number[] = [
  MAX_MAILBOX_FACTS_BYTES,
  MAX_SEAL_BYTES,
  MAX_CORE_BYTES,
  MAX_WRAPS_BYTES,
  MAX_BODY_BYTES,
  MAX_MANIFEST_BYTES,
  MAX_RECORD_BYTES,
  MAX_STEP_PART,
  32,
  MAX_STEP_PART,
  32,
  MAX_REWRAPS_BYTES,
  MAX_SOLUTION_BYTES,
];

/** The body of `POST /api/mailbox/steps`: magic `TK1C`, version 1, thirteen length-prefixed sections. */
export const encodeCitizenStep = (sections: CitizenStepSections): Uint8Array =>
  encodeFrame(
    MAGIC,
    VERSION,
    ORDER.map((name) => sections[name]),
  );

/** The thirteen sections of a frame as views, without parsing any. Throws `frame_too_large`, `frame_malformed`. */
export function splitCitizenStep(bytes: Uint8Array): CitizenStepSections {
  ensure(bytes.length <= MAX_CITIZEN_STEP_BYTES, 'frame_too_large');
  const sections = decodeFrame(bytes, MAGIC, VERSION, LIMITS, 'frame_malformed');
  const of = (name: keyof CitizenStepSections): Uint8Array =>
    sections[ORDER.indexOf(name)] ?? new Uint8Array(0);
  return {
    facts: of('facts'),
    seal: of('seal'),
    core: of('core'),
    wraps: of('wraps'),
    body: of('body'),
    manifest: of('manifest'),
    record: of('record'),
    citizenPart: of('citizenPart'),
    citizenSalt: of('citizenSalt'),
    restrictedPart: of('restrictedPart'),
    restrictedSalt: of('restrictedSalt'),
    rewraps: of('rewraps'),
    solution: of('solution'),
  };
}

/**
 * Decodes a step (attacker-controlled). An envelope is there whole or not at all, and so are facts and new wraps of a changed code. Throws
 * `frame_too_large`, `frame_malformed` and the `…_malformed` code of the section that is wrong.
 */
export function decodeCitizenStep(bytes: Uint8Array): DecodedCitizenStep {
  const sections = splitCitizenStep(bytes);
  const event = parseEvent(sections.record);
  const sealed = sections.seal.length > 0;
  for (const name of ['core', 'wraps', 'body', 'manifest'] as const)
    ensure(sections[name].length > 0 === sealed, 'frame_malformed', name);
  const changed = sections.facts.length > 0;
  ensure(changed || sections.rewraps.length === 0, 'frame_malformed', 'rewraps');
  return {
    ...sections,
    parsed: {
      event,
      envelope: sealed
        ? {
            seal: parseSeal(sections.seal),
            core: parseCore(sections.core),
            manifest: parseManifest(sections.manifest),
          }
        : null,
      mailbox: changed ? parseMailboxFacts(sections.facts) : null,
      rewraps: parseRewraps(sections.rewraps),
    },
  };
}

/** For each envelope: number u32, length u32, wraps. Nothing at all for none. */
export const encodeRewraps = (rewraps: readonly Rewrap[]): Uint8Array =>
  concat(...rewraps.flatMap(({ no, wraps }) => [u32(no), u32(wraps.length), wraps]));

/** Parses new wraps (attacker-controlled); numbers ascend, blocks are views. Throws `frame_malformed`. */
function parseRewraps(bytes: Uint8Array): readonly Rewrap[] {
  const rewraps: Rewrap[] = [];
  let at = 0;
  let last = 1;
  while (at < bytes.length) {
    ensure(at + 8 <= bytes.length, 'frame_malformed', 'rewraps');
    const no = readU32(bytes, at);
    const end = at + 8 + readU32(bytes, at + 4);
    const fits = no > last && end <= bytes.length && end - at - 8 <= MAX_WRAPS_BYTES;
    ensure(fits, 'frame_malformed', 'rewraps');
    rewraps.push({ no, wraps: bytes.subarray(at + 8, end) });
    last = no;
    at = end;
  }
  return rewraps;
}

/**
 * Idempotency key of a step and what its proof of work is asked for with: the seal's hash, or the event's statement hash where nothing is
 * sealed. Throws `statement_malformed`.
 */
export const citizenStepKey = (
  hashes: Pick<Hashes, 'blake2b512'>,
  sections: Pick<CitizenStepSections, 'seal' | 'record'>,
): Hash =>
  sections.seal.length > 0
    ? hashSeal(hashes, sections.seal)
    : (toHex(statementHash(hashes, parseDsse(sections.record))) as Hash);
