import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAbsent, isInState, type StateEntry, stateTree } from '../../src/ledger/state-tree.ts';
import { sha256 } from './support.ts';

const units = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { minLength: 1, maxLength: 20 });
const statesOf = (names: readonly string[]): StateEntry[] =>
  [...names].sort().map((unit) => ({ unit, statements: [`${unit}1`, `${unit}2`] }));

describe('the directory’s state', () => {
  it('has every unit at its place, and none with other statements', () => {
    fc.assert(
      fc.property(units, (names) => {
        const states = statesOf(names);
        const tree = stateTree(sha256, states);
        states.forEach((state, index) => {
          const placed = { ...state, index, path: tree.path(index) };
          expect(isInState(sha256, placed, tree.size, tree.root)).toBe(true);
          const fewer = { ...placed, statements: state.statements.slice(1) };
          expect(isInState(sha256, fewer, tree.size, tree.root)).toBe(false);
        });
      }),
    );
  });

  it('shows by a unit’s neighbours that it has nothing, and of no other unit', () => {
    fc.assert(
      fc.property(units, fc.stringMatching(/^[a-z]{1,4}$/), (names, asked) => {
        const states = statesOf(names);
        const placed = states.map((state, index) => ({ ...state, index, path: [] }));
        const shown = placed.some((one, i) =>
          [[one], [one, placed[i + 1]!].filter(Boolean)].some((near) => isAbsent(asked, near, states.length)),
        );
        expect(shown).toBe(!names.includes(asked));
      }),
    );
    expect(isAbsent('a', [], 0)).toBe(true);
    expect(isAbsent('a', [], 3)).toBe(false);
  });

  it('is refused where units or statements are not in order', () => {
    expect(() => stateTree(sha256, statesOf(['a', 'b']).toReversed())).toThrow(RangeError);
    expect(() => stateTree(sha256, [{ unit: 'a', statements: ['2', '1'] }])).toThrow(RangeError);
  });
});
