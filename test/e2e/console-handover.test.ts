import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import {
  Consoles,
  chooseUnit,
  fillForm03,
  openRow,
  openSection,
  sendTip,
  stepsOffered,
  TO_HIEU,
  takeStep,
  typeUnit,
} from './console-desk.ts';
import { startTestServer, type TestServer } from './server.ts';

const SENT_ON = 'Cơ sở xoa bóp ở Thuận Châu quảng cáo trá hình';
const RETURNED = 'Tin này không rõ nơi xảy ra';
const EXCLUDED = 'Đừng để công an Thuận Châu biết tin này';
const SPAM = 'Mua hàng giá rẻ, gọi ngay';
const THUAN_CHAU = 'Công an xã Thuận Châu';

describe('tips that pass between units', () => {
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
    consoles = new Consoles(server, browser);
    for (const what of [SENT_ON, RETURNED, SPAM]) await sendTip(server, { unit: TO_HIEU, what });
    const thuanChau = server.logins.find(({ unitName }) => unitName === THUAN_CHAU);
    await sendTip(server, { unit: TO_HIEU, what: EXCLUDED, excluded: [thuanChau?.unit ?? ''] });
  });
  afterAll(async () => {
    await consoles.closeAll();
    await browser.close();
    await server.stop();
  });

  test('a tip is handed to another unit, which opens it, takes it, and alone can read it then', async () => {
    const sender = await consoles.enter('tohieu.truong');
    const receiver = await consoles.enter('thuanchau.canbo');
    await openRow(sender.page, SENT_ON);
    await takeStep(sender.page, 'registered');
    await takeStep(sender.page, 'classified', async () => {
      await sender.page.selectOption('#legalKind', 'admin_violation');
      await sender.page.check('#competent-no');
    });
    await takeStep(sender.page, 'transfer_sent', async () => {
      await chooseUnit(sender.page, 'thuan chau');
      await sender.page.getByText(`Sẽ chuyển tới: ${THUAN_CHAU}`).waitFor();
      await fillForm03(sender.page, 'Việc xảy ra ở địa bàn xã Thuận Châu.');
    });
    expect(await sender.page.locator('.tip-top').textContent()).toContain(THUAN_CHAU);

    await openSection(receiver.page, 'Chuyển đến');
    await openRow(receiver.page, SENT_ON);
    expect(await receiver.page.locator('.history-step[data-proven=no]').count()).toBe(0);
    expect(await takeStep(receiver.page, 'transfer_acknowledged')).not.toBe('');
    expect(await receiver.page.locator('.content').textContent()).toContain(SENT_ON);
    expect(await receiver.page.locator('.history-step[data-proven=no]').count()).toBe(0);
    expect(await stepsOffered(receiver.page)).toContain('classified');

    await sender.page.getByText('không còn thuộc đơn vị bạn').waitFor();
    expect(await sender.page.locator('main').textContent()).not.toContain(SENT_ON);
    expect(receiver.complaints).toEqual([]);
    await consoles.closeAll();
  });

  test('a tip that is returned stays with the unit that sent it', async () => {
    const sender = await consoles.enter('tohieu.pho');
    const receiver = await consoles.enter('thuanchau.truong');
    await openRow(sender.page, RETURNED);
    await takeStep(sender.page, 'registered');
    await takeStep(sender.page, 'transfer_sent', async () => {
      await fillForm03(sender.page, 'Có thể thuộc địa bàn bên đó.');
      // Who presses the button at once waits for the check of the unit, and is not told that a field is wrong.
      let letGo = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      const address = '**/api/staff/tips/*';
      await sender.page.route(address, (route) => held.then(() => route.continue()));
      await typeUnit(sender.page, 'thuan chau');
      await sender.page.getByText('Đang kiểm tra xem có chuyển tới đơn vị này được không').waitFor();
      expect(await sender.page.locator('#step-form button[type=submit]').isDisabled()).toBe(true);
      letGo();
      await sender.page.unrouteAll({ behavior: 'wait' });
    });
    await openSection(receiver.page, 'Chuyển đến');
    await openRow(receiver.page, RETURNED);
    await takeStep(receiver.page, 'transfer_returned', async () => {
      await receiver.page.selectOption('#why', 'wrong_unit');
      await receiver.page.fill('#ground', 'Không phải địa bàn này.');
    });
    await sender.page.locator('#action-transfer_sent').waitFor();
    expect(await sender.page.locator('.content').textContent()).toContain(RETURNED);
    await consoles.closeAll();
  });

  test('the console refuses to hand a tip to a unit that its sender excluded', async () => {
    const { page } = await consoles.enter('tohieu.truong');
    await openRow(page, EXCLUDED);
    expect(await page.locator('.content').textContent()).toContain(THUAN_CHAU);
    await takeStep(page, 'registered');
    await page.click('#action-transfer_sent');
    await typeUnit(page, 'thuan chau');
    await page.getByText('Người báo tin không muốn đơn vị này biết').waitFor();
    await fillForm03(page, 'Thử chuyển.');
    await page.click('#step-form button[type=submit]');
    await page.locator('#step-form .notice-problem').waitFor();
    expect(await page.locator('.tip-top').textContent()).not.toContain('Đang chuyển');
    await consoles.closeAll();
  });

  test('spam is confirmed by somebody from above, who sees the proposal but not the content', async () => {
    const officer = await consoles.enter('tohieu.canbo');
    await openRow(officer.page, SPAM);
    await takeStep(officer.page, 'resolution_proposed-apart', async () => {
      await officer.page.selectOption('#outcome', 'spam');
      await officer.page.fill('#documentNumber', 'BB-07');
      await officer.page.fill('#ground', 'Quảng cáo bán hàng.');
    });
    const head = await consoles.enter('tohieu.truong');
    await openSection(head.page, 'Chờ duyệt');
    await openRow(head.page, SPAM);
    expect(await stepsOffered(head.page)).not.toContain('resolved');

    const above = await consoles.enter('sonla.truong');
    await openSection(above.page, 'Cấp dưới cần giúp');
    await openRow(above.page, 'Chờ người ngoài duyệt');
    const text = await above.page.locator('main').textContent();
    expect(text).toContain('Tin rác');
    expect(text).toContain('BB-07');
    expect(text).not.toContain(SPAM);
    await takeStep(above.page, 'resolved', () => above.page.check('#agree-yes'));
    expect(await above.page.locator('main h1').textContent()).toBe('Cấp dưới cần giúp');
    await officer.page.locator('.tip-badges', { hasText: 'Tin rác' }).waitFor();
    await consoles.closeAll();
  });
});
