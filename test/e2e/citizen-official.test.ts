import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { citizenVisits } from './citizen-visits.ts';

describe('a citizen who tells of an official', () => {
  const visits = citizenVisits();

  const atOfficials = async (path = '/tip'): Promise<Page> => {
    const page = await visits.arrive(path);
    await page.check('#province-14');
    await page.locator('#commune').pressSequentially('to hieu');
    await page.locator('.option').first().click();
    await page.click('#next');
    await page.check('#conduct-organising');
    await page.click('#next');
    await page.click('#next');
    return page;
  };
  const toReview = async (page: Page): Promise<void> => {
    await page.click('#next');
    if (await page.isVisible('#what')) {
      await page.fill('#what', 'Nhà nghỉ bên cầu.');
      for (let i = 0; i < 4; i++) await page.click('#next');
    }
    await page.locator('#send:enabled').waitFor();
  };
  const review = async (page: Page): Promise<string> =>
    `${await page.textContent('#destination-unit')} | ${await page.innerText('#review')}`;

  test('and takes it back has no unit left out behind their back', async () => {
    const page = await atOfficials();
    await page.check('#official-yes');
    await page.check('#involved-commune_police_head');
    expect(await page.textContent('#route-told')).toContain('Thanh tra Công an tỉnh Sơn La');
    await page.click('#exclude-part summary');
    const own = page.locator('#excluded-14-03646-ca');
    expect([await own.isChecked(), await own.isDisabled()]).toEqual([true, true]);
    await toReview(page);
    expect(await review(page)).toContain('Đơn vị nào không được đọc tin này?');
    await page.click('#review div:has-text("Có cán bộ hay công an") button');
    await page.check('#official-no');
    expect(await page.textContent('#route-told')).toBe('Tin sẽ đến Công an phường Tô Hiệu.');
    expect([await own.isChecked(), await own.isDisabled()]).toEqual([false, false]);
    await toReview(page);
    const shown = await review(page);
    expect(shown).toMatch(/^Công an phường Tô Hiệu \|/);
    expect(shown).not.toContain('Đơn vị nào không được đọc tin này?');
    expect(visits.visitor.complaints).toEqual([]);
  });

  test('keeps what was ticked by hand when the answer about officials changes', async () => {
    const page = await atOfficials();
    await page.check('#official-no');
    await page.click('#exclude-part summary');
    await page.check('#excluded-14-03646-ca');
    await page.check('#official-yes');
    await page.check('#involved-commune_police');
    await page.check('#official-no');
    expect(await page.isChecked('#excluded-14-03646-ca')).toBe(true);
    await toReview(page);
    expect(await review(page)).toMatch(/^Thanh tra Công an tỉnh Sơn La \|/);
  });

  test('names another unit without tone marks, and the tip goes around that one', async () => {
    const page = await atOfficials();
    await page.check('#official-yes');
    await page.check('#involved-commune_police_officer');
    expect(await page.textContent('#accused-hint')).toContain('Công an phường Tô Hiệu');
    await page.locator('#accused').pressSequentially('chieng an');
    await page.locator('#accused-list .option').first().click();
    expect(await page.inputValue('#accused')).toBe('Công an phường Chiềng An');
    await toReview(page);
    const shown = await review(page);
    expect(shown).toMatch(/Đơn vị nào không được đọc tin này\?\s+Công an phường Chiềng An\s/);
    expect(shown).not.toMatch(/không được đọc tin này\?\s+Công an phường Tô Hiệu/);
  });

  test('may not know the unit, and is asked again for a name that is on no list', async () => {
    const page = await atOfficials();
    await page.check('#official-yes');
    await page.check('#involved-provincial_director');
    await page.fill('#accused', 'không có đơn vị này');
    await page.click('#next');
    expect(await page.textContent('#error-summary')).toContain('Chọn một đơn vị trong danh sách');
    await page.check('#accused-unknown');
    expect(await page.inputValue('#accused')).toBe('');
    await toReview(page);
    expect(await review(page)).toContain('không biết đơn vị nào');
    expect(await page.textContent('#destination-unit')).toBe('Thanh tra Bộ Công an');
  });

  test('who leaves out every unit is told that none is safe', async () => {
    const page = await atOfficials();
    await page.check('#official-no');
    await page.click('#exclude-part summary');
    for (const code of ['vn-ttb', 'vn-vks', '14-tt']) await page.check(`#excluded-${code}`);
    expect(await page.textContent('#route-told')).toContain('Không còn đơn vị nào nhận tin được an toàn');
    const commune = page.locator('#excluded-14-03646-ca');
    expect([await commune.isChecked(), await commune.isDisabled()]).toEqual([true, true]);
  });
});
