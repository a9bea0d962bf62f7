import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { ProtocolError, type ProtocolErrorCode } from '../../src/protocol/errors.ts';
import { loadNobleSuite } from '../../src/protocol/noble.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import type { Hashes } from '../../src/protocol/suite.ts';

export const sodium = await loadSodiumSuite();
export const noble = await loadNobleSuite();
export const suites = [sodium, noble] as const;

/** The hashes that the server's hot path uses: no WebAssembly. */
export const nodeHashes: Hashes = {
  blake2b512: (data) => new Uint8Array(createHash('blake2b512').update(data).digest()),
  sha256: (data) => new Uint8Array(createHash('sha256').update(data).digest()),
};

/** Expects the call to be refused with exactly this code (and field, when one is given). */
export function expectCode(call: () => unknown, code: ProtocolErrorCode, field?: string): void {
  expect(codeOf(call)).toBe(code);
  if (field !== undefined) expect(thrownBy(call)).toMatchObject({ field });
}

/** Code of what a call throws; 'none' when it returns; anything that is not a ProtocolError is passed on. */
export function codeOf(call: () => unknown): ProtocolErrorCode | 'none' {
  const error = thrownBy(call);
  if (error === undefined) return 'none';
  if (error instanceof ProtocolError) return error.code;
  throw error;
}

function thrownBy(call: () => unknown): unknown {
  try {
    call();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** A copy with one bit changed. */
export function flipped(bytes: Uint8Array, at: number, bit = 0): Uint8Array {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
}
