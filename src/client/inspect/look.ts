import type { Inspection, Looked } from './api.ts';
import { BombFile, LockedFile, PartMissing } from './bytes.ts';
import { browserPainter, IMAGE_BYTES, IMAGE_TYPES, lookIntoImage, type Painter } from './image.ts';
import { isOffice, recognise } from './recognise.ts';

/** Largest sound or video that is written anew: it is whole in memory once. */
const MEDIA_BYTES = 200 * 1024 * 1024;
/** Largest document that is taken apart. */
const DOCUMENT_BYTES = 50 * 1024 * 1024;

type Found = Pick<Looked, 'made'> & Pick<Inspection, 'findings'>;

/**
 * Looks into one file: what it is, what it tells beside what is seen in it, and how it is made without that. What cannot be
 * taken apart is sent as it is or not at all, and the person is told which. Throws `PartMissing` alone.
 */
export async function lookInto(file: Blob, name: string, painter: Painter = browserPainter): Promise<Looked> {
  const { type, lies } = await recognise(file, name);
  const only = (obstacle: Inspection['obstacle']): Looked => ({
    inspection: { type, lies, findings: [], ways: ['original'], obstacle },
    made: null,
  });
  const looker = lookerFor(type, painter);
  if (looker === null) return only('unknown_kind');
  if (file.size > looker.most) return only('too_large');
  try {
    const { findings, made } = await looker.look(file);
    const obstacle = made !== null ? 'none' : looker.tooLarge(file) ? 'too_large' : looker.without;
    const ways = made === null ? (['original'] as const) : ([made.form, 'original'] as const);
    return { inspection: { type, lies, findings, ways, obstacle }, made };
  } catch (error) {
    if (error instanceof PartMissing) throw error;
    if (error instanceof BombFile) return only('bomb');
    return only(error instanceof LockedFile ? 'locked' : 'broken');
  }
}

/** A part of the program that is fetched only for the kind of file that needs it. */
const fetched = <T>(part: Promise<T>): Promise<T> =>
  part.catch(() => {
    throw new PartMissing();
  });

interface Looker {
  /** Largest file that is looked into. */
  readonly most: number;
  look(file: Blob): Promise<Found>;
  /** True where a smaller file of the kind could be made anew. */
  tooLarge(file: Blob): boolean;
  /** What it means when nothing was made of a file of the kind. */
  readonly without: 'unknown_kind' | 'undecoded';
}

function lookerFor(type: string, painter: Painter): Looker | null {
  const never = (): boolean => false;
  const document = { most: DOCUMENT_BYTES, tooLarge: never, without: 'unknown_kind' as const };
  if (IMAGE_TYPES.includes(type))
    return {
      most: IMAGE_BYTES,
      look: (file) => lookIntoImage(file, type, painter),
      tooLarge: never,
      without: 'undecoded',
    };
  if (type.startsWith('video/') || type.startsWith('audio/'))
    return {
      most: Number.POSITIVE_INFINITY,
      look: async (file) => (await fetched(import('./media.ts'))).lookIntoMedia(file, type, MEDIA_BYTES),
      tooLarge: (file) => file.size > MEDIA_BYTES,
      without: 'unknown_kind',
    };
  if (type === 'application/pdf')
    return { ...document, look: async (file) => (await fetched(import('./pdf.ts'))).lookIntoPdf(file) };
  if (isOffice(type))
    return {
      ...document,
      look: async (file) => (await fetched(import('./office.ts'))).lookIntoOffice(file, type),
    };
  return null;
}
