/** Most marks that a tip carries, and the longest note of one, in UTF-16 units. */
const MOST = 50;
const LONGEST = 200;

const two = (value: number): string => String(value).padStart(2, '0');

/** `[03:07]`: minutes and seconds since the call began. `ms` are milliseconds; hours go on as minutes. */
export const stamp = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `[${two(Math.floor(seconds / 60))}:${two(seconds % 60)}]`;
};

/** The marks that the text carries, as the tip keeps them: seconds, and what stands behind the mark on its line. At most 50. */
export const marksIn = (text: string): readonly { readonly after: number; readonly text: string }[] =>
  [...text.matchAll(/\[(\d{2,3}):([0-5]\d)\]([^\n[]*)/g)]
    .slice(0, MOST)
    .map(([, minutes, seconds, note]) => ({
      after: Number(minutes) * 60 + Number(seconds),
      text: (note ?? '').normalize('NFC').trim().slice(0, LONGEST),
    }));
