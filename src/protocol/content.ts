import { isDay, isUnitId } from '../domain/ids.ts';
import { FIELD_LIMITS, MAX_EXCLUDED, type MessageContent, type TipContent } from '../domain/tip-content.ts';
import { MAX_CONTENT_BYTES } from './body.ts';
import { utf8 } from './bytes.ts';
import { ensure } from './errors.ts';
import { parseObject, Reader } from './json.ts';

/** Every string of a content in NFC, so that the same words give the same bytes on every keyboard. */
function encode(value: object): Uint8Array {
  const bytes = utf8(
    JSON.stringify(value, (_key, field) => (typeof field === 'string' ? field.normalize('NFC') : field)),
  );
  ensure(bytes.length <= MAX_CONTENT_BYTES, 'content_too_large');
  return bytes;
}

/**
 * UTF-8 JSON of a tip's content, keys in one order, text in NFC. Throws `content_too_large` (200 KiB), and `content_malformed` for more
 * excluded units than a reader takes: none may be left out without a word.
 */
export function encodeTipContent({ place, urgent, official, ...content }: TipContent): Uint8Array {
  ensure(content.excluded.length <= MAX_EXCLUDED, 'content_malformed', 'excluded');
  return encode({
    v: 1,
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
  });
}

/**
 * Parses a tip's content for the console. Its sender may be hostile: types and lengths are enforced, text stays text. Throws
 * `content_malformed`.
 */
export function parseTipContent(bytes: Uint8Array): TipContent {
  const reader = new Reader(parseObject(bytes, MAX_CONTENT_BYTES, 'content_malformed'), 'content_malformed');
  reader.integer('v', 1, 1);
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
  reader.done();
  return content;
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

/** UTF-8 JSON of a unit's message to the citizen, text in NFC. Throws `content_too_large`. */
export const encodeMessageContent = ({ from, day, text }: MessageContent): Uint8Array =>
  encode({ v: 1, from: { unit: from.unit, name: from.name }, day, text });

/** Parses a message. Throws `content_malformed`. */
export function parseMessageContent(bytes: Uint8Array): MessageContent {
  const reader = new Reader(parseObject(bytes, MAX_CONTENT_BYTES, 'content_malformed'), 'content_malformed');
  reader.integer('v', 1, 1);
  const from = reader.object('from');
  const content: MessageContent = {
    v: 1,
    from: { unit: from.guarded('unit', 40, isUnitId), name: from.string('name', 300) },
    day: reader.guarded('day', 10, isDay),
    text: reader.string('text', FIELD_LIMITS.message),
  };
  from.done();
  reader.done();
  return content;
}
