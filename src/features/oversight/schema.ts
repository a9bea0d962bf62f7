import { z } from 'zod';
import { dayNumber, isCalendarDay } from '../../domain/calendar.ts';
import { BALANCE_FIGURES, DUE_RESULTS } from '../../domain/figures.ts';
import { VERBS } from '../../domain/terms.ts';

const day = z.string().refine(isCalendarDay);
/** Longest period that one question may span, in days: five years, the longest plan. */
const LONGEST_PERIOD = 1_827;

const period = { from: day, to: day };
const inOrder = (value: { from: string; to: string }): boolean =>
  value.from <= value.to && dayNumber(value.to as never) - dayNumber(value.from as never) <= LONGEST_PERIOD;
const population = {
  plan: z.string().max(60).optional(),
  unit: z.string().max(40).optional(),
};

/** Which figures: a period by due day, a plan's population (all tips without one) and one unit (all in scope without one). */
export const ratesQuery = z
  .strictObject({ ...period, ...population, lang: z.enum(['vi', 'en']).optional() })
  .refine(inOrder, { path: ['to'] });

const page = {
  after: z
    .string()
    .regex(/^[\w-]{1,200}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};

/** The tips behind one rate. */
export const drillQuery = z
  .strictObject({
    ...period,
    ...population,
    verb: z.enum(VERBS),
    result: z.enum([...DUE_RESULTS, 'due']),
    ...page,
  })
  .refine(inOrder, { path: ['to'] });

/** The tips in one figure of the balance. */
export const balanceTipsQuery = z
  .strictObject({ ...period, unit: population.unit, figure: z.enum(BALANCE_FIGURES), ...page })
  .refine(inOrder, { path: ['to'] });

export type RatesQuery = z.output<typeof ratesQuery>;
