import type { AttachmentForm } from '../../domain/attachments.ts';
import type { ChosenFile } from '../worker/outgoing-files.ts';
import type { Looked } from './api.ts';

/** A file that somebody chose, and what they chose to do with it. */
export interface LookedInto {
  readonly file: Blob;
  readonly name: string;
  readonly looked: Looked | null;
  readonly form: AttachmentForm;
}

/** The file as it will be sealed. Null before it was looked into. */
export function outgoingOf({ file, name, looked, form }: LookedInto): ChosenFile | null {
  if (looked === null) return null;
  const { made, inspection } = looked;
  if (form === 'original' || made === null) return { file, name, type: inspection.type, form: 'original' };
  return { file: made.file, name: cleanName(name, made.type), type: made.type, form: made.form };
}

/** Endings of what is made anew. */
const ENDINGS: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png' };
/** Six digits in a row: a day, a time or a serial number that a camera wrote into the name. */
const CAMERA_NAME = /\d{6}/;

/** The name of a cleaned file: a camera's own name, which tells day and time, becomes a plain word. */
function cleanName(name: string, type: string): string {
  const [, stem = name, ending = ''] = /^(.*?)(?:\.([A-Za-z0-9]{1,5}))?$/.exec(name) ?? [];
  const word = type.startsWith('image/') ? 'anh' : type.startsWith('video/') ? 'video' : 'tep';
  const plain = CAMERA_NAME.test(stem) ? word : stem;
  const last = ENDINGS[type] ?? ending;
  return last === '' ? plain : `${plain}.${last}`;
}
