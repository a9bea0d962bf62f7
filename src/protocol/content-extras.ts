import {
  ATTACHMENT_FORMS,
  ATTACHMENT_LIMITS,
  type AttachmentEntry,
  cleanFileName,
} from '../domain/attachments.ts';
import { type Informant, CONVERSATION_LIMITS as LIMITS, type Taken } from '../domain/conversation.ts';
import { IDENTITY_MODES, INTAKE_CHANNELS } from '../domain/terms.ts';
import { toBase64Url } from './base64.ts';
import type { Reader } from './json.ts';
import { SIZES } from './suite.ts';

const ID = /^[0-9a-f]{32}$/;
const TYPE = /^[a-z0-9][a-z0-9.+-]*\/[a-z0-9][a-z0-9.+-]*$/;
/** Longest call that a time stamp can lie in, in seconds. */
const DAY_SECONDS = 86_400;

/** The parts of a content that a tip and a citizen's message share; keys in one order. */
export const plainEntries = (entries: readonly AttachmentEntry[]): readonly object[] =>
  entries.map(({ id, key, name, type, size, form }) => ({ id, key, name, type, size, form }));

/** At most twenty files, none twice. Names come out cleaned: whoever wrote them may be hostile. */
export function readEntries(reader: Reader, field: string): readonly AttachmentEntry[] {
  const entries = reader.objects(field, ATTACHMENT_LIMITS.count).map(readEntry);
  if (new Set(entries.map(({ id }) => id)).size !== entries.length) reader.fail(field);
  return entries;
}

function readEntry(reader: Reader): AttachmentEntry {
  const entry: AttachmentEntry = {
    id: reader.string('id', 32, ID),
    key: toBase64Url(reader.bytes('key', SIZES.dataKey)),
    name: cleanFileName(reader.string('name', ATTACHMENT_LIMITS.name)),
    type: reader.string('type', ATTACHMENT_LIMITS.type, TYPE),
    size: reader.integer('size', 1, ATTACHMENT_LIMITS.bytes),
    form: reader.oneOf('form', ATTACHMENT_FORMS),
  };
  reader.done();
  return entry;
}

export const plainTaken = (taken: Taken): object => ({
  channel: taken.channel,
  document: taken.document,
  marks: taken.marks.map(({ after, text }) => ({ after, text })),
  voiceKept: taken.voiceKept,
  draftUnverified: taken.draftUnverified,
});

export function readTaken(reader: Reader): Taken {
  const taken: Taken = {
    channel: reader.oneOf('channel', INTAKE_CHANNELS),
    document: reader.string('document', LIMITS.document),
    marks: reader.objects('marks', LIMITS.marks).map((mark) => {
      const read = {
        after: mark.integer('after', 0, DAY_SECONDS),
        text: mark.string('text', LIMITS.mark),
      };
      mark.done();
      return read;
    }),
    voiceKept: reader.string('voiceKept', LIMITS.voiceKept),
    draftUnverified: reader.boolean('draftUnverified'),
  };
  reader.done();
  return taken;
}

export const plainInformant = (informant: Informant): object => ({
  mode: informant.mode,
  reason: informant.reason,
  name: informant.name,
  born: informant.born,
  address: informant.address,
  contact: informant.contact,
});

export function readInformant(reader: Reader): Informant {
  const informant: Informant = {
    mode: reader.oneOf('mode', IDENTITY_MODES),
    reason: reader.string('reason', LIMITS.reason),
    name: reader.string('name', LIMITS.name),
    born: reader.string('born', LIMITS.born),
    address: reader.string('address', LIMITS.address),
    contact: reader.string('contact', LIMITS.contact),
  };
  reader.done();
  return informant;
}
