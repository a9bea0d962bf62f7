import { type CitizenWorld, sendTip } from '../../src/cli/canary/citizen.ts';
import { Client } from '../../src/cli/canary/client.ts';
import { openTip } from '../../src/cli/canary/reading.ts';
import { StaffSession } from '../../src/cli/canary/staff-session.ts';
import { Stopwatch } from '../../src/cli/canary/stopwatch.ts';
import { readConfig } from '../../src/config.ts';
import { staffEvent } from '../../src/domain/events/index.ts';
import type { TipId } from '../../src/domain/ids.ts';
import { createApp } from '../../src/http/create-app.ts';
import { recorded } from '../../src/http/kit/server-event.ts';
import { newSession, SESSION_COOKIE } from '../../src/http/kit/session.ts';
import { buildDeps, type RunningDeps } from '../../src/instance/deps.ts';
import { readPins } from '../../src/instance/folder.ts';
import { openStretchPool } from '../../src/instance/stretch-pool.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import type { StaffSecrets } from '../../src/protocol/staff-credential.ts';
import type { Founded } from './founded.ts';
import { TO_HIEU } from './staffed.ts';

const ORIGIN = 'https://tin.example';

/** The instance as it is served, for one citizen or one officer. */
async function served<T>(
  { folder }: Founded,
  work: (world: CitizenWorld, deps: RunningDeps) => Promise<T>,
): Promise<T> {
  const config = readConfig({
    TINKIN_DATA: folder,
    TINKIN_MODE: 'production',
    TINKIN_ORIGIN: ORIGIN,
    TINKIN_LOG_LEVEL: 'silent',
    TINKIN_POW_BASE: '1',
    TINKIN_PLAIN_FORM: 'off',
  });
  const deps = await buildDeps(config, ORIGIN);
  const app = createApp(deps);
  const pool = openStretchPool(1);
  try {
    const world: CitizenWorld = {
      origin: ORIGIN,
      suite: await loadSodiumSuite(),
      pins: await readPins(folder),
      pool,
      watch: new Stopwatch(),
      carry: (request) => app.fetch(request),
      now: deps.clock.now,
    };
    return await work(world, deps);
  } finally {
    await pool.close();
    await deps.close();
  }
}

/** Sends a tip to the unit through the service, with everything that a browser does. */
export const sentTip = (founded: Founded, what: string): Promise<TipId> =>
  served(founded, async (world) => {
    const place = { province: '14', commune: '03646', name: 'Phường Tô Hiệu' };
    const { tip } = await sendTip(world, {
      unit: TO_HIEU,
      urgent: false,
      conductGroup: 'prostitution',
      content: {
        v: 1,
        lang: 'vi',
        place,
        conduct: 'venue_abuse',
        urgent: { happeningNow: false, danger: false, minor: false },
        official: { involved: 'no', unit: null, role: null },
        excluded: [],
        what,
        when: '',
        where: '',
        who: '',
        how: '',
      },
    });
    return tip;
  });

/** What somebody with these keys reads of a tip. */
export const reading = (
  founded: Founded,
  account: string,
  secrets: StaffSecrets,
  tip: TipId,
): Promise<string> =>
  served(founded, async (world, deps) => {
    const staff = await deps.store.accounts.byAccount(account);
    if (staff === null) throw new Error('the account is missing');
    const { token, row } = newSession(deps, staff.id);
    const act = staffEvent(staff.id, 'logged_in', { by: staff.id });
    await recorded(deps, act, (event) => deps.store.accounts.openSession(row, event));
    const client = new Client(ORIGIN, world.carry, `${SESSION_COOKIE}=${token}`);
    return openTip(world, await StaffSession.resume(world, client, secrets), tip);
  });
