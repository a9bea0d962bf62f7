import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newVisitor, openBrowser, type Visitor } from './browser.ts';
import { openMailbox } from './citizen-steps.ts';
import {
  Consoles,
  type Officer,
  openRow,
  openSection,
  type SentTip,
  sendTip,
  TO_HIEU,
  takeStep,
} from './console-desk.ts';
import { startTestServer, type TestServer } from './server.ts';
import { Thief } from './thief.ts';

const INSTANCE_KEYS = 'keys/demo/pins.json';

/** What each side must notice: a sentence of the mailbox, and whether the console's tip page shows an alarm. */
interface Case {
  readonly name: string;
  readonly citizen: 'quiet' | 'gap' | 'order';
  readonly unit: 'quiet' | 'alarm';
  steal(thief: Thief, tip: string): Promise<void> | void;
}

/** Events of every thread: 1 the tip, 2 its registration, then messages 2 (unit), 3 (citizen) and 4 (unit). */
const CASES: readonly Case[] = [
  { name: 'nothing', citizen: 'quiet', unit: 'quiet', steal: () => undefined },
  {
    name: 'a message in the unit’s name put at the end',
    citizen: 'order',
    unit: 'alarm',
    steal: (thief, tip) => thief.inject(tip, 5, 'Hãy đến gặp chúng tôi tối nay'),
  },
  {
    name: 'an old message replayed as a new one',
    citizen: 'order',
    unit: 'alarm',
    steal: (thief, tip) => thief.replay(tip, 2, 5),
  },
  {
    name: 'an old message replayed in the place of the last',
    citizen: 'order',
    unit: 'alarm',
    steal: (thief, tip) => thief.replace(tip, 2, 4),
  },
  {
    name: 'two messages in exchanged order',
    citizen: 'order',
    unit: 'alarm',
    steal: (thief, tip) => thief.swap(tip, 2, 4),
  },
  {
    name: 'a message of the unit removed',
    citizen: 'gap',
    unit: 'alarm',
    steal: (thief, tip) => thief.remove(tip, 4),
  },
  {
    name: 'a message of the citizen removed, which their own mailbox never shows',
    citizen: 'quiet',
    unit: 'alarm',
    steal: (thief, tip) => thief.remove(tip, 3),
  },
  {
    name: 'a step removed from the middle with its message',
    citizen: 'gap',
    unit: 'alarm',
    steal: (thief, tip) => {
      thief.removeEvent(tip, 3);
      thief.remove(tip, 2);
    },
  },
  {
    name: 'a step that names another message',
    citizen: 'order',
    unit: 'alarm',
    steal: (thief, tip) => thief.alterEvent(tip, 5, 2),
  },
  {
    name: 'a step that nobody took, which closes the thread: the citizen cannot check who signed, the unit can',
    citizen: 'quiet',
    unit: 'alarm',
    steal: (thief, tip) => thief.forgeMute(tip, TO_HIEU, instance()),
  },
];

const instance = (): string =>
  (
    JSON.parse(readFileSync(join(import.meta.dirname, '../..', INSTANCE_KEYS), 'utf8')) as {
      instance: string;
    }
  ).instance;

describe('a thief of the database, who writes into it while the service runs', () => {
  const tips = new Map<Case, SentTip & { readonly what: string }>();
  let server: TestServer;
  let browser: Browser;
  let consoles: Consoles;
  let thief: Thief;
  let reader: Officer;
  let citizen: Visitor;

  const mailbox = async (theft: Case): Promise<Page> => {
    await openMailbox(citizen.page, '/mailbox', tips.get(theft)?.code ?? '');
    return citizen.page;
  };

  beforeAll(async () => {
    [server, browser] = await Promise.all([startTestServer(), openBrowser()]);
    consoles = new Consoles(server, browser);
    for (const theft of CASES) {
      const what = `Tin bị động đến ${randomBytes(4).toString('hex')}`;
      tips.set(theft, { what, ...(await sendTip(server, { unit: TO_HIEU, what })) });
    }
    citizen = await newVisitor(browser, server.url);
    const { page } = await consoles.enter('tohieu.canbo');
    const each = async (work: (theft: Case) => Promise<unknown>): Promise<void> => {
      for (const theft of CASES) {
        await openSection(page, 'Hàng đợi');
        await openRow(page, tips.get(theft)?.what ?? '');
        await work(theft);
      }
    };
    await each(async () => {
      await takeStep(page, 'registered');
      await takeStep(page, 'message_posted', () => page.fill('#text', 'Bạn còn nhớ gì thêm không?'));
    });
    for (const theft of CASES) {
      const box = await mailbox(theft);
      await box.fill('#answer', 'Tôi nhớ biển số');
      await box.getByRole('button', { name: 'Niêm phong và gửi' }).click();
      await box.locator('#mailbox > .callout.good').waitFor();
    }
    await each(() => takeStep(page, 'message_posted', () => page.fill('#text', 'Cảm ơn bạn')));
    thief = new Thief(server);
    for (const theft of CASES) await theft.steal(thief, tips.get(theft)?.tip ?? '');
    // Logs in after the theft: a console keeps what it has read, which nobody can alter there.
    reader = await consoles.enter('tohieu.truong');
  }, 300_000);
  afterAll(async () => {
    thief?.close();
    await citizen?.context.close();
    await consoles?.closeAll();
    await browser?.close();
    await server?.stop();
  });

  const SENTENCES = { gap: 'Thiếu một phần của cuộc trao đổi', order: 'Cuộc trao đổi không còn đúng thứ tự' };

  describe.each(CASES)('left: $name', (theft) => {
    test(`the citizen's page says: ${theft.citizen}`, async () => {
      const page = await mailbox(theft);
      const said = await page.locator('#mailbox .callout.danger').allTextContents();
      if (theft.citizen === 'quiet') expect(said).toEqual([]);
      else expect(said.join(' ')).toContain(SENTENCES[theft.citizen]);
      const forged = page.locator('.message', { hasText: 'Hãy đến gặp chúng tôi' });
      if ((await forged.count()) > 0) expect(await forged.locator('.trust.verified').count()).toBe(0);
    });

    test(`the unit's console says: ${theft.unit}`, async () => {
      const { page } = reader;
      await openSection(page, 'Hàng đợi');
      await openRow(page, tips.get(theft)?.what ?? '');
      await page.locator('#history').waitFor();
      const alarms = [
        ...(await page.locator('.mark-danger').allTextContents()),
        ...(await page.getByText('Không mở được tin nhắn này').allTextContents()),
      ];
      if (theft.unit === 'quiet') expect(alarms).toEqual([]);
      else expect(alarms.length).toBeGreaterThan(0);
    });
  });
});
