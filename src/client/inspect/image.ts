import type { ExpandedTags } from 'exifreader';
import type { Finding, FindingKind, Looked, MadeFile } from './api.ts';
import { BombFile, BrokenFile, PartMissing } from './bytes.ts';
import { isDecodable, sizeOf } from './dimensions.ts';
import { Findings, placeText } from './findings.ts';
import { canvasIsHonest, redraw } from './redraw.ts';
import { endOfPng, endOfWebp, stripPng, stripWebp } from './strip-chunks.ts';
import { endOfJpeg, stripJpeg } from './strip-jpeg.ts';

/** Largest image file that is read. */
export const IMAGE_BYTES = 64 * 1024 * 1024;

/** The kinds whose metadata can be cut out without drawing anew. */
const STRIPPERS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array<ArrayBuffer>[]>> = {
  'image/jpeg': stripJpeg,
  'image/png': stripPng,
  'image/webp': stripWebp,
};
const ENDS: Readonly<Record<string, (bytes: Uint8Array) => number | null>> = {
  'image/jpeg': endOfJpeg,
  'image/png': endOfPng,
  'image/webp': endOfWebp,
};
export const IMAGE_TYPES: readonly string[] = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/heic',
];

/** Makes images anew; given from outside because only a browser can. */
export interface Painter {
  isHonest(): boolean;
  redraw(file: Blob, type: string): Promise<Blob>;
}

export const browserPainter: Painter = { isHonest: canvasIsHonest, redraw };

/** What an image tells, and the same image without it. Throws `BombFile`, `BrokenFile`. */
export async function lookIntoImage(
  file: Blob,
  type: string,
  painter: Painter,
): Promise<Pick<Looked, 'made'> & { readonly findings: readonly Finding[] }> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const size = sizeOf(type, bytes);
  if (size === null) throw new BrokenFile();
  if (!isDecodable(size)) throw new BombFile();
  const findings = await imageFindings(type, bytes);
  return { findings, made: (await drawn(file, type, painter)) ?? stripped(type, bytes) };
}

async function drawn(file: Blob, type: string, painter: Painter): Promise<MadeFile | null> {
  if (!painter.isHonest()) return null;
  try {
    const made = await painter.redraw(file, type);
    return { form: 'redrawn', file: made, type: made.type };
  } catch {
    // HEIC outside Safari, say: the browser does not decode it.
    return null;
  }
}

function stripped(type: string, bytes: Uint8Array): MadeFile | null {
  const strip = STRIPPERS[type];
  return strip === undefined ? null : { form: 'stripped', file: new Blob(strip(bytes), { type }), type };
}

async function imageFindings(type: string, bytes: Uint8Array<ArrayBuffer>): Promise<readonly Finding[]> {
  const found = new Findings();
  const end = ENDS[type]?.(bytes) ?? bytes.length;
  if (end < bytes.length) found.add('after_end', String(bytes.length - end));
  const { load } = await import('exifreader').catch(() => {
    throw new PartMissing();
  });
  let tags: ExpandedTags;
  try {
    tags = load(bytes.buffer, { expanded: true });
  } catch {
    return found.all();
  }
  const { gps, exif, iptc, xmp, pngText, Thumbnail } = tags;
  if (gps?.Latitude !== undefined && gps.Longitude !== undefined)
    found.add('place', placeText(gps.Latitude, gps.Longitude));
  for (const group of [exif, iptc, pngText]) addTags(found, group);
  if (xmp !== undefined) addXmp(found, xmp._raw);
  if (Thumbnail !== undefined) found.mark('preview');
  return found.all();
}

/** Names of tags in Exif, IPTC and PNG texts that tell something about a person. */
const TAGS: Readonly<Record<string, FindingKind>> = {
  DateTimeOriginal: 'time',
  DateTime: 'time',
  DateTimeDigitized: 'time',
  'Date Created': 'time',
  'Creation Time': 'time',
  Make: 'device',
  Model: 'device',
  LensModel: 'device',
  BodySerialNumber: 'device',
  CameraSerialNumber: 'device',
  HostComputer: 'device',
  Artist: 'author',
  CameraOwnerName: 'author',
  Copyright: 'author',
  'By-line': 'author',
  Author: 'author',
  Software: 'software',
  ImageDescription: 'title',
  Title: 'title',
  Headline: 'title',
  'Object Name': 'title',
  UserComment: 'comments',
  XPComment: 'comments',
  Comment: 'comments',
  Description: 'comments',
  'Caption/Abstract': 'comments',
  City: 'place',
  'Sub-location': 'place',
};

function addTags(found: Findings, group: object | undefined): void {
  for (const [name, tag] of Object.entries(group ?? {})) {
    const kind = TAGS[name];
    const { description } = tag as { readonly description?: unknown };
    if (kind !== undefined && typeof description === 'string') found.add(kind, description);
  }
}

/** XMP is read by its words alone: no parser of markup runs over what strangers wrote. */
const XMP: readonly (readonly [FindingKind, RegExp])[] = [
  ['place', /exif:GPSLatitude\s*(?:=\s*"|>)([^"<]{1,60})/],
  ['place', /photoshop:City\s*(?:=\s*"|>)([^"<]{1,60})/],
  ['time', /xmp:CreateDate\s*(?:=\s*"|>)([^"<]{1,60})/],
  ['software', /xmp:CreatorTool\s*(?:=\s*"|>)([^"<]{1,100})/],
  ['author', /<dc:creator>[\s\S]{0,200}?<rdf:li[^>]{0,60}>([^<]{1,100})/],
  ['title', /<dc:(?:title|description)>[\s\S]{0,200}?<rdf:li[^>]{0,60}>([^<]{1,200})/],
];

function addXmp(found: Findings, raw: string): void {
  for (const [kind, pattern] of XMP) found.add(kind, pattern.exec(raw)?.[1]);
}
