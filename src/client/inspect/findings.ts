import type { Finding, FindingKind } from './api.ts';

/** Most findings of one file, and characters of one. */
const MOST = 30;
const LONGEST = 200;

/** Collects what a file tells, each thing once, within bounds. */
export class Findings {
  private readonly found = new Map<string, Finding>();

  /** An empty or absent text is no finding, but for kinds that say it all themselves. */
  add(kind: FindingKind, text: string | undefined): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a file's texts may hold anything
    const plain = (text ?? '').replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
    if (plain !== '' && this.found.size < MOST) this.set(kind, plain.slice(0, LONGEST));
  }

  /** Something that is there, with nothing to quote. */
  mark(kind: FindingKind): void {
    if (this.found.size < MOST) this.set(kind, '');
  }

  all(): readonly Finding[] {
    return [...this.found.values()];
  }

  private set(kind: FindingKind, text: string): void {
    this.found.set(`${kind}\n${text}`, { kind, text });
  }
}

/** Degrees as people write them, to about a metre. */
export const placeText = (latitude: number, longitude: number): string =>
  `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
