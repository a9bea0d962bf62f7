import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Seconds } from '../../../src/domain/ids.ts';
import { ledger as en } from '../../../src/i18n/en/ledger.ts';
import { formatNumber } from '../../../src/i18n/index.ts';
import { ledger as vi } from '../../../src/i18n/vi/ledger.ts';
import { renewedOrigin } from '../../../src/ledger/origin.ts';
import { toHex } from '../../../src/protocol/bytes.ts';
import type { LogFacts } from '../../../src/protocol/wire-ledger.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { testWitness, withLog } from '../../fixtures/ledger.ts';

let instance: Instance;
const witnesses: ReturnType<typeof testWitness>[] = [];
beforeAll(async () => {
  instance = await openInstance(() => ({ witnesses }));
});
afterAll(() => instance.close());
const html = async (path = '/ledger'): Promise<string> => (await instance.app.request(path)).text();

describe('the page about the public log', () => {
  test('says so before there is a checkpoint, and that no witness stands beside the service', async () => {
    const page = await html();
    expect(page).toContain(vi.none);
    expect(page).toContain(vi.witnessNone);
    expect(page).not.toContain('href="/ledger/checkpoint"');
    expect(page).not.toContain('curl -s');
  });

  test('says of no witness that it has not signed what does not exist yet', async () => {
    witnesses.push(testWitness(instance, 1));
    const page = await html();
    witnesses.pop();
    expect(page).toContain('witness-1.example</b>');
    expect(page).not.toContain(vi.notSigned);
  });

  test('shows the newest checkpoint in both languages, who signed it and who has not', async () => {
    const [signing, away] = [testWitness(instance, 1), testWitness(instance, 2)];
    away.down = true;
    witnesses.push(signing, away);
    await withLog(instance, { witnesses, minWitnesses: 1 });
    const newest = await instance.store.ledger.published();
    for (const [path, lang, t] of [
      ['/ledger', 'vi', vi],
      ['/en/ledger', 'en', en],
    ] as const) {
      const page = await html(path);
      expect(page).toContain(`<dd>${formatNumber(lang, newest?.size ?? 0)}<`);
      expect(page).toContain(toHex(newest?.root ?? new Uint8Array(0)));
      expect(page).toContain('<dd>1/2</dd>');
      expect(page).toContain(`witness-1.example</b><span> ${t.signed}<`);
      expect(page).toContain(`witness-2.example</b><span> ${t.notSigned}<`);
      expect(page).not.toContain(t.late);
      expect(page).not.toContain(t.formerTitle);
    }
  });

  test('gives a stranger the commands to keep a checkpoint and to compare it on another day', async () => {
    const page = await html('/en/ledger');
    expect(page).toContain(`curl -s ${instance.deps.instance.origin}/ledger/checkpoint &gt; kept`);
    expect(page).toContain(`./check-log ${instance.deps.instance.origin} &#39;`);
  });

  test('shows the key that programs are told', async () => {
    const { vkey } = (await (await instance.app.request('/ledger/log')).json()) as LogFacts;
    // As the page writes what HTML would take for its own.
    expect(await html()).toContain(vkey);
  });

  test('keeps the headers of a page, while what programs read keeps its own', async () => {
    const page = await instance.app.request('/ledger');
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
    expect(page.headers.get('content-security-policy')).toContain("style-src 'self'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('set-cookie')).toBeNull();
    const log = await instance.app.request('/ledger/log');
    expect(log.headers.get('content-security-policy')).not.toContain('style-src');
  });

  test('says when the log stands still, and not before three rounds are missing', async () => {
    instance.clock.pass(3 * instance.deps.instance.cadence);
    expect(await html()).not.toContain(vi.late);
    instance.clock.pass(1);
    expect(await html()).toContain(vi.late);
  });

  test('names the logs before when one was begun anew', async () => {
    const former = instance.deps.instance.logOrigin;
    const now = instance.deps.clock.now() as Seconds;
    await instance.store.ledger.begin(renewedOrigin(former, now), now, null);
    const page = await html();
    expect(page).toContain(vi.formerTitle);
    expect(page).toContain(`<li class="bytes">${former}</li>`);
    expect(page).toMatch(/Sổ hiện nay bắt đầu lúc \d\d:\d\d ngày/);
  });

  test.each(['/', '/anonymity', '/help/tip'])('is one press away from %s', async (path) => {
    expect(await html(path)).toContain('href="/ledger"');
  });
});
