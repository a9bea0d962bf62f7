import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DirectoryState } from '../../src/audit/directory-state.ts';
import type { HeldStatement } from '../../src/audit/history.ts';

const sha256 = (data: Uint8Array) => new Uint8Array(createHash('sha256').update(data).digest());
const NONE = Number.MAX_SAFE_INTEGER;
const held = (hash: string, change: Partial<HeldStatement>): HeldStatement => ({
  ...{ hash, kind: 'member', unit: '14-ca', from: 0, until: NONE, version: 0 },
  ...change,
});

function stateOf(...statements: readonly HeldStatement[]): DirectoryState {
  const state = new DirectoryState(sha256);
  for (const [i, statement] of statements.entries()) state.add(i + 1, statement);
  return state;
}

describe('the directory’s state, as an auditor makes it', () => {
  const member = held('aa', {});
  const coming = held('bb', { kind: 'epoch', from: 1000, until: 2000 });

  it('leaves out an epoch that begins later than a head looks ahead, until it comes near', () => {
    const without = stateOf(member).at(9, 500, 100).root;
    const state = stateOf(member, coming);
    expect(state.at(9, 899, 100).root).toBe(without);
    expect(state.at(9, 900, 100).root).not.toBe(without);
    expect(state.at(9, 1999, 100).root).toBe(state.at(9, 900, 100).root);
    expect(state.at(9, 2000, 100).root).toBe(without);
  });

  it('holds every epoch where a head says nothing of it', () => {
    const state = stateOf(member, coming);
    expect(state.at(9, 0, NONE).root).toBe(stateOf(member, coming).at(9, 900, 100).root);
    expect(state.at(9, 0, 100).root).toBe(stateOf(member).at(9, 0, 100).root);
  });
});
