import { PDFDocument } from '@cantoo/pdf-lib';
import { consolePosterEn } from '../../i18n/en/console-poster.ts';
import type { Lang } from '../../i18n/index.ts';
import { consolePosterVi } from '../../i18n/vi/console-poster.ts';
import { INK, MM, RED, Sheet, SOFT, TEAL } from './sheet.ts';
import { embedTypeface, type Typeface } from './typeface.ts';

/** What a poster says besides its fixed words. */
export interface PosterFacts {
  /** Name of the unit in the poster's language. */
  readonly unit: string;
  /** `https://tin.example.vn`, without a path: the same on every sheet. */
  readonly origin: string;
  /** Number of the hotline and onion address; empty where there is none. */
  readonly hotline: string;
  readonly onion: string;
}

export const POSTER_KINDS = ['a4', 'card'] as const;
export type PosterKind = (typeof POSTER_KINDS)[number];

const A4 = [210 * MM, 297 * MM] as const;

interface Faces {
  readonly plain: Typeface;
  readonly strong: Typeface;
}

type PosterTexts = typeof consolePosterVi.poster;

const bare = (origin: string): string => origin.replace(/^https?:\/\//, '');

/** A poster on A4, or ten cards on one A4 sheet, as a PDF with its fonts inside. Throws UsageError without font files. */
export async function makePoster(kind: PosterKind, lang: Lang, facts: PosterFacts): Promise<Uint8Array> {
  const texts = (lang === 'vi' ? consolePosterVi : consolePosterEn).poster;
  const document = await PDFDocument.create();
  document.setTitle(texts.title);
  document.setLanguage(lang);
  document.setProducer('TinKín');
  document.setCreator('TinKín');
  // The same words give the same bytes: a sheet tells nothing of when it was made.
  document.setCreationDate(new Date(0));
  document.setModificationDate(new Date(0));
  const faces: Faces = {
    plain: await embedTypeface(document, 400),
    strong: await embedTypeface(document, 600),
  };
  const sheet = new Sheet(document.addPage([...A4]));
  if (kind === 'a4') drawPoster(sheet, faces, texts, facts);
  else drawCards(sheet, faces, texts, facts);
  return document.save();
}

function drawPoster(sheet: Sheet, { plain, strong }: Faces, t: PosterTexts, facts: PosterFacts): void {
  const x = 20 * MM;
  const width = A4[0] - 2 * x;
  sheet.box(0, 0, A4[0], 8 * MM, TEAL);
  let top = sheet.text({ text: t.title, face: strong, size: 34, x, top: 20 * MM, width, leading: 1.28 });
  top = sheet.text({ text: t.lead, face: plain, size: 16, x, top: top + 4 * MM, width, ink: SOFT });
  const side = 74 * MM;
  const middle = top + 8 * MM;
  // The quiet zone of the code lies outside the margin.
  sheet.qr(facts.origin, x - 6 * MM, middle - 6 * MM, side);
  const right = x + side - 4 * MM;
  const room = A4[0] - x - right;
  let at = sheet.text({ text: t.scan, face: plain, size: 14, x: right, top: middle, width: room, ink: SOFT });
  at = sheet.text({
    text: bare(facts.origin),
    face: strong,
    size: 20,
    x: right,
    top: at,
    width: room,
    ink: TEAL,
  });
  if (facts.hotline !== '') {
    at = sheet.text({
      text: t.hotline,
      face: plain,
      size: 14,
      x: right,
      top: at + 4 * MM,
      width: room,
      ink: SOFT,
    });
    at = sheet.text({ text: facts.hotline, face: strong, size: 24, x: right, top: at, width: room });
  }
  if (facts.onion !== '') {
    at = sheet.text({
      text: t.onion,
      face: plain,
      size: 12,
      x: right,
      top: at + 4 * MM,
      width: room,
      ink: SOFT,
    });
    at = sheet.text({ text: facts.onion, face: plain, size: 11, x: right, top: at, width: room });
  }
  at = sheet.text({
    text: t.noTracking,
    face: plain,
    size: 10,
    x: right,
    top: at + 3 * MM,
    width: room,
    ink: SOFT,
  });
  top = Math.max(middle + side - 8 * MM, at) + 8 * MM;
  top = sheet.text({ text: t.protectTitle, face: strong, size: 18, x, top, width });
  for (const line of t.protect) {
    sheet.box(x, top + 4.4 * MM, 2 * MM, 2 * MM, TEAL);
    top = sheet.text({
      text: line,
      face: plain,
      size: 14,
      x: x + 6 * MM,
      top: top + 1.5 * MM,
      width: width - 6 * MM,
    });
  }
  top = sheet.text({ text: t.careTitle, face: strong, size: 14, x, top: top + 5 * MM, width });
  top = sheet.text({ text: t.care, face: plain, size: 12, x, top, width, ink: SOFT });
  sheet.text({ text: t.help, face: plain, size: 12, x, top: top + 3 * MM, width, ink: SOFT });
  sheet.text({ text: t.emergency, face: strong, size: 14, x, top: A4[1] - 29 * MM, width, ink: RED });
  sheet.text({ text: facts.unit, face: plain, size: 11, x, top: A4[1] - 19 * MM, width, ink: SOFT });
}

const CARD = { width: 85 * MM, height: 54 * MM } as const;

function drawCards(sheet: Sheet, faces: Faces, t: PosterTexts, facts: PosterFacts): void {
  const left = (A4[0] - 2 * CARD.width) / 2;
  const upper = (A4[1] - 5 * CARD.height) / 2;
  for (let row = 0; row < 5; row++)
    for (let column = 0; column < 2; column++)
      drawCard(sheet, faces, t, facts, left + column * CARD.width, upper + row * CARD.height);
}

function drawCard(
  sheet: Sheet,
  { plain, strong }: Faces,
  t: PosterTexts,
  facts: PosterFacts,
  x: number,
  top: number,
): void {
  sheet.frame(x, top, CARD.width, CARD.height);
  const inner = x + 5 * MM;
  const width = CARD.width - 10 * MM;
  let at = sheet.text({
    text: t.cardTitle,
    face: strong,
    size: 11.5,
    x: inner,
    top: top + 3.5 * MM,
    width,
    ink: TEAL,
  });
  sheet.qr(facts.origin, x + 2 * MM, at - 1 * MM, 31 * MM);
  const right = x + 34 * MM;
  const room = CARD.width - 39 * MM;
  at = sheet.text({
    text: bare(facts.origin),
    face: strong,
    size: 10,
    x: right,
    top: at + 1.5 * MM,
    width: room,
    ink: INK,
  });
  if (facts.hotline !== '') {
    at = sheet.text({
      text: t.hotline,
      face: plain,
      size: 8,
      x: right,
      top: at + 1 * MM,
      width: room,
      ink: SOFT,
    });
    at = sheet.text({ text: facts.hotline, face: strong, size: 10, x: right, top: at, width: room });
  }
  sheet.text({ text: t.cardLine, face: plain, size: 8, x: right, top: at + 1 * MM, width: room, ink: SOFT });
  sheet.text({
    text: t.emergency,
    face: plain,
    size: 7,
    x: inner,
    top: top + CARD.height - 10.5 * MM,
    width,
    ink: RED,
  });
}
