import { readConfig } from '../../config.ts';
import { dayOf } from '../../domain/calendar.ts';
import { staffEvent } from '../../domain/events/index.ts';
import type { Seconds } from '../../domain/ids.ts';
import type { Act } from '../../domain/life-cycle-types.ts';
import { sweepMarks } from '../../features/duty/marks.ts';
import { createApp } from '../../http/create-app.ts';
import { recorded } from '../../http/kit/server-event.ts';
import { newSession, SESSION_COOKIE } from '../../http/kit/session.ts';
import { type DemoCode, type DemoLogin, readDemoSecrets, readLogins } from '../../instance/demo-files.ts';
import { buildDeps, type RunningDeps } from '../../instance/deps.ts';
import { instancePaths, readPins } from '../../instance/folder.ts';
import { recordLaw } from '../../instance/law.ts';
import { openStretchPool } from '../../instance/stretch-pool.ts';
import { loadSodiumSuite } from '../../protocol/sodium.ts';
import type { StaffSecrets } from '../../protocol/staff-credential.ts';
import type { Suite } from '../../protocol/suite.ts';
import { type CitizenWorld, type Sending, type Sent, sendTip } from '../canary/citizen.ts';
import { Client } from '../canary/client.ts';
import { takeStep } from '../canary/officer.ts';
import { openTip, tipOf } from '../canary/reading.ts';
import { StaffSession } from '../canary/staff-session.ts';
import { Stopwatch } from '../canary/stopwatch.ts';
import { PastRounds } from './past-rounds.ts';
import { giveDemoRights } from './rights.ts';
import type { Story, StoryAct } from './story.ts';

const ORIGIN = 'http://demo.localhost';

/** Everything that happens, in the order in which it happens. */
type Happening =
  | { readonly at: number; readonly story: Story; readonly send: true }
  | { readonly at: number; readonly story: Story; readonly step: StoryAct };

/**
 * Lets invented citizens send tips and staff work on them through the service's own routes, with real keys, on a clock that runs through
 * the last weeks: nothing is put into the store by hand. Returns the codes that are kept.
 */
export async function seedDemo(
  folder: string,
  stories: readonly Story[],
  now: Seconds,
): Promise<readonly DemoCode[]> {
  const config = readConfig({
    TINKIN_DATA: folder,
    TINKIN_LOG_LEVEL: 'silent',
    TINKIN_POW_BASE: '1',
    TINKIN_PLAIN_FORM: 'off',
  });
  let time: number = now;
  const clock = { now: () => time as Seconds };
  const deps = await buildDeps(config, ORIGIN, clock);
  const log = new PastRounds(deps, folder);
  const app = createApp(deps);
  const suite = await loadSodiumSuite();
  const pool = openStretchPool(1);
  try {
    const world: CitizenWorld = {
      origin: ORIGIN,
      suite,
      pins: await readPins(folder),
      pool,
      watch: new Stopwatch(),
      carry: (request) => app.fetch(request),
      now: clock.now,
    };
    const desk = await openDesk(folder, deps, world);
    const sent = new Map<Story, Sent>();
    const goTo = (at: number): void => {
      time = at;
    };
    const happenings = timeline(stories, now);
    const [first] = happenings;
    if (first !== undefined) {
      await log.before(first.at, goTo);
      time = first.at;
      await recordLaw(deps);
      await giveDemoRights(
        world,
        desk,
        stories.map(({ unit }) => unit),
      );
    }
    for (const happening of happenings) {
      await log.before(happening.at, goTo);
      time = happening.at;
      const { story } = happening;
      if ('send' in happening) sent.set(story, await sendTip(world, sendingOf(story)));
      else await work(world, desk, sent.get(story), happening.step);
      log.happened(happening.at);
    }
    await log.before(now, goTo);
    time = now;
    await sweepMarks(deps);
    await log.round(now);
    return stories.flatMap((story) => {
      const code = sent.get(story)?.code;
      return story.keepCode && code !== undefined ? [{ code, about: story.what }] : [];
    });
  } finally {
    await pool.close();
    await deps.close();
  }
}

function timeline(stories: readonly Story[], now: number): readonly Happening[] {
  const happenings = stories.flatMap((story): Happening[] => {
    const begun = Math.floor(now - story.sent * 3600);
    return [
      { at: begun, story, send: true },
      ...story.acts.map((step) => ({ at: Math.floor(begun + step.after * 3600), story, step })),
    ];
  });
  // What would lie in the future has not happened yet.
  return happenings.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at);
}

const sendingOf = (story: Story): Sending => ({
  unit: story.unit,
  urgent: story.urgent,
  conductGroup: story.group,
  content: {
    v: 1,
    lang: 'vi',
    place: story.place,
    conduct: story.conduct,
    urgent: { happeningNow: story.urgent, danger: false, minor: false },
    official: { involved: 'no', unit: null, role: null },
    excluded: [],
    what: story.what,
    when: '',
    where: story.where,
    who: '',
    how: '',
  },
});

/** A signed-in person by account; the session is opened at the moment of the act. */
type Desk = (account: string) => Promise<StaffSession>;

async function openDesk(folder: string, deps: RunningDeps, world: CitizenWorld): Promise<Desk> {
  const [logins, secrets] = await Promise.all([
    readLogins(instancePaths(folder).demoLogins),
    readDemoSecrets(folder),
  ]);
  return async (account) => {
    const login = logins.find((one) => one.account === account);
    const keys = secrets.staff.find(({ id }) => id === login?.staff);
    if (login === undefined || keys === undefined) throw new Error(`the demonstration has no ${account}`);
    const cookie = await sessionCookie(deps, login);
    const client = new Client(world.origin, world.carry, cookie);
    return StaffSession.resume(world, client, openKeys(world.suite, keys));
  };
}

const openKeys = (
  suite: Suite,
  keys: { readonly sign: Uint8Array; readonly kem: Uint8Array },
): StaffSecrets => ({
  sign: suite.ed25519KeyPair(keys.sign),
  kem: suite.xwingKeyPair(keys.kem),
});

/** A session as a login opens it, without stretching the passphrase dozens of times over. */
async function sessionCookie(deps: RunningDeps, login: DemoLogin): Promise<string> {
  const { token, row } = newSession(deps, login.staff);
  const act = staffEvent(login.staff, 'logged_in', { by: login.staff });
  await recorded(deps, act, (event) => deps.store.accounts.openSession(row, event));
  return `${SESSION_COOKIE}=${token}`;
}

async function work(world: CitizenWorld, desk: Desk, sent: Sent | undefined, step: StoryAct): Promise<void> {
  if (sent === undefined) return;
  const staff = await desk(step.by);
  const act = await actOf(world, staff, sent, step);
  // Nobody takes up a tip without reading it; who confirms from above reads nothing.
  const { state } = await tipOf(staff, sent.tip);
  const reads = act.step === 'registered' || act.step === 'resolved';
  if (reads && state.unit === staff.me.unit) await openTip(world, staff, sent.tip);
  await takeStep(world, staff, sent.tip, act, step.text);
}

async function actOf(
  world: CitizenWorld,
  staff: StaffSession,
  { tip }: Sent,
  { act }: StoryAct,
): Promise<Act> {
  if (act.step === 'transfer_sent') return { ...act, documentDay: dayOf(world.now()) };
  if (act.step !== 'resolved') return act;
  const { state } = await tipOf(staff, tip);
  if (state.pending === null) throw new Error('there is no proposal to decide on');
  return { step: 'resolved', decision: state.pending.id };
}
