import { type CopyBlock, type CopyField, coverSpans } from '../../../domain/working-copy.ts';
import type { OpenedTip } from '../worker/calls.ts';

const FIELDS = ['what', 'when', 'where', 'who', 'how'] as const satisfies readonly CopyField[];

/** Everything of a tip that a working copy may be made of: the sender's own words, then and later. What units wrote is not theirs to pass on. */
export const blocksOf = (tip: Pick<OpenedTip, 'content' | 'messages'>): readonly CopyBlock[] =>
  [
    ...FIELDS.map((field) => ({ field, no: 1, text: tip.content?.[field] ?? '' })),
    ...tip.messages
      .filter((message) => message.from === 'citizen' && message.text !== null)
      .map(({ no, text }) => ({ field: 'message' as const, no, text: text ?? '' })),
  ].filter(({ text }) => text !== '');

/** The text with what is selected covered; unchanged where nothing is. Offsets in UTF-16 units, as a field of a form gives them. */
export const coverSelection = (text: string, from: number | null, to: number | null): string =>
  from === null || to === null || from >= to ? text : coverSpans(text, [{ from, to }]);

/** How often a word stands in a text, whole or within another: what is covered once often stands elsewhere, too. */
export const alsoIn = (texts: readonly string[], word: string): number => {
  const wanted = word.trim().toLowerCase();
  if (wanted.length < 2) return 0;
  return texts.reduce((sum, text) => sum + text.toLowerCase().split(wanted).length - 1, 0);
};
