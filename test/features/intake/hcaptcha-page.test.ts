import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hcaptchaChallenge } from '../../../src/adapters/challenge/hcaptcha.ts';
import { consolePageCsp } from '../../../src/http/kit/console-policy.ts';
import { PAGE_CSP } from '../../../src/http/security-headers.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { codeOn, formToken, openPlainInstance, postForm } from '../../fixtures/plain.ts';

const SITEKEY = '10000000-ffff-ffff-ffff-000000000001';
const challenge = hcaptchaChallenge({
  key: new Uint8Array(32).fill(5),
  secret: '0xSECRET-canary',
  sitekey: SITEKEY,
  timeout: 100,
});
const CHECK = ['/challenge/hcaptcha', '/en/challenge/hcaptcha'];
const OTHERS = [
  '/',
  '/en',
  '/tip',
  '/en/tip',
  '/tip/plain',
  '/mailbox',
  '/anonymity',
  '/help',
  '/console',
  '/no',
];

let without: Instance;
let instance: Instance;
beforeAll(async () => {
  without = await openInstance();
  instance = await openInstance(() => ({ challenge }));
});
afterAll(async () => {
  await without.close();
  await instance.close();
});

describe('the page of hCaptcha’s check', () => {
  test.each(CHECK)('%s is not there with the proof of work', async (path) => {
    expect((await without.app.request(path)).status).toBe(404);
  });

  test.each(CHECK)('%s lets hCaptcha’s hosts run and be called, and nobody call this site', async (path) => {
    const { status, headers } = await instance.app.request(path);
    expect(status).toBe(200);
    const policy = new Map(
      (headers.get('content-security-policy') ?? '').split('; ').map((rule) => {
        const [name = '', ...sources] = rule.split(' ');
        return [name, sources.join(' ')];
      }),
    );
    const hosts = 'https://hcaptcha.com https://*.hcaptcha.com';
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': "'none'",
      'script-src': `'self' ${hosts}`,
      'style-src': `'self' ${hosts}`,
      'img-src': 'data:',
      'connect-src': hosts,
      'frame-src': hosts,
      'worker-src': "'none'",
      'form-action': "'none'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    });
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toBeNull();
  });

  test('names the site key, says who hCaptcha is and what it sees, and keeps the secret', async () => {
    const vi = await (await instance.app.request('/challenge/hcaptcha')).text();
    expect(vi).toContain(SITEKEY);
    expect(vi).toContain('một công ty bên ngoài');
    expect(vi).toContain('địa chỉ mạng');
    expect(vi).not.toContain('canary');
    expect(await (await instance.app.request('/en/challenge/hcaptcha')).text()).toContain(
      'an outside company',
    );
  });

  test('does not load hCaptcha’s script by itself: that waits for the form’s word', async () => {
    const html = await (await instance.app.request('/challenge/hcaptcha')).text();
    expect(html).not.toMatch(/src="https?:/);
  });
});

describe('every other page of an instance that has chosen hCaptcha', () => {
  test.each(OTHERS)('%s keeps its policies as they are', async (path) => {
    const [there, here] = await Promise.all([without, instance].map(({ app }) => app.request(path)));
    for (const name of [
      'content-security-policy',
      'cross-origin-embedder-policy',
      'cross-origin-opener-policy',
    ])
      expect(here?.headers.get(name)).toBe(there?.headers.get(name));
    const own = path === '/console' ? consolePageCsp('') : PAGE_CSP;
    expect(here?.headers.get('content-security-policy')).toBe(own);
  });

  test('names the step of the check as what it is, and says on the page about anonymity what hCaptcha sees', async () => {
    const whole = await (await instance.app.request('/tip')).text();
    const tip = whole.slice(0, whole.indexOf('id="form-data"'));
    expect(tip).toContain('kiểm tra của hCaptcha');
    expect(tip).not.toContain('giải một bài toán nhỏ');
    expect(await (await instance.app.request('/anonymity')).text()).toContain('hCaptcha');
    for (const path of ['/tip', '/anonymity', '/'])
      expect(await (await without.app.request(path)).text()).not.toContain('hCaptcha');
  });
});

test('the form without script goes on to work, with its own single-use token and without hCaptcha', async () => {
  const plain = await openPlainInstance({ workers: 1, queue: 4 }, () => ({ challenge }));
  try {
    const page = await (await plain.app.request('/tip/plain?province=14')).text();
    expect(page).not.toContain('hcaptcha');
    const response = await postForm(plain, '/tip/plain', {
      token: await formToken(plain),
      province: '14',
      commune: '03646',
      conduct: 'organising',
      official: 'no',
      what: 'Quán cuối phố.',
    });
    expect(response.status).toBe(200);
    expect(codeOn(await response.text())).toMatch(/^\d{28}$/);
  } finally {
    await plain.close();
  }
});
