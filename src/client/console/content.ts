import { FIELD_LIMITS, type MessageContent, type TipContent } from '../../domain/tip-content.ts';
import { ProtocolError } from '../../protocol/errors.ts';

const refuse = (field: string): never => {
  throw new ProtocolError('content_malformed', field);
};

/** Reads one field of an object that somebody unknown wrote. */
const at = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, field)
    ? Reflect.get(value, field)
    : undefined;

const text = (value: unknown, field: string, most: number): string => {
  const found = at(value, field);
  return typeof found === 'string' && found.length <= most ? found : refuse(field);
};

const textOrNull = (value: unknown, field: string, most: number): string | null =>
  at(value, field) === null ? null : text(value, field, most);

const yes = (value: unknown, field: string): boolean => {
  const found = at(value, field);
  return typeof found === 'boolean' ? found : refuse(field);
};

const oneOf = <T extends string>(value: unknown, field: string, words: readonly T[]): T =>
  words.find((word) => word === at(value, field)) ?? refuse(field);

const CODE = 60;
const NAME = 300;
const MOST_EXCLUDED = 10;

/** A tip's content out of its JSON; its sender may be hostile. Throws `content_malformed` with the field. */
export const readTipContent = (json: unknown): TipContent => {
  const place = at(json, 'place');
  const urgent = at(json, 'urgent');
  const official = at(json, 'official');
  const excluded = at(json, 'excluded');
  if (at(json, 'v') !== 1) refuse('v');
  if (!Array.isArray(excluded) || excluded.length > MOST_EXCLUDED) refuse('excluded');
  return {
    v: 1,
    lang: oneOf(json, 'lang', ['vi', 'en']),
    place: {
      province: text(place, 'province', CODE),
      commune: textOrNull(place, 'commune', CODE),
      name: text(place, 'name', NAME),
    },
    conduct: text(json, 'conduct', CODE),
    urgent: {
      happeningNow: yes(urgent, 'happeningNow'),
      danger: yes(urgent, 'danger'),
      minor: yes(urgent, 'minor'),
    },
    official: {
      involved: oneOf(official, 'involved', ['no', 'yes', 'unsure']),
      unit: textOrNull(official, 'unit', CODE),
      role: textOrNull(official, 'role', CODE),
    },
    excluded: (excluded as readonly unknown[]).map((unit) =>
      typeof unit === 'string' && unit.length <= CODE ? unit : refuse('excluded'),
    ),
    what: text(json, 'what', FIELD_LIMITS.what),
    when: text(json, 'when', FIELD_LIMITS.when),
    where: text(json, 'where', FIELD_LIMITS.where),
    who: text(json, 'who', FIELD_LIMITS.who),
    how: text(json, 'how', FIELD_LIMITS.how),
  };
};

/** A message's content out of its JSON. Throws `content_malformed` with the field. */
export const readMessageContent = (json: unknown): MessageContent => {
  const from = at(json, 'from');
  if (at(json, 'v') !== 1) refuse('v');
  return {
    v: 1,
    from: { unit: text(from, 'unit', CODE), name: text(from, 'name', NAME) },
    day: text(json, 'day', CODE),
    text: text(json, 'text', FIELD_LIMITS.message),
  };
};
