import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system.ts';
import { canaryTip, sendTip } from '../../src/cli/canary/citizen.ts';
import { openTip } from '../../src/cli/canary/reading.ts';
import { runCanary } from '../../src/cli/canary/run.ts';
import { StaffSession } from '../../src/cli/canary/staff-session.ts';
import type { UnitId } from '../../src/domain/ids.ts';
import { ensureDemo } from '../../src/instance/demo.ts';
import type { DemoLogin } from '../../src/instance/demo-files.ts';
import { DEMO_ROSTER } from '../../src/instance/demo-roster.ts';
import { CHEAP, temporaryFolder } from '../instance/support.ts';
import { serve, world } from './serve.ts';
import { tinkin } from './support.ts';

const TO_HIEU = '14-03646-ca' as UnitId;
const roster = DEMO_ROSTER.filter(({ unit }) => ['vn-ttb', '14-ca', '14-ubnd', TO_HIEU].includes(unit));

async function demo(): Promise<{ readonly folder: string; readonly logins: readonly DemoLogin[] }> {
  const folder = join(temporaryFolder(), 'demo');
  const { logins } = await ensureDemo(folder, { clock: systemClock(), cost: CHEAP, roster });
  return { folder, logins };
}

const plan = { tips: 2, atOnce: 2, unit: TO_HIEU, minimumCost: CHEAP };

describe('the canary', () => {
  it('goes the whole way with every tip and sees the rate move by each of them', async () => {
    const { folder, logins } = await demo();
    const result = await runCanary(await world(await serve(folder)), { ...plan, logins });
    expect(result.failures).toEqual([]);
    expect(result.counts).toEqual({ sent: 2, opened: 2, handled: 2, answered: 2, counted: 2 });
    expect(result.rates?.after.handled).toMatchObject({ due: 2, onTime: 2 });
  });

  it('says in which phase a tip failed, and that the run failed, when officer and head cannot work', async () => {
    const { folder, logins } = await demo();
    const origin = await serve(folder);
    const { openInstance } = await import('../../src/instance/open-instance.ts');
    const instance = await openInstance(folder);
    // The officer's wraps are gone: tips can be sent and no longer opened.
    instance.store.connection.exec('DELETE FROM epoch_wrap');
    await instance.close();
    const result = await runCanary(await world(origin), { ...plan, tips: 1, logins });
    expect(result.ok).toBe(false);
    expect(result.failures).toMatchObject([{ tip: 1, during: 'open' }]);
  });

  it('refuses to send anything to a service whose directory is not signed by the pinned root', async () => {
    const { folder, logins } = await demo();
    const honest = await world(await serve(folder));
    const stranger = honest.suite.ed25519KeyPair(new Uint8Array(32).fill(7)).publicKey;
    const pins = { ...honest.pins, rootKeys: [stranger], threshold: 1 };
    const result = await runCanary({ ...honest, pins }, { ...plan, tips: 1, logins });
    expect(result.failures).toMatchObject([{ during: 'send', code: 'root_threshold' }]);
  });

  it('leaves with 1 when the logins do not suffice, before it sends anything', async () => {
    const { folder, logins } = await demo();
    const file = join(temporaryFolder(), 'logins.json');
    writeFileSync(
      file,
      JSON.stringify({ warning: '', logins: logins.filter(({ roles }) => roles.includes('auditor')) }),
    );
    const run = await tinkin([
      '--data',
      folder,
      'canary',
      '--url',
      await serve(folder),
      '--logins',
      file,
      '--json',
    ]);
    expect(run.exit).toBe(1);
    expect(run.json()).toMatchObject({ error: { code: 'keys_insufficient' } });
  });

  it('leaves with 1 and names the reason when nothing listens', async () => {
    const { folder } = await demo();
    const run = await tinkin(['--data', folder, 'canary', '--url', 'http://127.0.0.1:9', '--json']);
    expect(run.exit).toBe(1);
  });
});

describe('a backup restored into an empty folder', () => {
  it('serves again, and the unit opens a tip that was sent before the backup', async () => {
    const { folder, logins } = await demo();
    const before = await world(await serve(folder));
    const sent = await sendTip(before, canaryTip('trước khi sao lưu', TO_HIEU));
    const backup = join(temporaryFolder(), 'backup');
    const again = join(temporaryFolder(), 'again');
    expect((await tinkin(['--data', folder, 'backup', backup])).exit).toBe(0);
    expect((await tinkin(['restore', backup, again])).exit).toBe(0);
    expect((await tinkin(['--data', again, 'retention', 'reapply', '--nothing'])).exit).toBe(0);

    const restored = await world(await serve(again));
    const login = logins.find(({ account }) => account === 'tohieu.canbo')!;
    const officer = await StaffSession.open(restored, login, CHEAP);
    expect(await openTip(restored, officer, sent.tip)).toContain('trước khi sao lưu');
  });
});
