/** Longest draft, in UTF-16 units: thirty minutes of speech are some 30 000. */
export const MAX_DRAFT = 100_000;

/** What a program printed, as text for a form: NFC, no control characters, one line a sentence group, cut to the bound. */
export const asDraft = (printed: string): string =>
  printed
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g, ' ')
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, MAX_DRAFT);
