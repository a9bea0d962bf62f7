import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Instance } from '../fixtures/instance.ts';
import { openPlainInstance, postForm } from '../fixtures/plain.ts';

const PAGES = [
  ...['/', '/tip', '/help', '/help/write', '/anonymity', '/lost-code', '/mailbox'],
  ...['/tip/plain', '/mailbox/plain', '/nowhere-at-all'],
];
const leadsTo = async (answer: Response | Promise<Response>): Promise<string | undefined> =>
  /<a class="leave" id="leave-quickly" href="([^"]+)"/.exec(await (await answer).text())?.[1];

describe('"leave quickly"', () => {
  describe('where the operator names a page', () => {
    const neutralPage = 'https://thoitiet.example.vn/ngay-mai';
    let instance: Instance;
    beforeAll(async () => {
      instance = await openPlainInstance(undefined, (deps) => ({
        instance: { ...deps.instance, neutralPage },
      }));
    });
    afterAll(() => instance.close());

    test.each(PAGES.flatMap((path) => [path, `/en${path}`]))('leads there from %s', async (path) => {
      expect(await leadsTo(instance.app.request(path))).toBe(neutralPage);
    });

    test.each(['/tip/plain', '/mailbox/plain'])(
      'leads there from the answer to a form posted to %s',
      async (path) => {
        expect(await leadsTo(postForm(instance, path, { code: '1234' }))).toBe(neutralPage);
      },
    );
  });

  test('leads to an ordinary page in the language of the address where none is named', async () => {
    const instance = await openPlainInstance();
    expect(await leadsTo(instance.app.request('/tip'))).toMatch(/^https:\/\/vi\./);
    expect(await leadsTo(instance.app.request('/en/tip'))).toMatch(/^https:\/\/en\./);
    await instance.close();
  });
});
