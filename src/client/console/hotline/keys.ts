import type { Said } from './call.ts';

/** The fields of a call in the order in which they are asked; each takes the focus when the one before it is answered. */
export const SPOTS = [
  'happeningNow',
  'danger',
  'minor',
  'place',
  'conduct',
  'official',
  'involved',
  'accused',
  'what',
] as const;
export type Spot = (typeof SPOTS)[number];

/** Where the focus goes after a field. Who is involved is asked only when somebody is; nothing of it when help is asked for. */
export const spotAfter = (spot: Spot, facts: { readonly official: Said; readonly help: boolean }): Spot => {
  const skipped = (one: Spot): boolean =>
    (facts.help && one === 'official') ||
    ((one === 'involved' || one === 'accused') && (facts.help || facts.official !== 'yes'));
  return SPOTS.slice(SPOTS.indexOf(spot) + 1).find((one) => !skipped(one)) ?? 'what';
};

/**
 * What a key says to a question: y or c (có) yes, n or k (không) no, u or ? not known. Space and Enter go on with what is chosen, which is
 * "not known" while nothing is. Null for every other key.
 */
export const saidBy = (key: string, chosen: Said): Exclude<Said, ''> | null => {
  switch (key.toLowerCase()) {
    case 'y':
    case 'c':
      return 'yes';
    case 'n':
    case 'k':
      return 'no';
    case 'u':
    case '?':
      return 'unknown';
    case ' ':
    case 'enter':
      return chosen === '' ? 'unknown' : chosen;
    default:
      return null;
  }
};

/** What a key asks of the operator's page, wherever the focus is. */
export type Command = 'begin' | 'again' | 'switch' | 'stamp' | 'send' | 'yes' | 'print';

/** A key as the page hears it. */
export interface KeyFacts {
  readonly key: string;
  readonly shift: boolean;
  readonly control: boolean;
  /** True while the key is held down: a code must not be passed over by a long press. */
  readonly repeat: boolean;
  /** True while the person writes in a field. */
  readonly writing: boolean;
}

/** What the page waits for: nothing but keys of the page, a word to be confirmed, or a code being read out. */
export type Waiting = 'nothing' | 'confirm' | 'code';

/** The command behind a key, or null when it is not the page's to hear. */
export const commandOf = (press: KeyFacts, waiting: Waiting): Command | null => {
  if (press.repeat) return null;
  switch (press.key) {
    case 'F2':
      return press.shift ? 'again' : 'begin';
    case 'F4':
      return 'switch';
    case 'F8':
      return 'stamp';
    case 'Enter':
      if (press.control) return 'send';
      return waiting === 'nothing' || press.writing ? null : 'yes';
    case 'p':
    case 'P':
      return waiting === 'code' && !press.control && !press.writing ? 'print' : null;
    default:
      return null;
  }
};

/** Milliseconds within which a second Escape says that the caller has hung up. */
export const TWICE_WITHIN = 2000;
/** Milliseconds for which a new code hears no Enter: the press that sealed the tip must not pass over it. */
export const CODE_RESTS = 1500;
