import type { AttachmentEntry } from '../domain/attachments.ts';
import {
  type Asked,
  type CitizenMessage,
  CONVERSATION_LIMITS,
  type UnitMessage,
} from '../domain/conversation.ts';
import { isDay, isUnitId } from '../domain/ids.ts';
import {
  FIELD_LIMITS,
  MAX_EXCLUDED,
  NO_EXTRAS,
  type TipContent,
  type TipExtras,
} from '../domain/tip-content.ts';
import { paddedFileLength, paddedFromSealed } from './attachment.ts';
import { MAX_CONTENT_BYTES } from './body.ts';
import { utf8 } from './bytes.ts';
import {
  plainEntries,
  plainInformant,
  plainTaken,
  readEntries,
  readInformant,
  readTaken,
} from './content-extras.ts';
import { ensure } from './errors.ts';
import { parseObject, Reader } from './json.ts';
import type { ManifestEntry } from './manifest.ts';

/** Content bytes with every string in NFC, so that the same words give the same bytes on every keyboard. Throws `content_too_large`. */
export function encodeContent(value: object): Uint8Array {
  const bytes = utf8(
    JSON.stringify(value, (_key, field) => (typeof field === 'string' ? field.normalize('NFC') : field)),
  );
  ensure(bytes.length <= MAX_CONTENT_BYTES, 'content_too_large');
  return bytes;
}

const hasExtras = ({ attachments, taken, informant }: TipExtras): boolean =>
  attachments.length > 0 || taken !== null || informant !== null;

/**
 * UTF-8 JSON of a tip's content, keys in one order, text in NFC: version 1, or 2 where there are extras. Throws `content_too_large` (200
 * KiB), and `content_malformed` for more excluded units or longer extras than a reader takes: nothing may be left out without a word.
 */
export function encodeTipContent(tip: TipContent, extras: TipExtras = NO_EXTRAS): Uint8Array {
  const { place, urgent, official, ...content } = tip;
  ensure(content.excluded.length <= MAX_EXCLUDED, 'content_malformed', 'excluded');
  const two = hasExtras(extras);
  const bytes = encodeContent({
    v: two ? 2 : 1,
    lang: content.lang,
    place: { province: place.province, commune: place.commune, name: place.name },
    conduct: content.conduct,
    urgent: { happeningNow: urgent.happeningNow, danger: urgent.danger, minor: urgent.minor },
    official: { involved: official.involved, unit: official.unit, role: official.role },
    excluded: content.excluded,
    what: content.what,
    when: content.when,
    where: content.where,
    who: content.who,
    how: content.how,
    ...(two ? plainExtras(extras) : {}),
  });
  if (two) parseTip(bytes);
  return bytes;
}

const plainExtras = ({ attachments, taken, informant }: TipExtras): object => ({
  attachments: plainEntries(attachments),
  taken: taken === null ? null : plainTaken(taken),
  informant: informant === null ? null : plainInformant(informant),
});

/**
 * Parses a tip's content for the console. Its sender may be hostile: types and lengths are enforced, text stays text. Throws
 * `content_malformed`.
 */
export function parseTip(bytes: Uint8Array): { readonly content: TipContent; readonly extras: TipExtras } {
  const reader = new Reader(parseObject(bytes, MAX_CONTENT_BYTES, 'content_malformed'), 'content_malformed');
  const version = reader.integer('v', 1, 2);
  const content: TipContent = {
    v: 1,
    lang: reader.oneOf('lang', ['vi', 'en']),
    place: readPlace(reader.object('place')),
    conduct: reader.string('conduct', 40, /^[a-z0-9_]+$/),
    urgent: readUrgent(reader.object('urgent')),
    official: readOfficial(reader.object('official')),
    excluded: reader
      .strings('excluded', MAX_EXCLUDED, 40)
      .map((unit) => (isUnitId(unit) ? unit : reader.fail('excluded'))),
    what: reader.string('what', FIELD_LIMITS.what),
    when: reader.string('when', FIELD_LIMITS.when),
    where: reader.string('where', FIELD_LIMITS.where),
    who: reader.string('who', FIELD_LIMITS.who),
    how: reader.string('how', FIELD_LIMITS.how),
  };
  const extras = version === 1 ? NO_EXTRAS : readExtras(reader);
  reader.done();
  return { content, extras };
}

function readExtras(reader: Reader): TipExtras {
  const extras = {
    attachments: readEntries(reader, 'attachments'),
    taken: reader.isNull('taken') ? reader.null('taken') : readTaken(reader.object('taken')),
    informant: reader.isNull('informant')
      ? reader.null('informant')
      : readInformant(reader.object('informant')),
  };
  if (!hasExtras(extras)) reader.fail('v');
  return extras;
}

function readPlace(reader: Reader): TipContent['place'] {
  const place = {
    province: reader.string('province', 40),
    commune: reader.isNull('commune') ? reader.null('commune') : reader.string('commune', 40),
    name: reader.string('name', 300),
  };
  reader.done();
  return place;
}

function readUrgent(reader: Reader): TipContent['urgent'] {
  const urgent = {
    happeningNow: reader.boolean('happeningNow'),
    danger: reader.boolean('danger'),
    minor: reader.boolean('minor'),
  };
  reader.done();
  return urgent;
}

function readOfficial(reader: Reader): TipContent['official'] {
  const official = {
    involved: reader.oneOf('involved', ['no', 'yes', 'unsure']),
    unit: reader.isNull('unit') ? reader.null('unit') : reader.guarded('unit', 40, isUnitId),
    role: reader.isNull('role') ? reader.null('role') : reader.string('role', 60),
  };
  reader.done();
  return official;
}

/** UTF-8 JSON of a unit's message to the citizen, version 2, text in NFC. Throws `content_too_large`, `content_malformed`. */
export function encodeUnitMessage({ from, day, text, about, ask }: UnitMessage): Uint8Array {
  const bytes = encodeContent({
    v: 2,
    from: { unit: from.unit, name: from.name },
    day,
    text,
    about,
    ask: ask === null ? null : plainAsked(ask),
  });
  parseUnitMessage(bytes);
  return bytes;
}

const plainAsked = (ask: Asked): object =>
  ask.kind === 'answer' ? { kind: ask.kind, by: ask.by } : { kind: ask.kind, unit: ask.unit };

/** Parses a unit's message of either version: the first knows neither `about` nor `ask`. Throws `content_malformed`. */
export function parseUnitMessage(bytes: Uint8Array): UnitMessage {
  const reader = new Reader(parseObject(bytes, MAX_CONTENT_BYTES, 'content_malformed'), 'content_malformed');
  const version = reader.integer('v', 1, 2);
  const from = reader.object('from');
  const common = {
    v: 2,
    from: { unit: from.guarded('unit', 40, isUnitId), name: from.string('name', 300) },
    day: reader.guarded('day', 10, isDay),
    text: reader.string('text', FIELD_LIMITS.message),
  } as const;
  from.done();
  const message: UnitMessage =
    version === 1
      ? { ...common, about: 'plain', ask: null }
      : {
          ...common,
          about: reader.oneOf('about', ['plain', 'reward']),
          ask: reader.isNull('ask') ? reader.null('ask') : readAsked(reader.object('ask')),
        };
  reader.done();
  return message;
}

function readAsked(reader: Reader): Asked {
  const kind = reader.oneOf('kind', ['answer', 'consent']);
  const asked: Asked =
    kind === 'answer'
      ? { kind, by: reader.guarded('by', 10, isDay) }
      : { kind, unit: reader.guarded('unit', 40, isUnitId) };
  reader.done();
  return asked;
}

/** UTF-8 JSON of a citizen's message to the unit, text in NFC. Throws `content_too_large`, `content_malformed`. */
export function encodeCitizenMessage(message: CitizenMessage): Uint8Array {
  const bytes = encodeContent({
    v: 1,
    from: 'citizen',
    lang: message.lang,
    text: message.text,
    attachments: plainEntries(message.attachments),
    informant: message.informant === null ? null : plainInformant(message.informant),
    byOperator: message.byOperator,
  });
  parseCitizenMessage(bytes);
  return bytes;
}

/** Parses a citizen's message; its sender may be hostile. Throws `content_malformed`. */
export function parseCitizenMessage(bytes: Uint8Array): CitizenMessage {
  const reader = new Reader(parseObject(bytes, MAX_CONTENT_BYTES, 'content_malformed'), 'content_malformed');
  reader.integer('v', 1, 1);
  const message: CitizenMessage = {
    v: 1,
    from: reader.oneOf('from', ['citizen']),
    lang: reader.oneOf('lang', ['vi', 'en']),
    text: reader.string('text', CONVERSATION_LIMITS.text),
    attachments: readEntries(reader, 'attachments'),
    informant: reader.isNull('informant')
      ? reader.null('informant')
      : readInformant(reader.object('informant')),
    byOperator: reader.boolean('byOperator'),
  };
  reader.done();
  return message;
}

/**
 * Throws `manifest_mismatch` unless every file of a content stands in the manifest, in the same order, with the size that it has when
 * padded, and the manifest has no other.
 */
export function checkEntries(entries: readonly AttachmentEntry[], manifest: readonly ManifestEntry[]): void {
  ensure(entries.length === manifest.length, 'manifest_mismatch', 'attachments');
  entries.forEach(({ id, size }, at) => {
    const named = manifest[at];
    ensure(named?.id === id, 'manifest_mismatch', 'id');
    ensure(paddedFromSealed(named.bytes) === paddedFileLength(size), 'manifest_mismatch', 'bytes');
  });
}
