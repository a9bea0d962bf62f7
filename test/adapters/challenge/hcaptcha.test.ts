import https, { createServer, type Server } from 'node:https';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HCAPTCHA_LIFETIME, hcaptchaChallenge } from '../../../src/adapters/challenge/hcaptcha.ts';
import type { Hash, Seconds } from '../../../src/domain/ids.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { selfSigned } from './certificate.ts';

const NOW = 1_795_305_600 as Seconds;
const SEAL = 'ab'.repeat(32) as Hash;
const SECRET = '0x0000000000000000000000000000000000000000';
const SITEKEY = '10000000-ffff-ffff-ffff-000000000001';

/** What hCaptcha's host was asked, as it arrived there. */
interface Asked {
  readonly method: string;
  readonly url: string;
  readonly host: string;
  readonly type: string;
  readonly body: URLSearchParams;
}

type Answer =
  | { readonly status: number; readonly type: string; readonly text: string }
  | 'silence'
  | 'hang up';

const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json',
  text: JSON.stringify(value),
});

// The package asks https://hcaptcha.com:443 and nothing else. Its connections are led to a local server that holds a certificate for that
// name; host header, TLS server name and certificate check stay as they are in production.
let server: Server;
let asked: Asked[] = [];
let answer: Answer = json({ success: true });
const real = https.globalAgent;

beforeAll(async () => {
  const tls = selfSigned('hcaptcha.com');
  server = createServer(tls, (request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      asked.push({
        method: request.method ?? '',
        url: request.url ?? '',
        host: request.headers.host ?? '',
        type: request.headers['content-type'] ?? '',
        body: new URLSearchParams(text),
      });
      if (answer === 'hang up') request.socket.destroy();
      else if (answer !== 'silence')
        response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.text);
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  class Local extends https.Agent {
    override createConnection(
      options: https.RequestOptions,
      callback?: Parameters<https.Agent['createConnection']>[1],
    ) {
      return super.createConnection(
        { ...options, host: '127.0.0.1', port, servername: 'hcaptcha.com' },
        callback,
      );
    }
  }
  https.globalAgent = new Local({ ca: tls.cert, keepAlive: false });
});

afterAll(() => {
  https.globalAgent = real;
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  asked = [];
  answer = json({
    success: true,
    challenge_ts: '2026-11-22T00:00:00Z',
    hostname: 'tin.example.vn',
    credit: true,
  });
});

const options = { key: new Uint8Array(32).fill(3), secret: SECRET, sitekey: SITEKEY, timeout: 2000 };
const challenge = hcaptchaChallenge(options);

async function solution(change: Record<string, unknown> = {}, now = NOW): Promise<Uint8Array> {
  const { parameters, t0, expires } = await challenge.issue(SEAL, now);
  const { nonce, mac } = parameters;
  const whole = {
    kind: 'hcaptcha',
    nonce,
    t0,
    expires,
    mac,
    token: 'P1_eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.x',
    ...change,
  };
  return new TextEncoder().encode(JSON.stringify(whole));
}

describe('a token that hCaptcha confirms', () => {
  test('is accepted, bound to the hour in which the challenge was issued', async () => {
    const result = await challenge.check(SEAL, await solution(), NOW);
    expect(result).toMatchObject({ ok: true, t0: Math.floor(NOW / 3600), expires: NOW + HCAPTCHA_LIFETIME });
  });

  test('is asked about with secret, token and site key, and never with an address', async () => {
    await challenge.check(SEAL, await solution(), NOW);
    expect(asked).toHaveLength(1);
    const [{ method, url, host, type, body }] = asked as [Asked];
    expect([method, url, host, type]).toEqual([
      'POST',
      '/siteverify',
      'hcaptcha.com',
      'application/x-www-form-urlencoded',
    ]);
    expect(Object.fromEntries(body)).toEqual({
      secret: SECRET,
      response: 'P1_eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.x',
      sitekey: SITEKEY,
    });
  });
});

describe('what hCaptcha refuses', () => {
  test.each([
    'invalid-input-response',
    'expired-input-response',
    'already-seen-response',
    'missing-input-response',
  ])('is refused here: %s', async (code) => {
    answer = json({ success: false, 'error-codes': [code] });
    expect(await challenge.check(SEAL, await solution(), NOW)).toEqual({
      ok: false,
      code: 'challenge_invalid',
    });
  });

  test.each(['invalid-input-secret', 'missing-input-secret', 'sitekey-secret-mismatch'])(
    'because of this service’s own settings is not held against the citizen: %s',
    async (code) => {
      answer = json({ success: false, 'error-codes': [code] });
      expect(await challenge.check(SEAL, await solution(), NOW)).toEqual({
        ok: false,
        code: 'challenge_unavailable',
      });
    },
  );
});

describe('an hCaptcha that does not answer as it should', () => {
  const unavailable = { ok: false, code: 'challenge_unavailable' };

  test.each<[string, Answer]>([
    ['an error page', { status: 502, type: 'text/html', text: '<html>Bad gateway</html>' }],
    ['nothing at all', { status: 200, type: 'application/json', text: '' }],
    ['JSON of another kind', json([1, 2, 3])],
    ['JSON without a verdict', json({ ok: true })],
    ['a verdict that is no boolean', json({ success: 'true' })],
    ['null', json(null)],
    ['a broken line', 'hang up'],
  ])('lets nobody through: %s', async (_what, given) => {
    answer = given;
    expect(await challenge.check(SEAL, await solution(), NOW)).toEqual(unavailable);
  });

  test('is not waited for longer than configured', async () => {
    answer = 'silence';
    const quick = hcaptchaChallenge({ ...options, timeout: 100 });
    expect(await quick.check(SEAL, await solution(), NOW)).toEqual(unavailable);
  });

  test('cannot be asked by an unbounded number of requests at once', async () => {
    answer = 'silence';
    const quick = hcaptchaChallenge({ ...options, timeout: 500 });
    const one = await solution();
    const results = await Promise.all(Array.from({ length: 70 }, () => quick.check(SEAL, one, NOW)));
    expect(results.every(({ ok }) => !ok)).toBe(true);
    expect(asked.length).toBeLessThanOrEqual(64);
  });
});

describe('without asking hCaptcha', () => {
  test.each<[string, () => Promise<Uint8Array>, string]>([
    ['a missing solution', async () => new Uint8Array(0), 'challenge_missing'],
    ['bytes that are no JSON', async () => new Uint8Array([1, 2, 3]), 'challenge_invalid'],
    ['an altered hour', () => solution({ t0: 5 }), 'challenge_invalid'],
    ['an altered expiry', () => solution({ expires: NOW + 9999 }), 'challenge_invalid'],
    ['a forged binding', () => solution({ mac: '00'.repeat(32) }), 'challenge_invalid'],
    ['a token with spaces in it', () => solution({ token: 'a b' }), 'challenge_invalid'],
    ['a field too many', () => solution({ remoteip: '203.0.113.7' }), 'challenge_invalid'],
    [
      'an expired challenge',
      () => solution({}, (NOW - HCAPTCHA_LIFETIME - 1) as Seconds),
      'challenge_expired',
    ],
  ])('%s is refused', async (_what, make, code) => {
    expect(await challenge.check(SEAL, await make(), NOW)).toEqual({ ok: false, code });
    expect(asked).toEqual([]);
  });

  test('a solution for another submission is refused', async () => {
    const other = 'cd'.repeat(32) as Hash;
    expect(await challenge.check(other, await solution(), NOW)).toEqual({
      ok: false,
      code: 'challenge_invalid',
    });
    expect(asked).toEqual([]);
  });
});
