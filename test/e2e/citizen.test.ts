import { describe, expect, test } from 'vitest';
import { fillForm, openMailbox, sendAndReadCode } from './citizen-steps.ts';
import { citizenVisits } from './citizen-visits.ts';

const TEXT = 'Nhà nghỉ bên cầu treo, biển xanh, tối thứ bảy nào cũng có xe lạ.';

describe('a citizen with script', () => {
  const visits = citizenVisits();

  test('sends a tip and reads with the code that it arrived', async () => {
    const page = await visits.arrive('/tip');
    await fillForm(page, { what: TEXT });
    expect(await page.textContent('#destination-unit')).toBe('Công an phường Tô Hiệu');
    const code = await sendAndReadCode(page);
    expect(code).toMatch(/^\d{28}$/);
    expect(await page.textContent('#code-reference')).toMatch(
      /Công an phường Tô Hiệu, dấu khoá (\d{5} ?){4}/,
    );
    expect(await page.getAttribute('#promise', 'data-result')).toBe('good');
    await openMailbox(page, '/mailbox', code);
    expect(await page.textContent('.state')).toBe('Tin đã đến đơn vị và đang chờ vào sổ.');
    expect(await page.textContent('#mailbox .facts')).toContain('Công an phường Tô Hiệu');
    expect(visits.visitor.complaints).toEqual([]);
  });

  test('finds nothing of the text or the code kept anywhere in the browser', async () => {
    const page = await visits.arrive('/en/tip');
    await fillForm(page, { what: TEXT });
    const code = await sendAndReadCode(page);
    await page.click('#code-kept');
    const left = await page.evaluate(async () => ({
      page:
        document.documentElement.outerHTML +
        Array.from(document.querySelectorAll('input, textarea'), (e) => (e as HTMLInputElement).value).join(
          ' ',
        ),
      storage: JSON.stringify({ ...localStorage, ...sessionStorage, state: history.state }),
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      address: location.href,
    }));
    expect(left.page).not.toContain(TEXT);
    expect(left.page).not.toContain(code.slice(0, 4));
    expect(left).toMatchObject({
      storage: '{"state":null}',
      databases: 0,
      caches: 0,
      address: `${visits.server.url}/en/tip`,
    });
    expect(await visits.visitor.context.cookies()).toEqual([]);
  });

  test('sends nothing of the answers before send, and no plaintext after it', async () => {
    const page = await visits.arrive('/tip');
    const bodies: Buffer[] = [];
    page.on('request', (request) => {
      const body = request.postDataBuffer();
      if (body) bodies.push(body);
    });
    await fillForm(page, { what: TEXT, danger: true });
    expect(bodies).toEqual([]);
    const asked = visits.visitor.requested.join('\n');
    expect(asked).not.toMatch(/api\/(directory|challenge|tips)/);
    await sendAndReadCode(page);
    const times = (part: string): number =>
      visits.visitor.requested.filter((address) => address.includes(part)).length;
    expect([times('/data/places/14.json'), times('/api/directory')]).toEqual([1, 1]);
    expect(bodies.length).toBeGreaterThan(1);
    expect(Buffer.concat(bodies).includes(Buffer.from(TEXT.slice(0, 12)))).toBe(false);
  });

  test('shows 113 and 111 the moment somebody is said to be in danger', async () => {
    const page = await visits.arrive('/tip');
    await page.check('#province-14');
    await page.check('#commune-unknown');
    await page.click('#next');
    await page.check('#conduct-other');
    await page.click('#next');
    expect(await page.isVisible('#call-now a[href="tel:113"]')).toBe(false);
    await page.check('#urgent-minor');
    expect(await page.isVisible('#call-now a[href="tel:113"]')).toBe(true);
    expect(await page.isVisible('#call-now a[href="tel:111"]')).toBe(true);
  });

  test('is led around the unit that the tip is about, which is listed as kept out', async () => {
    const page = await visits.arrive('/tip');
    await fillForm(page, { what: TEXT, official: 'yes', involved: 'commune_police_head' });
    expect(await page.textContent('#destination-unit')).toBe('Thanh tra Công an tỉnh Sơn La');
    expect(await page.isVisible('#destination-diverted')).toBe(true);
    expect(await page.textContent('#review')).toContain('Công an phường Tô Hiệu');
    await sendAndReadCode(page);
    expect(await page.textContent('#code-reference')).toContain('Thanh tra Công an tỉnh Sơn La');
  });

  test('finds the new commune by an old name without tone marks', async () => {
    const page = await visits.arrive('/tip');
    await page.check('#province-14');
    await page.locator('#commune').pressSequentially('chieng xom');
    await page.locator('.option').first().click();
    expect(await page.inputValue('#commune')).toBe('Phường Chiềng An');
    expect(await page.textContent('#commune-status')).toContain('Xã Chiềng Xôm');
  });

  test('is told that a unit has no key and sends to the unit above after agreeing', async () => {
    const page = await visits.arrive('/tip');
    // A commune whose police have no members in the demonstration.
    await fillForm(page, { what: TEXT, commune: 'bac yen' });
    await page.click('#send');
    const question = page.locator('#send-panel .callout.warn', { hasText: 'chưa có khoá' });
    await question.waitFor();
    expect(await question.textContent()).toContain('Công an tỉnh Sơn La');
    await question.locator('.button').first().click();
    await page.locator('#code-panel:not([hidden])').waitFor();
    expect(await page.textContent('#code-reference')).toContain('Công an tỉnh Sơn La');
  });

  test('says what is missing, beside the field and above the step, and goes on once it is there', async () => {
    const page = await visits.arrive('/tip');
    await page.click('#next');
    expect(await page.textContent('#error-summary')).toContain('Chọn tỉnh.');
    await page.check('#province-37');
    await page.click('#next');
    expect(await page.getAttribute('#commune', 'aria-invalid')).toBe('true');
    await page.check('#commune-unknown');
    await page.click('#next');
    expect(await page.isVisible('[data-step=kind]')).toBe(true);
    expect(await page.textContent('#error-summary')).toBe('');
  });

  test('changes an answer from the review and comes back to it', async () => {
    const page = await visits.arrive('/tip');
    await fillForm(page, { what: TEXT });
    await page.locator('#review > div', { hasText: 'Lời kể của bạn' }).locator('button').click();
    await page.fill('#what', `${TEXT} Thêm một câu.`);
    await page.click('#next');
    expect(await page.isVisible('[data-step=review]')).toBe(true);
    expect(await page.textContent('#review')).toContain('Thêm một câu.');
  });

  test('asking for help goes to social support and never to police', async () => {
    const page = await visits.arrive('/help');
    await page.click('main .button');
    await page.check('#province-14');
    await page.check('#commune-unknown');
    await page.click('#next');
    await page.click('#next');
    await page.fill('#what', 'Tôi cần một chỗ ở an toàn.');
    await page.click('#next');
    await page.click('#next');
    expect(await page.textContent('#destination-unit')).toBe('Đầu mối hỗ trợ xã hội tỉnh Sơn La');
    await page.locator('#send:enabled').waitFor();
    await page.click('#send');
    await page.locator('#code-panel:not([hidden])').waitFor();
    expect(await page.textContent('#code-reference')).toContain('Đầu mối hỗ trợ xã hội tỉnh Sơn La');
  });

  test('a mistyped digit is caught while typing and nothing is asked of the server', async () => {
    const page = await visits.arrive('/tip');
    await fillForm(page, { what: TEXT });
    const code = await sendAndReadCode(page);
    await page.goto('/mailbox');
    const before = visits.visitor.requested.length;
    const wrong = code.slice(0, 13) + String((Number(code[13]) + 1) % 10) + code.slice(14);
    await page.locator('#code').pressSequentially(wrong);
    expect(await page.inputValue('#code')).toMatch(/^(\d{4} ){6}\d{4}$/);
    expect(await page.textContent('#code-status')).toContain('gõ nhầm');
    expect(await page.isDisabled('#open')).toBe(true);
    expect(visits.visitor.requested.slice(before).filter((url) => url.includes('/api/'))).toEqual([]);
  });

  test('a well-formed code that belongs to no tip opens nothing', async () => {
    const page = await visits.arrive('/mailbox');
    await page.fill('#code', '0000000000000000000000000098');
    await page.click('#open');
    await page.locator('#code-problem:not(:empty)').waitFor();
    expect(await page.textContent('#code-problem')).toContain('Không có tin nào ứng với mã này');
    expect(await page.inputValue('#code')).not.toBe('');
  });
});
