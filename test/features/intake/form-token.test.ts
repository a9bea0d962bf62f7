import { beforeEach, describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../../src/adapters/crypto/node.ts';
import { nodeRandom } from '../../../src/adapters/random/node.ts';
import type { Seconds } from '../../../src/domain/ids.ts';
import {
  FORM_TOKEN_LIFETIME,
  issueFormToken,
  openFormToken,
} from '../../../src/features/intake/form-token.ts';

const START = 1_795_305_600;
let now = START;
const deps = {
  crypto: nodeCrypto(),
  random: nodeRandom(),
  clock: { now: () => now as Seconds },
  secrets: { nonce: new Uint8Array(32), formToken: new Uint8Array(32).fill(5), atRest: new Uint8Array(32) },
};
beforeEach(() => {
  now = START;
});

describe('the token of a script-less form', () => {
  test('gives the hour of the post, not that of the page', () => {
    const token = issueFormToken(deps);
    now += 3 * 3600;
    expect(openFormToken(deps, token).t0).toBe(Math.floor(now / 3600));
  });

  test('has an id of its own each time', () => {
    const ids = [1, 2].map(() => openFormToken(deps, issueFormToken(deps)).id);
    expect(new Set(ids).size).toBe(2);
  });

  test('is good for as long as somebody may take to write, and not longer', () => {
    const token = issueFormToken(deps);
    now += FORM_TOKEN_LIFETIME;
    expect(() => openFormToken(deps, token)).not.toThrow();
    now += 3601;
    expect(() => openFormToken(deps, token)).toThrow('form_token');
  });

  test('of another service is refused', () => {
    const other = { ...deps, secrets: { ...deps.secrets, formToken: new Uint8Array(32).fill(6) } };
    expect(() => openFormToken(deps, issueFormToken(other))).toThrow('form_token');
  });

  test('with a changed expiry is refused', () => {
    const bytes = Buffer.from(issueFormToken(deps), 'base64url');
    bytes.writeUInt32LE(bytes.readUInt32LE(16) + 1, 16);
    expect(() => openFormToken(deps, bytes.toString('base64url'))).toThrow('form_token');
  });

  test.each(['', 'x', 'A'.repeat(70), 'A'.repeat(10_000), '====', 'é'])('that is %j is refused', (token) => {
    expect(() => openFormToken(deps, token)).toThrow('form_token');
  });
});
