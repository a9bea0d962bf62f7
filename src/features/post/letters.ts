import { fixedText } from '../../domain/fixed-text.ts';
import { letters as en } from '../../i18n/en/letters.ts';
import { fill, type Lang } from '../../i18n/index.ts';
import { letters as vi } from '../../i18n/vi/letters.ts';
import type { Letter } from '../../ports/poster.ts';
import type { Random } from '../../ports/random.ts';
import { toHex } from '../../protocol/bytes.ts';

/** Bytes of every body, before base64: whoever carries letters can tell none from another by its length. */
const BODY_BYTES = 1536;
const TEXTS = { vi, en };

const letter = (random: Random, to: string, subject: string, lines: readonly string[]): Letter => ({
  to,
  subject,
  body: fixedText(lines.join('\r\n'), BODY_BYTES),
  messageId: toHex(random.bytes(16)),
});

/**
 * What goes out at fixed hours. The same text every day for everybody: the mail server may belong to people whom a tip is about, and would
 * otherwise learn when something happened.
 */
export const digestLetter = (random: Random, to: string, lang: Lang): Letter =>
  letter(random, to, TEXTS[lang].subject, TEXTS[lang].digest);

/** Proves that an address belongs to whoever typed it: carries a code of six digits. */
export const codeLetter = (random: Random, to: string, lang: Lang, code: string): Letter =>
  letter(
    random,
    to,
    TEXTS[lang].subject,
    TEXTS[lang].code.map((line) => fill(line, { code })),
  );
