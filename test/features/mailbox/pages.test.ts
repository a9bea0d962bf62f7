import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAGE_SIZES } from '../../../src/features/mailbox/padding.ts';
import type { Instance } from '../../fixtures/instance.ts';
import { codeOn, formToken, openPlainInstance, postForm } from '../../fixtures/plain.ts';

let instance: Instance;
beforeAll(async () => {
  instance = await openPlainInstance();
});
afterAll(() => instance.close());

/** A tip sent without script; gives its code. */
async function send(): Promise<string> {
  const token = await formToken(instance);
  const fields = {
    province: '14',
    commune: '03646',
    conduct: 'other',
    official: 'no',
    what: 'Quán cuối phố.',
  };
  return codeOn(await (await postForm(instance, '/tip/plain', { ...fields, token })).text());
}

describe('the mailbox without script', () => {
  test('opens with the code, shows where the tip stands, and nothing of the code', async () => {
    const code = await send();
    const response = await postForm(instance, '/mailbox/plain', { code: code.replace(/(.{4})/g, '$1 ') });
    expect(response.status).toBe(200);
    expect(response.headers.get('set-cookie')).toBeNull();
    const page = await response.text();
    expect(page).toContain('Tin đã đến đơn vị và đang chờ vào sổ.');
    expect(page).toContain('Công an phường Tô Hiệu');
    expect(page.replace(/\s/g, '')).not.toContain(code);
    expect(page).not.toContain(`${code.slice(0, 4)} ${code.slice(4, 8)}`);
  });

  test('answers a mistyped code and an unknown one each with what to do', async () => {
    const mistyped = await postForm(instance, '/mailbox/plain', { code: '1234' });
    expect(mistyped.status).toBe(400);
    expect(await mistyped.text()).toContain('Mã chưa đúng');
    const unknown = await postForm(instance, '/en/mailbox/plain', { code: `${'0'.repeat(26)}98` });
    expect(unknown.status).toBe(403);
    expect(await unknown.text()).toContain('<html lang="en">');
  });
});

describe('the answer without script', () => {
  test('has the same size for every code, right, unknown or mistyped, and stays as large on its way', async () => {
    const codes = [await send(), await send(), `${'0'.repeat(26)}98`, '1234'];
    const answers = await Promise.all(codes.map((code) => postForm(instance, '/mailbox/plain', { code })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 403, 400]);
    const sizes = await Promise.all(answers.map(async (one) => (await one.arrayBuffer()).byteLength));
    expect(new Set(sizes)).toEqual(new Set([PAGE_SIZES[0]]));
    expect(answers.every(({ headers }) => headers.get('cache-control')?.includes('no-transform'))).toBe(true);
    expect(answers.every(({ headers }) => headers.get('content-type') === 'text/html; charset=utf-8')).toBe(
      true,
    );
  });
});

describe('the mailbox page with script', () => {
  test('has a code field that no form can send', async () => {
    for (const path of ['/mailbox', '/en/mailbox']) {
      const page = await (await instance.app.request(path)).text();
      expect(/<form[^>]*>/.exec(page)?.[0]).not.toContain('action');
      expect(/<textarea[^>]*>/.exec(page)?.[0]).not.toContain('name=');
      expect(page).toContain('/mailbox/plain');
    }
  });
});
