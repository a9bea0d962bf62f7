import type { UnitId } from '../domain/ids.ts';
import { isUnitId } from '../domain/ids.ts';
import { MAX_CONTENT_BYTES } from './body.ts';
import { utf8 } from './bytes.ts';
import { ensure } from './errors.ts';
import { parseObject, Reader } from './json.ts';

const TEXT = 20_000;
const LINE = 4_000;

/** What a citizen tells; exists in plaintext only in the citizen's browser and in the console of the unit. */
export interface TipContent {
  readonly lang: 'vi' | 'en';
  /** Identifier of the conduct chosen, as in the conduct table. */
  readonly conduct: string;
  readonly happeningNow: boolean;
  readonly danger: boolean;
  /** Someone under 18 is involved. */
  readonly minor: boolean;
  readonly place: {
    /** Province and commune codes; null commune for "I don't know". */
    readonly province: string;
    readonly commune: string | null;
    readonly detail: string;
  };
  readonly what: string;
  readonly when: string;
  readonly who: string;
  /** How the citizen knows. */
  readonly source: string;
  /** The official or police officer involved; null when none is. */
  readonly official: {
    readonly position: string;
    readonly unit: UnitId | null;
    readonly detail: string;
  } | null;
  /** Units that must never be able to read this tip: consoles refuse to wrap to them. */
  readonly excluded: readonly UnitId[];
}

/** A message or a note. */
export interface MessageContent {
  readonly lang: 'vi' | 'en';
  readonly text: string;
}

/** NFC, line ends as \n, no control characters but line end and tab. */
function clean(text: string): string {
  const normal = text.normalize('NFC').replace(/\r\n?/g, '\n');
  return Array.from(normal, (char) => (char < ' ' && char !== '\n' && char !== '\t' ? ' ' : char)).join('');
}

function encode(value: object): Uint8Array {
  const bytes = utf8(
    JSON.stringify(value, (_key, field) => (typeof field === 'string' ? clean(field) : field)),
  );
  ensure(bytes.length <= MAX_CONTENT_BYTES, 'content_too_large');
  return bytes;
}

/** UTF-8 JSON of a tip's content, text in NFC. Throws `content_too_large` (200 KiB). */
export const encodeTipContent = (content: TipContent): Uint8Array =>
  encode({
    v: 1,
    lang: content.lang,
    conduct: content.conduct,
    happeningNow: content.happeningNow,
    danger: content.danger,
    minor: content.minor,
    place: {
      province: content.place.province,
      commune: content.place.commune,
      detail: content.place.detail,
    },
    what: content.what,
    when: content.when,
    who: content.who,
    source: content.source,
    official:
      content.official === null
        ? null
        : {
            position: content.official.position,
            unit: content.official.unit,
            detail: content.official.detail,
          },
    excluded: content.excluded,
  });

/** Parses a tip's content; its sender may be hostile. Throws `content_malformed`. */
export function parseTipContent(bytes: Uint8Array): TipContent {
  const reader = new Reader(parseObject(bytes, MAX_CONTENT_BYTES, 'content_malformed'), 'content_malformed');
  reader.integer('v', 1, 1);
  const content: TipContent = {
    lang: reader.oneOf('lang', ['vi', 'en']),
    conduct: reader.string('conduct', 40, /^[a-z0-9_]+$/),
    happeningNow: reader.boolean('happeningNow'),
    danger: reader.boolean('danger'),
    minor: reader.boolean('minor'),
    place: readPlace(reader.object('place')),
    what: reader.string('what', TEXT),
    when: reader.string('when', LINE),
    who: reader.string('who', LINE),
    source: reader.string('source', LINE),
    official: reader.isNull('official') ? reader.null('official') : readOfficial(reader.object('official')),
    excluded: reader
      .strings('excluded', 10, 40)
      .map((unit) => (isUnitId(unit) ? unit : reader.fail('excluded'))),
  };
  reader.done();
  return content;
}

function readPlace(reader: Reader): TipContent['place'] {
  const place = {
    province: reader.string('province', 40),
    commune: reader.isNull('commune') ? reader.null('commune') : reader.string('commune', 40),
    detail: reader.string('detail', LINE),
  };
  reader.done();
  return place;
}

function readOfficial(reader: Reader): TipContent['official'] {
  const official = {
    position: reader.string('position', 60),
    unit: reader.isNull('unit') ? reader.null('unit') : reader.guarded('unit', 40, isUnitId),
    detail: reader.string('detail', LINE),
  };
  reader.done();
  return official;
}

/** UTF-8 JSON of a message or note, text in NFC. Throws `content_too_large`. */
export const encodeMessageContent = (content: MessageContent): Uint8Array =>
  encode({ v: 1, lang: content.lang, text: content.text });

/** Parses a message or note. Throws `content_malformed`. */
export function parseMessageContent(bytes: Uint8Array): MessageContent {
  const reader = new Reader(parseObject(bytes, MAX_CONTENT_BYTES, 'content_malformed'), 'content_malformed');
  reader.integer('v', 1, 1);
  const content = { lang: reader.oneOf('lang', ['vi', 'en']), text: reader.string('text', TEXT) };
  reader.done();
  return content;
}
