import { unzipSync, type Zippable, zipSync } from 'fflate';
import type { Finding, FindingKind, Looked } from './api.ts';
import { BombFile } from './bytes.ts';
import { Findings } from './findings.ts';
import { stripPng } from './strip-chunks.ts';
import { stripJpeg } from './strip-jpeg.ts';

/** Bounds of what is unpacked: entries, bytes together, and how often larger than packed. */
const MOST_ENTRIES = 10_000;
const MOST_BYTES = 200 * 1024 * 1024;
const MOST_TIMES = 200;
/** Below this many bytes nothing is a bomb, however well it packs. */
const SMALL = 1024 * 1024;
/** The same time in every file: the earliest that a ZIP can name. */
const NO_TIME = '1980-01-01T00:00:00';

const EMPTY = {
  core: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
  app: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
  custom:
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
  meta: '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>',
} as const;
const PROPERTIES: Readonly<Record<string, string>> = {
  'docProps/core.xml': EMPTY.core,
  'docProps/app.xml': EMPTY.app,
  'docProps/custom.xml': EMPTY.custom,
  'meta.xml': EMPTY.meta,
};
const THUMBNAIL = /^(?:docProps\/thumbnail\.|Thumbnails\/)/i;
/** Where other parts name the thumbnail; a name without its part would make the file look damaged. */
const NAMES_THUMBNAIL: Readonly<Record<string, RegExp>> = {
  '_rels/.rels': /<Relationship\b[^>]*\/metadata\/thumbnail"[^>]*\/>/g,
  'META-INF/manifest.xml': /<manifest:file-entry\b[^>]*"Thumbnails\/[^>]*\/>/g,
};

/** What an office file tells, and the same without its properties, thumbnail, times, and what its photos tell. Throws `BombFile`. */
export async function lookIntoOffice(
  file: Blob,
  type: string,
): Promise<Pick<Looked, 'made'> & { readonly findings: readonly Finding[] }> {
  const entries = unpack(new Uint8Array(await file.arrayBuffer()));
  const found = new Findings();
  const packed: Zippable = {};
  for (const [name, bytes] of Object.entries(entries)) {
    tell(found, name, bytes);
    if (THUMBNAIL.test(name)) {
      if (!name.endsWith('/')) found.mark('preview');
      continue;
    }
    // The first entry of an ODF file is its type, unpacked.
    packed[name] = [cleaned(name, bytes), { mtime: NO_TIME, level: name === 'mimetype' ? 0 : 6 }];
  }
  const made = { form: 'stripped', file: new Blob([zipSync(packed)], { type }), type } as const;
  return { findings: found.all(), made };
}

function unpack(bytes: Uint8Array): Readonly<Record<string, Uint8Array>> {
  let [entries, unpacked] = [0, 0];
  return unzipSync(bytes, {
    filter({ size, originalSize }) {
      entries++;
      unpacked += originalSize;
      const times = originalSize > SMALL && originalSize > size * MOST_TIMES;
      if (entries > MOST_ENTRIES || unpacked > MOST_BYTES || times) throw new BombFile();
      return true;
    },
  });
}

function cleaned(name: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const empty = PROPERTIES[name];
  if (empty !== undefined) return new TextEncoder().encode(empty);
  const thumbnail = NAMES_THUMBNAIL[name];
  if (thumbnail !== undefined)
    return new TextEncoder().encode(new TextDecoder().decode(bytes).replace(thumbnail, ''));
  const strip = bytes[0] === 0xff && bytes[1] === 0xd8 ? stripJpeg : bytes[0] === 0x89 ? stripPng : null;
  if (strip === null) return new Uint8Array(bytes);
  try {
    return joined(strip(bytes));
  } catch {
    return new Uint8Array(bytes);
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** What elements of the properties say. */
const ELEMENTS: readonly (readonly [FindingKind, RegExp])[] = [
  ['author', /<(?:dc:creator|cp:lastModifiedBy|meta:initial-creator)>([^<]{1,200})/g],
  ['author', /<(?:Company|Manager)>([^<]{1,200})/g],
  ['title', /<(?:dc:title|dc:subject)>([^<]{1,200})/g],
  ['comments', /<(?:dc:description|cp:keywords|meta:keyword)>([^<]{1,200})/g],
  ['time', /<(?:dcterms:created|dcterms:modified|meta:creation-date)[^>]{0,80}>([^<]{1,60})/g],
  ['software', /<(?:Application|meta:generator)>([^<]{1,200})/g],
];
/** Names of who wrote remarks and changes: they stand in the text itself and stay there. */
const REMARKS = /\b(?:w:author|author)="([^"]{1,100})"|<(?:dc:creator|author)>([^<]{1,100})/g;
const REMARKED =
  /^(?:word\/(?:comments|document)|xl\/comments|ppt\/commentAuthors|ppt\/authors|content)[^/]*\.xml$/;

function tell(found: Findings, name: string, bytes: Uint8Array): void {
  if (name in PROPERTIES) {
    const text = new TextDecoder().decode(bytes);
    for (const [kind, pattern] of ELEMENTS)
      for (const match of text.matchAll(pattern)) found.add(kind, match[1]);
  } else if (REMARKED.test(name)) {
    const text = new TextDecoder().decode(bytes);
    for (const match of text.matchAll(REMARKS)) found.add('comments', match[1] ?? match[2]);
  }
}
