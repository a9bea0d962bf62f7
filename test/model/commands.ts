import fc from 'fast-check';
import type { Draw } from './draw.ts';

/** One thing that happens. Numbers choose among what there is at that moment, so that any list of commands can be played, and shrunk. */
export type Command =
  | { readonly kind: 'send'; readonly door: number }
  | { readonly kind: 'pass'; readonly hours: number }
  | ({ readonly kind: 'act' } & Draw)
  | { readonly kind: 'citizen'; readonly tip: number; readonly what: number }
  | { readonly kind: 'right'; readonly who: number; readonly days: number };

const n = fc.noBias(fc.nat({ max: 9999 }));

const act = fc.record({
  kind: fc.constant('act' as const),
  tip: n,
  who: n,
  step: n,
  how: fc.oneof(
    { weight: 14, arbitrary: fc.constant(0 as const) },
    { weight: 2, arbitrary: fc.constant(1 as const) },
    { weight: 2, arbitrary: fc.constant(2 as const) },
  ),
  data: fc.tuple(n, n, n),
});

/** Mostly work; now and then a new tip, hours, days or months that pass. */
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 26, arbitrary: act },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('send' as const), door: n }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      hours: fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 1, max: 30 }) },
        { weight: 3, arbitrary: fc.integer({ min: 24, max: 240 }) },
        { weight: 1, arbitrary: fc.integer({ min: 240, max: 1500 }) },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('citizen' as const), tip: n, what: n }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('right' as const),
      who: n,
      days: fc.integer({ min: 1, max: 90 }),
    }),
  },
);

/** Lists of so many commands; each begins with a tip, so that there is something to do. */
export const commands = (most: number): fc.Arbitrary<readonly Command[]> =>
  fc
    .array(command, { minLength: most - 2, maxLength: most - 2, size: 'max' })
    .map((list) => [{ kind: 'send', door: 0 }, { kind: 'send', door: 3 }, ...list]);
