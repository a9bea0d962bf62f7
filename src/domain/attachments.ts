/** Bounds of what may be attached to a tip or a message (docs/protocol.md, Attachments). */
export const ATTACHMENT_LIMITS = {
  /** Attachments of one envelope. */
  count: 20,
  /** Bytes of one file; an instance may set less (`TINKIN_ATTACHMENT_MIB`). */
  bytes: 500 * 1024 * 1024,
  /** UTF-16 units of a name and of a media type. */
  name: 200,
  type: 100,
} as const;

/** What was done to a file before it was sealed. */
export const ATTACHMENT_FORMS = [
  /** Exactly the bytes that the person chose. */
  'original',
  /** An image drawn anew from its pixels. */
  'redrawn',
  /** Metadata cut out, the picture or sound itself untouched. */
  'stripped',
] as const;
export type AttachmentForm = (typeof ATTACHMENT_FORMS)[number];

/** One attachment as the envelope's content names it; never outside an envelope. */
export interface AttachmentEntry {
  /** Names the sealed bytes: 16 bytes as 32 hex digits. The same id stands in the manifest. */
  readonly id: string;
  /** Key of the parts, 32 bytes, base64url. */
  readonly key: string;
  /** File name as the person had it, NFC, without folders and control characters. */
  readonly name: string;
  /** Media type as recognised from the bytes, lower case. */
  readonly type: string;
  /** Bytes of the file before padding. */
  readonly size: number;
  readonly form: AttachmentForm;
}

/** How the console shows a kind of file. Everything that is none of these is offered for download, with a warning. */
export type ViewKind = 'image' | 'pdf' | 'audio' | 'video';

const VIEWED: Readonly<Record<string, ViewKind>> = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'image/webp': 'image',
  'image/gif': 'image',
  'image/avif': 'image',
  'application/pdf': 'pdf',
  'audio/mpeg': 'audio',
  'audio/wav': 'audio',
  'audio/ogg': 'audio',
  'audio/mp4': 'audio',
  'video/mp4': 'video',
  'video/webm': 'video',
  'video/quicktime': 'video',
};

/** What the sandboxed frame may be asked to show; null for everything else (SVG, HTML, office files, archives). */
export const viewKind = (type: string): ViewKind | null => VIEWED[type] ?? null;

/** A file's name without folders, control characters and direction marks, cut to the bound; `tep` when nothing is left. */
export const cleanFileName = (name: string): string => {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
  const plain = last.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trimStart();
  const cut = plain.slice(0, ATTACHMENT_LIMITS.name).trim();
  return cut === '' ? 'tep' : cut;
};
