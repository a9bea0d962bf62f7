import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { ConductTable } from '../../domain/conduct.ts';
import { isUnitId } from '../../domain/ids.ts';
import { FIELD_LIMITS } from '../../domain/tip-content.ts';
import { cleanText } from '../../domain/tip-form.ts';
import type { Sending } from '../canary/citizen.ts';
import { UsageError } from '../io.ts';

const words = (most: number) =>
  z
    .string()
    .transform(cleanText)
    .refine((text) => text.length <= most);
const rest = (most: number) => words(most).default('');

const tip = z.strictObject({
  unit: z.string().refine(isUnitId),
  place: z.strictObject({
    province: z.string().regex(/^\d{2}$/),
    commune: z
      .string()
      .regex(/^\d{5}$/)
      .nullable(),
    name: words(200),
  }),
  conduct: z.string().max(40),
  what: words(FIELD_LIMITS.what).refine((text) => text !== ''),
  when: rest(FIELD_LIMITS.when),
  where: rest(FIELD_LIMITS.where),
  who: rest(FIELD_LIMITS.who),
  how: rest(FIELD_LIMITS.how),
  lang: z.enum(['vi', 'en']).default('vi'),
});

/**
 * The tips that an auditor wrote, from a JSON list: unit, place, conduct and words as the form asks for them, so that nothing tells them from others.
 * Throws UsageError that names the entry.
 */
export async function readTexts(file: string, { conducts }: ConductTable): Promise<readonly Sending[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file} cannot be read.`);
  });
  const list = listIn(file, text);
  return list.map((value, i) => {
    const read = tip.safeParse(value);
    const told = read.error?.issues[0]?.path.join('.');
    if (!read.success) throw new UsageError(`${file}: tip ${i + 1}: ${told || 'it'} is missing or wrong.`);
    const { unit, lang, ...content } = read.data;
    const known = conducts.find(({ id }) => id === content.conduct);
    if (known === undefined)
      throw new UsageError(`${file}: tip ${i + 1}: there is no conduct ${content.conduct}.`);
    return {
      unit,
      urgent: false,
      conductGroup: known.group,
      content: {
        ...{ v: 1, lang, ...content },
        urgent: { happeningNow: false, danger: false, minor: false },
        official: { involved: 'no', unit: null, role: null },
        excluded: [],
      },
    };
  });
}

function listIn(file: string, text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value;
  } catch {
    // Falls through to the one message below.
  }
  throw new UsageError(`${file} holds no JSON list of tips.`);
}
