import {
  BlobSource,
  BufferTarget,
  Conversion,
  Input,
  MATROSKA,
  type MetadataTags,
  MovOutputFormat,
  MP3,
  MP4,
  Mp3OutputFormat,
  Mp4OutputFormat,
  OGG,
  OggOutputFormat,
  Output,
  type OutputFormat,
  QTFF,
  WAVE,
  WavOutputFormat,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';
import type { Finding, FindingKind, Looked } from './api.ts';
import { Findings } from './findings.ts';

const WRITERS: Readonly<Record<string, () => OutputFormat>> = {
  // The index last, as most telephones write it: the bytes are in memory once and not twice.
  'video/mp4': () => new Mp4OutputFormat({ fastStart: false }),
  'audio/mp4': () => new Mp4OutputFormat({ fastStart: false }),
  'video/quicktime': () => new MovOutputFormat({ fastStart: false }),
  'video/webm': () => new WebMOutputFormat(),
  'audio/webm': () => new WebMOutputFormat(),
  'audio/mpeg': () => new Mp3OutputFormat({ xingHeader: false }),
  'audio/ogg': () => new OggOutputFormat(),
  'audio/wav': () => new WavOutputFormat(),
};

/** What a sound or video tells, and, up to `most` bytes, the same packets in a new file without it. Nothing is decoded. */
export async function lookIntoMedia(
  file: Blob,
  type: string,
  most: number,
): Promise<Pick<Looked, 'made'> & { readonly findings: readonly Finding[] }> {
  const input = new Input({
    source: new BlobSource(file),
    formats: [MP4, QTFF, WEBM, MATROSKA, MP3, OGG, WAVE],
  });
  try {
    const findings = mediaFindings(await input.getMetadataTags());
    return { findings, made: file.size <= most ? await rewritten(input, type) : null };
  } finally {
    input.dispose();
  }
}

async function rewritten(input: Input, type: string): Promise<Looked['made']> {
  const format = WRITERS[type]?.();
  if (format === undefined) return null;
  const target = new BufferTarget();
  const conversion = await Conversion.init({
    input,
    output: new Output({ format, target }),
    tags: {},
    copy: { mode: 'forced' },
    showWarnings: false,
  });
  // A track that this file format cannot carry as it is would be lost: then only the original says all.
  const lost = conversion.discardedTracks.some(
    ({ track }) => track.type === 'audio' || track.type === 'video',
  );
  if (!conversion.isValid || lost) return null;
  await conversion.execute();
  const { buffer } = target;
  return buffer === null ? null : { form: 'stripped', file: new Blob([buffer], { type }), type };
}

/** Raw tags by what their names hold, whatever the container calls them. */
const RAW: readonly (readonly [FindingKind, RegExp])[] = [
  ['place', /xyz|loci|location|gps/i],
  ['device', /make|model|\bmak\b|\bmod\b|device|manufacturer/i],
  ['software', /software|encoder|\btoo\b|writing|muxing|version/i],
  ['time', /date|time/i],
  ['author', /author|artist|owner|copyright/i],
];

function mediaFindings(tags: MetadataTags): readonly Finding[] {
  const found = new Findings();
  found.add('time', tags.date?.toISOString().slice(0, 16).replace('T', ' '));
  found.add('author', tags.artist);
  found.add('author', tags.albumArtist);
  found.add('title', tags.title);
  found.add('title', tags.description);
  found.add('comments', tags.comment);
  if ((tags.images ?? []).length > 0) found.mark('preview');
  for (const [name, value] of Object.entries(tags.raw ?? {})) {
    const kind = RAW.find(([, pattern]) => pattern.test(name))?.[0];
    if (kind !== undefined) found.add(kind, textOf(value));
  }
  return found.all();
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value
    : typeof value === 'number'
      ? String(value)
      : value instanceof Uint8Array && value.length <= 200
        ? new TextDecoder().decode(value)
        : undefined;
