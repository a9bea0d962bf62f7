import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openMailbox, readCode } from './citizen-steps.ts';
import { citizenVisits } from './citizen-visits.ts';

const TEXT = 'Tiệm mát-xa sau chợ, có người bị giữ giấy tờ.';

describe('a citizen without script', () => {
  const visits = citizenVisits();
  const arrive = (path: string): Promise<Page> => visits.arrive(path, { javaScriptEnabled: false });
  const fillPlain = async (page: Page): Promise<void> => {
    await page.selectOption('#commune', { label: 'Phường Tô Hiệu' });
    await page.check('#conduct-coercion');
    await page.check('#official-no');
    await page.fill('#what', TEXT);
  };

  test('is warned on the form and led to the simple page, sends there, and reads with the code', async () => {
    const page = await arrive('/tip');
    expect(await page.isVisible('#tip-form')).toBe(false);
    expect(await page.textContent('noscript, .callout.warn')).toContain('máy chủ thấy lời bạn viết');
    await page.click('.callout.warn .button');
    await page.click('.door');
    await fillPlain(page);
    await page.click('button[type=submit]');
    expect(await page.textContent('h1')).toContain('Tin đã đến');
    const code = await readCode(page, '.code li');
    expect(code).toMatch(/^\d{28}$/);
    expect(await page.textContent('main')).toContain('Công an phường Tô Hiệu');

    await page.goto('/mailbox/plain');
    await page.fill('#code', code);
    await page.click('button[type=submit]');
    expect(await page.textContent('.state')).toBe('Tin đã đến đơn vị và đang chờ vào sổ.');
    expect(await page.content()).not.toContain(code);
    expect(page.url()).toBe(`${visits.server.url}/mailbox/plain`);
    expect(await visits.visitor.context.cookies()).toEqual([]);
  });

  test('a code from the simple page opens with script as well', async () => {
    const page = await arrive('/en/tip/plain?province=14');
    await fillPlain(page);
    await page.click('button[type=submit]');
    const code = await readCode(page, '.code li');
    const withScript = await visits.arrive('/');
    await openMailbox(withScript, '/en/mailbox', code);
    expect(await withScript.textContent('.state')).toContain('It has arrived');
  });

  test('gets everything back that was written when an answer is missing', async () => {
    const page = await arrive('/tip/plain?province=14');
    await page.check('#official-unsure');
    await page.fill('#what', TEXT);
    await page.fill('#who', 'Người đàn ông đội mũ');
    await page.click('button[type=submit]');
    expect(await page.textContent('#remark')).toContain('Chọn một việc.');
    expect(await page.inputValue('#what')).toBe(TEXT);
    expect(await page.inputValue('#who')).toBe('Người đàn ông đội mũ');
    expect(await page.isChecked('#official-unsure')).toBe(true);
    await page.selectOption('#commune', 'unknown');
    await page.check('#conduct-other');
    await page.click('button[type=submit]');
    expect(await page.textContent('h1')).toContain('Tin đã đến');
  });

  test('a mistyped code is answered with what to do', async () => {
    const page = await arrive('/mailbox/plain');
    await page.fill('#code', '1234 5678 9012 3456 7890 1234 5678');
    await page.click('button[type=submit]');
    expect(await page.textContent('#code-error')).toContain('Mã chưa đúng');
  });
});
