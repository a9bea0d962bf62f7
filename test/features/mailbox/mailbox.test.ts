import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NONCE_LIFETIME } from '../../../src/features/mailbox/nonces.ts';
import { ANSWER_SIZES, padAnswer } from '../../../src/features/mailbox/padding.ts';
import { fromBase64Url, toBase64Url } from '../../../src/protocol/base64.ts';
import { signLogin } from '../../../src/protocol/login.ts';
import type { MailboxAnswer, MailboxNonce } from '../../../src/protocol/wire.ts';
import { type Citizen, errorOf, newCitizen, postJson, submit } from '../../http/citizen.ts';
import { ORIGIN, openTestInstance, type TestInstance } from '../../http/instance.ts';

let instance: TestInstance;
beforeEach(async () => {
  instance = await openTestInstance();
});
afterEach(() => instance.close());

const REFUSED = { status: 403, code: 'mailbox_refused' };

async function ask(locator: string): Promise<MailboxNonce> {
  const response = await postJson(instance, '/api/mailbox/challenge', { locator });
  expect(response.status).toBe(200);
  return (await response.json()) as MailboxNonce;
}

function sign(
  { keys }: Citizen,
  { nonce, expires }: MailboxNonce,
  change: { origin?: string; door?: 'staff' } = {},
) {
  const { suite, pins } = instance.world;
  const signature = signLogin(suite, keys.login, {
    door: change.door ?? 'mailbox',
    origin: change.origin ?? ORIGIN,
    instance: pins.instance,
    subject: keys.locator,
    nonce: fromBase64Url(nonce),
    expires,
  });
  return { locator: keys.locator, nonce, expires, signature: toBase64Url(signature) };
}

const open = (request: unknown) => postJson(instance, '/api/mailbox', request);

describe('the holder of a code', () => {
  test('sees the state of the tip and its steps, with what opens their hashes', async () => {
    const { citizen } = await submit(instance);
    const response = await open(sign(citizen, await ask(citizen.keys.locator)));
    expect(response.status).toBe(200);
    const answer = (await response.json()) as MailboxAnswer;
    expect(answer).toMatchObject({
      tip: citizen.sealed.tip,
      stage: 'submitted',
      outcome: null,
      messages: [],
    });
    expect(answer.steps.map(({ no, type }) => [no, type])).toEqual([[1, 'submitted']]);
    expect(answer.head.leaf).toBe(answer.steps[0]?.leaf);
  });

  test('never gets back what they wrote: a seized phone with the code shows no accusation', async () => {
    const { citizen, prepared } = await submit(instance);
    const response = await open(sign(citizen, await ask(citizen.keys.locator)));
    const text = await response.text();
    expect(text).not.toContain(toBase64Url(prepared.sealed.envelope.body).slice(0, 40));
  });

  test('gets an answer of one size whose length tells nothing', async () => {
    const { citizen } = await submit(instance);
    const response = await open(sign(citizen, await ask(citizen.keys.locator)));
    expect((await response.arrayBuffer()).byteLength).toBe(ANSWER_SIZES[0]);
    expect(response.headers.get('cache-control')).toContain('no-transform');
  });
});

describe('a mailbox stays closed', () => {
  test('to a signature over another nonce', async () => {
    const { citizen } = await submit(instance);
    const [one, other] = [await ask(citizen.keys.locator), await ask(citizen.keys.locator)];
    const mixed = { ...sign(citizen, one), nonce: other.nonce };
    expect(await errorOf(await open(mixed))).toEqual(REFUSED);
  });

  test('to a second use of the same nonce', async () => {
    const { citizen } = await submit(instance);
    const request = sign(citizen, await ask(citizen.keys.locator));
    expect((await open(request)).status).toBe(200);
    expect(await errorOf(await open(request))).toEqual(REFUSED);
  });

  test('to the same nonce twice at one moment', async () => {
    const { citizen } = await submit(instance);
    const request = sign(citizen, await ask(citizen.keys.locator));
    const answers = await Promise.all([open(request), open(request)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
  });

  test('but keeps a nonce for its holder when somebody else tried it without the key', async () => {
    const { citizen } = await submit(instance);
    const request = sign(citizen, await ask(citizen.keys.locator));
    const forged = { ...request, signature: toBase64Url(new Uint8Array(64).fill(7)) };
    expect(await errorOf(await open(forged))).toEqual(REFUSED);
    expect((await open(request)).status).toBe(200);
  });

  test('to a nonce that has expired', async () => {
    const { citizen } = await submit(instance);
    const request = sign(citizen, await ask(citizen.keys.locator));
    instance.clock.set(instance.clock.now() + NONCE_LIFETIME + 1);
    expect(await errorOf(await open(request))).toEqual(REFUSED);
  });

  test('to a nonce whose expiry was moved', async () => {
    const { citizen } = await submit(instance);
    const nonce = await ask(citizen.keys.locator);
    const request = sign(citizen, { ...nonce, expires: nonce.expires + 60 });
    expect(await errorOf(await open(request))).toEqual(REFUSED);
  });

  test('to a nonce that nobody issued', async () => {
    const { citizen } = await submit(instance);
    const { expires } = await ask(citizen.keys.locator);
    const request = sign(citizen, { nonce: toBase64Url(new Uint8Array(32).fill(9)), expires });
    expect(await errorOf(await open(request))).toEqual(REFUSED);
  });

  test('to a nonce that was issued for another mailbox', async () => {
    const [one, other] = [await submit(instance), await submit(instance)];
    const request = sign(one.citizen, await ask(other.citizen.keys.locator));
    expect(await errorOf(await open(request))).toEqual(REFUSED);
  });

  test('to a signature made for a copy of the site', async () => {
    const { citizen } = await submit(instance);
    const request = sign(citizen, await ask(citizen.keys.locator), { origin: 'https://tin-example.vn' });
    expect(await errorOf(await open(request))).toEqual(REFUSED);
  });

  test('to a signature made for the door of the staff', async () => {
    const { citizen } = await submit(instance);
    const request = sign(citizen, await ask(citizen.keys.locator), { door: 'staff' });
    expect(await errorOf(await open(request))).toEqual(REFUSED);
  });
});

describe('a locator that does not exist', () => {
  test('gets a nonce like any other', async () => {
    const { nonce, expires } = await ask('0'.repeat(32));
    expect([fromBase64Url(nonce).length, expires]).toEqual([32, instance.clock.now() + NONCE_LIFETIME]);
  });

  test('gets the same answer as a wrong signature, byte for byte', async () => {
    const { citizen } = await submit(instance);
    const stranger = newCitizen(instance);
    const wrong = {
      ...sign(citizen, await ask(citizen.keys.locator)),
      signature: toBase64Url(new Uint8Array(64).fill(1)),
    };
    const unknown = sign(stranger, await ask(stranger.keys.locator));
    const [one, other] = await Promise.all([open(wrong), open(unknown)]);
    expect(await one.text()).toBe(await other.text());
    expect(one.status).toBe(other.status);
    expect([...one.headers]).toEqual([...other.headers]);
  });

  test('costs a verification like a wrong signature does', async () => {
    const stranger = newCitizen(instance);
    let verified = 0;
    const { verify } = instance.deps.crypto;
    Object.assign(instance.deps.crypto, {
      verify: (...given: Parameters<typeof verify>) => {
        verified++;
        return verify(...given);
      },
    });
    await open(sign(stranger, await ask(stranger.keys.locator)));
    expect(verified).toBe(1);
  });
});

describe('a malformed request', () => {
  const good = { locator: '0'.repeat(32), nonce: 'A'.repeat(43), expires: 1, signature: 'A'.repeat(86) };

  test.each([
    ['locator', 'xyz'],
    ['locator', 'A'.repeat(32)],
    ['nonce', 'A'.repeat(42)],
    ['expires', -1],
    ['expires', 1.5],
    ['expires', '1'],
    ['signature', `${'A'.repeat(85)}+`],
    ['signature', null],
  ])('names its field: %s %j', async (field, value) => {
    const response = await open({ ...good, [field]: value });
    expect(await errorOf(response)).toEqual({ status: 400, code: 'field_invalid', field });
  });

  test('with a field that nobody asked for is refused', async () => {
    expect(await errorOf(await open({ ...good, code: '1234' }))).toMatchObject({ code: 'field_invalid' });
  });
});

describe('an answer is padded', () => {
  test('to the next of few sizes, and stays JSON', () => {
    for (const length of [1, 60_000, 70_000, 300_000, 1_100_000]) {
      const padded = padAnswer({ text: 'x'.repeat(length) });
      const sizes = [...ANSWER_SIZES, 2 * 1024 * 1024] as number[];
      expect(sizes).toContain(padded.length);
      expect(JSON.parse(new TextDecoder().decode(padded)).text.length).toBe(length);
    }
  });
});
