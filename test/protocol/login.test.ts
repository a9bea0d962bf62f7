import { describe, expect, it } from 'vitest';
import { type LoginRequest, loginMessage, signLogin } from '../../src/protocol/login.ts';
import { expectCode, sodium } from './suites.ts';

const request: LoginRequest = {
  door: 'mailbox',
  origin: 'https://tin.example.vn',
  instance: 'demo',
  subject: 'ab'.repeat(16),
  nonce: new Uint8Array(32).fill(1),
  expires: 1_800_000_000,
};

describe('login', () => {
  const pair = sodium.ed25519KeyPair(new Uint8Array(32).fill(2));
  const signature = signLogin(sodium, pair, request);

  it('signs exactly what was asked', () => {
    expect(sodium.verify(signature, loginMessage(request), pair.publicKey)).toBe(true);
  });

  it.each<Partial<LoginRequest>>([
    { door: 'staff' },
    { origin: 'https://tin.example.com' },
    { instance: 'other' },
    { subject: 'cd'.repeat(16) },
    { nonce: new Uint8Array(32).fill(9) },
    { expires: 1_800_000_001 },
  ])('a signature serves for nothing else: %o', (change) => {
    expect(sodium.verify(signature, loginMessage({ ...request, ...change }), pair.publicKey)).toBe(false);
  });

  it.each<[string, Partial<LoginRequest>]>([
    ['nonce', { nonce: new Uint8Array(31) }],
    ['origin', { origin: 'x'.repeat(201) }],
    ['subject', { subject: 'x'.repeat(101) }],
    ['expires', { expires: -1 }],
    ['expires', { expires: 1.5 }],
  ])('a request with a bad %s is refused', (field, change) => {
    expectCode(() => loginMessage({ ...request, ...change }), 'login_malformed', field);
  });
});
