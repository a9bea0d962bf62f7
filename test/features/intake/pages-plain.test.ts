import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SEED_KEY_SECONDS } from '../../../src/features/intake/plain-seeds.ts';
import { type Instance, SUPPORT, TO_HIEU } from '../../fixtures/instance.ts';
import { codeOn, formToken, openPlainInstance, postForm } from '../../fixtures/plain.ts';

let instance: Instance;
beforeAll(async () => {
  instance = await openPlainInstance();
});
afterAll(() => instance.close());

const FIELDS = {
  province: '14',
  commune: '03646',
  conduct: 'organising',
  official: 'no',
  what: 'Quán cuối phố.',
};
const post = async (change: Readonly<Record<string, string>> = {}, path = '/tip/plain') =>
  postForm(instance, path, { token: await formToken(instance, `${path}?province=14`), ...FIELDS, ...change });
const tips = (): readonly { unit: string; assurance: string; priority: string }[] =>
  instance.store.connection.prepare('SELECT unit, assurance, priority FROM tip ORDER BY seq').all() as never;

describe('the form without script', () => {
  test('seals and stores a whole form and shows the code once', async () => {
    const before = tips().length;
    const response = await post();
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(codeOn(page)).toMatch(/^\d{28}$/);
    expect(page).toContain('Công an phường Tô Hiệu');
    expect(tips().slice(before)).toEqual([
      expect.objectContaining({ unit: TO_HIEU, assurance: 'server-sealed' }),
    ]);
  });

  const send = async (token: string, change: Readonly<Record<string, string>> = {}) => {
    const response = await postForm(instance, '/tip/plain', { ...FIELDS, token, ...change });
    const page = await response.text();
    return { status: response.status, page, code: codeOn(page) };
  };

  test('posted again because its answer was lost is the same tip and shows the same code', async () => {
    const token = await formToken(instance);
    const first = await send(token);
    const before = tips().length;
    expect(await send(token)).toMatchObject({ status: 200, code: first.code });
    expect(first.code).toMatch(/^\d{28}$/);
    expect(tips().length).toBe(before);
  });

  test('two posts of one page at the same moment store one tip and show one code', async () => {
    const token = await formToken(instance);
    const before = tips().length;
    const [one, two] = await Promise.all([send(token), send(token)]);
    expect([one.status, two.status, two.code]).toEqual([200, 200, one.code]);
    expect(tips().length).toBe(before + 1);
  });

  test('gives the code again for minutes, over a change of the key in memory, and not for longer', async () => {
    const token = await formToken(instance);
    const { code } = await send(token);
    instance.clock.pass(SEED_KEY_SECONDS);
    const later = await send(token);
    instance.clock.pass(SEED_KEY_SECONDS);
    const late = await send(token);
    instance.clock.pass(-2 * SEED_KEY_SECONDS);
    expect([later.status, later.code]).toEqual([200, code]);
    expect([late.status, late.code]).toEqual([409, '']);
  });

  test('posted again with other words says that it arrived, keeps them, and makes a second tip only when told to', async () => {
    const token = await formToken(instance);
    await send(token);
    const before = tips().length;
    const { status, page } = await send(token, { what: 'Quán <cuối> phố & chợ.' });
    expect(status).toBe(409);
    expect(page).toContain('Tin của trang này đã đến nơi rồi');
    expect(page).toContain('Gửi thành tin thứ hai');
    expect(page).toContain('Quán &lt;cuối&gt; phố &amp; chợ.');
    expect(tips().length).toBe(before);
    const second = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect(second).not.toBe(token);
    expect((await send(second)).status).toBe(200);
    expect(tips().length).toBe(before + 1);
  });

  test('keeps its token while nothing was sent, so that a post that arrived all the same is no second tip', async () => {
    const token = await formToken(instance);
    const { page } = await send(token, { what: ' ' });
    expect(page).toContain(`name="token" value="${token}"`);
  });

  test('refuses a page that is older than its token lives, with the text in it', async () => {
    const token = await formToken(instance);
    instance.clock.pass(14 * 3600);
    const late = await send(token);
    instance.clock.pass(-14 * 3600);
    expect(late.status).toBe(409);
    expect(late.page).toContain('Quán cuối phố.');
    expect(late.page).not.toContain('đã đến nơi rồi');
  });

  test.each([
    ['commune', { commune: '' }, 'Chọn một xã, phường'],
    ['commune of another province', { commune: '13285' }, 'Chọn một xã, phường'],
    ['kind', { conduct: '' }, 'Chọn một việc'],
    ['kind that the form does not offer', { conduct: 'support_needed' }, 'Chọn một việc'],
    ['answer about officials', { official: 'maybe' }, 'Chọn một câu trả lời'],
    ['person', { official: 'yes' }, 'Chọn người đó là ai'],
    ['text', { what: ' ' }, 'Viết vài câu'],
    ['short enough text', { when: 'x'.repeat(501) }, 'Dài quá 500'],
  ])('says what is missing without a %s', async (_name, change, sentence) => {
    const before = tips().length;
    const response = await post(change);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(sentence);
    expect(tips().length).toBe(before);
  });

  test('is urgent when somebody is in danger', async () => {
    await post({ danger: '1' });
    expect(tips().at(-1)?.priority).toBe('P1');
  });

  test('goes around the unit that it is about', async () => {
    const page = await (await post({ official: 'yes', involved: 'commune_police' })).text();
    expect(page).toContain('Thanh tra Công an tỉnh Sơn La');
    expect(tips().at(-1)?.unit).toBe('14-ttca');
  });

  test('goes around the unit that was named, and says when it is none of the list', async () => {
    const about = { official: 'yes', involved: 'investigator' };
    // Without the procuracy the inspectorate comes first by the route, not in place of a unit without key.
    const page = await (await post({ ...about, accused: '14-vks' })).text();
    expect(page).toContain('Thanh tra Công an tỉnh Sơn La');
    expect(page).not.toContain('chưa có khoá');
    const wrong = await post({ ...about, accused: '14-nowhere' });
    expect([wrong.status, (await wrong.text()).includes('Chọn một đơn vị')]).toEqual([400, true]);
  });

  test('asking for help goes to social support', async () => {
    const page = await (await post({}, '/help/plain')).text();
    expect(codeOn(page)).toMatch(/^\d{28}$/);
    expect(tips().at(-1)?.unit).toBe(SUPPORT);
  });

  test.each([
    ['another content type', { 'content-type': 'application/json' }, 415],
    ['a post from another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ])('refuses %s', async (_name, headers, status) => {
    const response = await postForm(
      instance,
      '/tip/plain',
      { ...FIELDS, token: await formToken(instance) },
      headers,
    );
    expect(response.status).toBe(status);
  });

  test('refuses a form that is too large, not UTF-8, or of a province that is not served', async () => {
    const send = (body: string): Response | Promise<Response> =>
      instance.app.request('/tip/plain', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
        body,
      });
    expect((await send(`what=${'x'.repeat(600_000)}`)).status).toBe(413);
    expect((await send('province=14&what=%ff%fe')).status).toBe(400);
    expect((await send('province=99&what=x')).status).toBe(400);
    expect((await send('province=..%2f..%2funits%2f14')).status).toBe(400);
  });

  test('writes nothing of the text or the code to the log', async () => {
    const page = await (await post({ what: 'Chuồn chuồn kim 7731' })).text();
    const log = JSON.stringify(instance.log);
    expect(log).not.toContain('Chuồn chuồn');
    expect(log).not.toContain(codeOn(page).slice(0, 8));
  });

  test('answers 503 with the text kept when so many came in this minute, and when to come again', async () => {
    const small = await openPlainInstance({ perMinute: 1 });
    const send = async (path: string) =>
      postForm(small, path, { ...FIELDS, token: await formToken(small, `${path}?province=14`) });
    expect((await send('/tip/plain')).status).toBe(200);
    const refused = await send('/tip/plain');
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true]);
    const page = await refused.text();
    expect(page).toContain('phút này đã có nhiều tin');
    expect(page).toContain('Quán cuối phố.');
    expect(await (await send('/en/tip/plain')).text()).toContain('many tips came through the simple page');
    small.clock.pass(60);
    expect((await send('/help/plain')).status).toBe(200);
    await small.close();
  });

  test('answers 503 with the text kept when the queue is full', async () => {
    const small = await openPlainInstance({ workers: 1, queue: 0 });
    const tokens = await Promise.all([formToken(small), formToken(small), formToken(small)]);
    const answers = await Promise.all(
      tokens.map((token) => postForm(small, '/tip/plain', { ...FIELDS, token })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 503, 503]);
    const busy = answers.find(({ status }) => status === 503);
    expect(busy?.headers.get('retry-after')).toBe('30');
    expect(await busy?.text()).toContain('Quán cuối phố.');
    await small.close();
  });
});
