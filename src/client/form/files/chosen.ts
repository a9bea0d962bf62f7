import { ATTACHMENT_LIMITS, type AttachmentForm, cleanFileName } from '../../../domain/attachments.ts';
import type { AttachmentTexts } from '../../../i18n/vi/attachments.ts';
import type { Looked } from '../../inspect/api.ts';

/** A file that the person chose. */
export interface Chosen {
  readonly file: File;
  readonly name: string;
  /** `not_loaded`: what reads files did not come through the line. */
  state: 'reading' | 'not_loaded' | 'ready';
  looked: Looked | null;
  form: AttachmentForm;
  /** Ends its reading. */
  readonly gone: AbortController;
}

export const newChosen = (file: File): Chosen => ({
  file,
  name: cleanFileName(file.name),
  state: 'reading',
  looked: null,
  form: 'original',
  gone: new AbortController(),
});

/** Bytes as people read them. */
export function sizeText(lang: 'vi' | 'en', bytes: number): string {
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'kB'] : [bytes / 1024 / 1024, 'MB'];
  const digits = value < 10 && unit === 'MB' ? 1 : 0;
  const text = Math.max(value, digits === 0 ? 1 : 0.1).toFixed(digits);
  return `${lang === 'vi' ? text.replace('.', ',') : text} ${unit}`;
}

/** Which of `added` may join those chosen, and why the others may not. */
export function admit(
  added: readonly File[],
  chosen: readonly Chosen[],
  bounds: { readonly bytes: number; readonly texts: AttachmentTexts; readonly lang: 'vi' | 'en' },
  fill: (text: string, values: Readonly<Record<string, string | number>>) => string,
): { readonly taken: readonly File[]; readonly refused: readonly string[] } {
  const { texts, lang } = bounds;
  const taken: File[] = [];
  const refused: string[] = [];
  const beyond: string[] = [];
  const is = (a: File) => (b: File) =>
    a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
  for (const file of added) {
    const name = cleanFileName(file.name);
    if (file.size === 0) refused.push(fill(texts.empty, { name }));
    else if (file.size > bounds.bytes)
      refused.push(fill(texts.tooLarge, { name, size: sizeText(lang, bounds.bytes) }));
    else if ([...chosen.map((one) => one.file), ...taken].some(is(file)))
      refused.push(fill(texts.twice, { name }));
    else if (chosen.length + taken.length >= ATTACHMENT_LIMITS.count) beyond.push(name);
    else taken.push(file);
  }
  if (beyond.length > 0)
    refused.push(fill(texts.tooMany, { count: ATTACHMENT_LIMITS.count, names: beyond.join(', ') }));
  return { taken, refused };
}
