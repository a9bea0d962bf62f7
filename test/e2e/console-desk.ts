import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { AttachmentEntry } from '../../src/domain/attachments.ts';
import type { Hour, UnitId } from '../../src/domain/ids.ts';
import type { ConductGroup } from '../../src/domain/terms.ts';
import type { TipContent } from '../../src/domain/tip-content.ts';
import { toBase64Url } from '../../src/protocol/base64.ts';
import { decodeBundle } from '../../src/protocol/bundle.ts';
import { encodeTipContent } from '../../src/protocol/content.ts';
import { encodeManifest } from '../../src/protocol/manifest.ts';
import { answerPow } from '../../src/protocol/pow.ts';
import { finishSubmission, sealTip } from '../../src/protocol/prepare.ts';
import { deriveMailbox, generateReceiptCode, mailboxFromMaster } from '../../src/protocol/receipt-code.ts';
import { parsePins } from '../../src/protocol/root.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import { targetForUnit } from '../../src/protocol/target.ts';
import { verifyDirectory } from '../../src/protocol/verify-directory.ts';
import type { ChallengeAnswer } from '../../src/protocol/wire.ts';
import { type Door, type SealedFile, uploaded } from '../http/uploading.ts';
import { DESK, newVisitor, type Visitor } from './browser.ts';
import type { DemoLogin, TestServer } from './server.ts';

export const TO_HIEU = '14-03646-ca' as UnitId;
const PERIOD = 30;

/** One-time codes of a person, each period's once: the server takes the period before and the one after as well. */
export class CodeBook {
  readonly #used = new Map<string, number>();

  /** The next code that has not been used; waits when three were used within a period. */
  async next(account: string, base32: string): Promise<string> {
    for (;;) {
      const present = Math.floor(Date.now() / 1000 / PERIOD);
      const period = Math.max(present, (this.#used.get(account) ?? 0) + 1);
      if (period <= present + 1) {
        this.#used.set(account, period);
        return new TOTP({ secret: Secret.fromBase32(base32) }).generate({
          timestamp: period * PERIOD * 1000,
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

/** Somebody at a console of their own. */
export interface Officer extends Visitor {
  readonly login: DemoLogin;
}

/** The demonstration's console, entered by name. */
export class Consoles {
  readonly #server: TestServer;
  readonly #browser: Browser;
  readonly #codes = new CodeBook();
  readonly #open: Visitor[] = [];

  constructor(server: TestServer, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
  }

  /** A browser profile that has not logged in. */
  async visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
    const visitor = await newVisitor(this.#browser, this.#server.url, { viewport: DESK, ...options });
    this.#open.push(visitor);
    return visitor;
  }

  /** Logs somebody in and waits for their first page. */
  async enter(account: string, options: BrowserContextOptions = {}): Promise<Officer> {
    const login = this.#server.logins.find((known) => known.account === account);
    if (login === undefined) throw new Error(`nobody is called ${account}`);
    const visitor = await this.visitor(options);
    await visitor.page.goto('/console');
    await this.logIn(visitor.page, login);
    return { ...visitor, login };
  }

  /** Fills the door's three fields. */
  async logIn(page: Page, login: Pick<DemoLogin, 'account' | 'passphrase' | 'totp'>): Promise<void> {
    await page.fill('#account', login.account);
    await page.fill('#passphrase', login.passphrase);
    await page.fill('#code', await this.#codes.next(login.account, login.totp));
    await page.click('button[type=submit]');
    await page.locator('.frame').waitFor();
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#open.splice(0).map(({ context }) => context.close()));
  }
}

/** Follows a link of the left column. */
export async function openSection(page: Page, name: string): Promise<void> {
  await page.locator('.side').getByRole('link', { name }).first().click();
  await page.locator('main h1').waitFor();
}

/** Opens the tip whose first line has these words from the list that is shown. */
export async function openRow(page: Page, words: string): Promise<void> {
  await page.locator('[data-row]', { hasText: words }).first().click();
  await page.locator('#actions').waitFor();
}

/** Takes a step: opens its form, fills it, signs and sends, and gives the sentence that is told. */
export async function takeStep(page: Page, step: string, fill?: () => Promise<unknown>): Promise<string> {
  await page.click(`#action-${step}`);
  await page.locator('#step-form').waitFor();
  await fill?.();
  await page.click('#step-form button[type=submit]');
  // The sentence of the step before stands until the form goes.
  await page.locator('#step-form').waitFor({ state: 'detached' });
  await page.locator('.said').waitFor();
  return (await page.locator('.said').textContent()) ?? '';
}

/** Types a unit's name without marks and chooses the first that is found. */
export async function typeUnit(page: Page, typed: string): Promise<void> {
  await page.locator('#unitName').pressSequentially(typed);
  await page.locator('.people button').first().click();
}

/** Chooses a unit as {@link typeUnit} does, and waits until the console has checked that the tip may go there. */
export async function chooseUnit(page: Page, typed: string): Promise<void> {
  await typeUnit(page, typed);
  await page.locator('[role=status] .mark-proven').waitFor();
}

/** Fills what form 03 says of a transfer; the unit is chosen apart. */
export async function fillForm03(page: Page, ground: string, why = 'other_place'): Promise<void> {
  await page.selectOption('#why', why);
  await page.fill('#ground', ground);
  await page.fill('#documentNumber', '03/PC-CA');
}

/** The steps offered on the open tip, by their keys. */
export const stepsOffered = (page: Page): Promise<string[]> =>
  page.locator('[id^=action-]').evaluateAll((buttons) => buttons.map((button) => button.id.slice(7)));

/** A tip, as its citizen's browser seals and sends it. */
export interface SentTip {
  readonly tip: string;
  readonly code: string;
  /** Whole hours since the epoch in which it came. */
  readonly t0: number;
}

/** Sends a tip through the public routes with full cryptography. */
export async function sendTip(
  server: TestServer,
  tip: {
    readonly unit: UnitId;
    readonly what: string;
    readonly urgent?: boolean;
    /** The sender says that somebody is under 18. */
    readonly minor?: boolean;
    readonly excluded?: readonly string[];
    readonly conductGroup?: ConductGroup;
    /** Leaves out the slow derivation of the code: nobody comes back for the answer. */
    readonly withoutCode?: boolean;
    /** What is attached, by its true type; uploaded the whole way before the tip. */
    readonly files?: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
  },
): Promise<SentTip> {
  const suite = await loadSodiumSuite();
  const pins = parsePins(readFileSync(join(import.meta.dirname, '../../keys/demo/pins.json'), 'utf8'));
  const now = Math.floor(Date.now() / 1000);
  const headers = { 'content-type': 'application/json', origin: server.url };
  const bundle = await fetch(`${server.url}/api/directory?unit=${tip.unit}&epochs=live`);
  const directory = verifyDirectory(
    suite,
    pins,
    decodeBundle(new Uint8Array(await bundle.arrayBuffer())),
    now,
  );
  const code = generateReceiptCode(suite);
  const keys =
    tip.withoutCode === true
      ? mailboxFromMaster(suite, suite.randomBytes(32))
      : deriveMailbox(suite, code, pins.instance);
  const urgent = tip.urgent === true;
  const door = { app: { request: (path: string, init: RequestInit) => fetch(server.url + path, init) } };
  const sealedFiles: { readonly file: SealedFile; readonly entry: AttachmentEntry }[] = [];
  for (const { name, type, bytes } of tip.files ?? []) {
    const file = await uploaded({ ...door, world: { suite } } as unknown as Door, bytes);
    const key = toBase64Url(file.key);
    sealedFiles.push({
      file,
      entry: { id: file.id, key, name, type, size: bytes.length, form: 'original' },
    });
  }
  const content: TipContent = {
    v: 1,
    lang: 'vi',
    place: { province: '14', commune: '03646', name: 'Phường Tô Hiệu, tỉnh Sơn La' },
    conduct: 'brokering',
    urgent: { happeningNow: urgent, danger: urgent, minor: tip.minor === true },
    official: { involved: 'no', unit: null, role: null },
    excluded: tip.excluded ?? [],
    what: tip.what,
    when: 'Tối qua',
    where: 'Ngõ 3, đường Tô Hiệu',
    who: '',
    how: 'Tôi nhìn thấy',
  };
  const sealed = sealTip(suite, {
    instance: pins.instance,
    target: targetForUnit(suite, directory, tip.unit, now),
    content: encodeTipContent(content, {
      attachments: sealedFiles.map(({ entry }) => entry),
      taken: null,
      informant: null,
    }),
    ...(sealedFiles.length === 0
      ? {}
      : { manifest: encodeManifest(sealedFiles.map(({ file }) => file.entry)) }),
    keys,
    urgent,
    conductGroup: tip.conductGroup ?? 'prostitution',
    channel: 'web',
    assurance: 'e2ee',
  });
  const asked = await fetch(`${server.url}/api/challenge`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ seal: sealed.sealHash }),
  });
  const challenge = (await asked.json()) as ChallengeAnswer;
  const solution = answerPow((data) => suite.sha256(data), challenge);
  const { frame } = finishSubmission(suite, sealed, keys, { t0: challenge.t0 as Hour, solution });
  const answer = await fetch(`${server.url}/api/tips`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/vnd.tinkin.submission' },
    body: new Uint8Array(frame),
  });
  if (answer.status !== 201) throw new Error(`the tip was refused: ${answer.status}`);
  return { tip: sealed.tip, code, t0: challenge.t0 };
}
