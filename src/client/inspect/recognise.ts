import { fileTypeFromBlob } from 'file-type';

/** One name for what several are in use. */
const ONE_NAME: Readonly<Record<string, string>> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/vnd.wave': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'audio/opus': 'audio/ogg',
  'application/ogg': 'audio/ogg',
  'video/x-m4v': 'video/mp4',
  'video/matroska': 'video/x-matroska',
  'image/heif': 'image/heic',
  'image/jpg': 'image/jpeg',
};

/** What people know a file's ending for. */
const ENDINGS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'jpg jpeg jfif png gif webp avif heic heif bmp tif tiff'.split(' ').map((one) => [one, 'image']),
  ),
  ...Object.fromEntries(
    'mp4 m4v mov webm mkv avi 3gp m4a mp3 ogg oga opus wav aac amr flac'
      .split(' ')
      .map((one) => [one, 'media']),
  ),
  ...Object.fromEntries('docx xlsx pptx odt ods odp'.split(' ').map((one) => [one, 'office'])),
  pdf: 'pdf',
  zip: 'archive',
  txt: 'text',
};

function familyOf(type: string): string {
  if (type.startsWith('image/')) return 'image';
  if (type.startsWith('video/') || type.startsWith('audio/')) return 'media';
  if (type === 'application/pdf') return 'pdf';
  if (isOffice(type)) return 'office';
  if (type === 'application/zip') return 'archive';
  return type.startsWith('text/') ? 'text' : 'other';
}

export const isOffice = (type: string): boolean =>
  type.startsWith('application/vnd.openxmlformats-officedocument.') ||
  type.startsWith('application/vnd.oasis.opendocument.');

/** Bytes of the beginning that decide whether something unknown is text. */
const LOOK_BYTES = 4096;

export interface Recognised {
  readonly type: string;
  readonly lies: boolean;
}

/** What a file is by its bytes; name and declared type are compared with that and believed in nothing. */
export async function recognise(file: Blob, name: string): Promise<Recognised> {
  const found = await fileTypeFromBlob(file).catch(() => undefined);
  const plain = (found?.mime.split(';', 1)[0] ?? (await plainType(file))).toLowerCase();
  const type = ONE_NAME[plain] ?? plain;
  const family = familyOf(type);
  const byName = ENDINGS[/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''];
  const declared = familyOf(file.type.toLowerCase());
  const lies =
    (byName !== undefined && byName !== family) ||
    (file.type !== '' && declared !== 'other' && declared !== family);
  return { type, lies };
}

async function plainType(file: Blob): Promise<string> {
  const head = new Uint8Array(await file.slice(0, LOOK_BYTES).arrayBuffer());
  if (head.includes(0)) return 'application/octet-stream';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'text/plain';
  } catch {
    return 'application/octet-stream';
  }
}
