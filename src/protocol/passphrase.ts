import { ProtocolError } from './errors.ts';
import type { Suite } from './suite.ts';

/**
 * Sixty-four open syllables, written without marks and told apart by ear: six bits each. Every one starts with a consonant and ends
 * with a vowel, so that two of them joined can be parted in one way only.
 */
export const SYLLABLES = [
  'ba', 'be', 'bi', 'bo', 'bu', 'ca', 'co', 'cu',
  'da', 'de', 'di', 'do', 'du', 'ga', 'go', 'ha',
  'he', 'hi', 'ho', 'hoa', 'ke', 'ki', 'kha', 'kho',
  'la', 'le', 'li', 'lo', 'lua', 'ma', 'me', 'mi',
  'mo', 'mua', 'na', 'ne', 'no', 'nui', 'pha', 'pho',
  'qua', 'que', 'ra', 're', 'ru', 'sa', 'se', 'so',
  'sua', 'ta', 'te', 'ti', 'to', 'tu', 'tra', 'tre',
  'va', 've', 'voi', 'vu', 'xa', 'xe', 'xo', 'xua',
] as const; // biome-ignore format: a table of eight by eight

/** Words of a passphrase; two syllables each, 12 bits: 84 bits in all. */
export const PASSPHRASE_WORDS = 7;
const MAX_LENGTH = 256;
const KNOWN = new Set<string>(SYLLABLES.flatMap((first) => SYLLABLES.map((second) => first + second)));

/** A fresh passphrase of seven words (84 bits), e.g. `bahoa luaxe …`. */
export function generatePassphrase(suite: Pick<Suite, 'randomBytes'>): string {
  const bytes = suite.randomBytes(PASSPHRASE_WORDS * 2);
  const syllables = Array.from(bytes, (byte) => SYLLABLES[byte & 63] ?? '');
  bytes.fill(0);
  return Array.from(
    { length: PASSPHRASE_WORDS },
    (_, i) => `${syllables[2 * i]}${syllables[2 * i + 1]}`,
  ).join(' ');
}

/**
 * One spelling of what a person typed: NFC, lower case, single blanks. Throws `passphrase_malformed` when it is empty or longer than
 * 256 characters (inputs to the key derivation are bounded).
 */
export function normalisePassphrase(text: string): string {
  if (text.length > MAX_LENGTH) throw new ProtocolError('passphrase_malformed');
  const passphrase = text.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ');
  if (passphrase.length === 0) throw new ProtocolError('passphrase_malformed');
  return passphrase;
}

/** True for seven words of the generator's: the only kind that a new credential takes, because people choose badly. */
export function isGeneratedPassphrase(text: string): boolean {
  if (text.length > MAX_LENGTH) return false;
  const words = normalisePassphraseOrEmpty(text).split(' ');
  return words.length === PASSPHRASE_WORDS && words.every((word) => KNOWN.has(word));
}

const normalisePassphraseOrEmpty = (text: string): string =>
  text.trim() === '' ? '' : normalisePassphrase(text);
