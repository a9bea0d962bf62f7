import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import type { LiveEvent } from '../../domain/live-event.ts';
import { holdsAny, mayReadTips, mayTakeCalls } from '../../domain/roles.ts';
import type { Role } from '../../domain/terms.ts';
import type { AppContext } from '../../http/kit/app-env.ts';
import { sessionOf } from '../../http/kit/session.ts';
import { rolesOf } from '../../http/kit/staff-guard.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { ALARM_LADDER, type SoundingAlarm, soundingFor } from './alarm.ts';

/** Milliseconds between signs of life, which keep proxies from closing the line and notice an ended session. */
const BEAT = 20_000;

/** What whoever takes calls and reads no tips is told of: nothing that a tip's coming and going could be counted by. */
const OF_CALLS: readonly LiveEvent['kind'][] = ['recordings_changed', 'boxes_changed'];

/** True when the roles let a person keep a live line open: to tips, or as an operator to voicemail and tip boxes alone. */
export const mayListen = (roles: readonly Role[]): boolean => mayReadTips(roles) || mayTakeCalls(roles);

/** Whether a console of somebody with these roles is told of an event. */
export const concerns = (event: LiveEvent, roles: readonly Role[]): boolean => {
  if (!mayReadTips(roles)) return OF_CALLS.includes(event.kind);
  if (event.kind !== 'alarm') return true;
  return ALARM_LADDER.some((rung) => rung.level === event.level && holdsAny(roles, rung.roles));
};

/** What sounds now for a console of somebody with these roles. */
export const soundingNow = async (deps: Deps, staff: StaffRow): Promise<readonly SoundingAlarm[]> =>
  (await soundingFor(deps, staff.unit)).filter((alarm) =>
    concerns({ kind: 'alarm', ...alarm }, rolesOf(staff)),
  );

/**
 * The event stream of one open console: what sounds now, then every event of the unit as it happens, as lines of JSON without content.
 * It ends with the session (at its absolute limit or when it is ended), not with the idle limit: a console that is left open on a desk
 * must still ring.
 */
export function openStream(c: AppContext, deps: Deps): Response {
  const { staff, row } = sessionOf(c);
  const roles = rolesOf(staff);
  // Proxies must pass every line on at once.
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    const waiting: LiveEvent[] = [];
    let wake = (): void => {};
    const line = mayReadTips(roles) ? 'tips' : 'calls';
    const unsubscribe = deps.live.subscribe(staff.unit, line, (event) => {
      if (!concerns(event, roles)) return;
      waiting.push(event);
      wake();
    });
    stream.onAbort(() => {
      unsubscribe();
      wake();
    });
    try {
      for (const alarm of await soundingNow(deps, staff)) await send(stream, { kind: 'alarm', ...alarm });
      while (!stream.aborted && !stream.closed) {
        for (const event of waiting.splice(0)) await send(stream, event);
        const asleep = waiting.length === 0 ? await sleep(BEAT, (up) => (wake = up)) : false;
        if (!asleep || stream.aborted) continue;
        if (deps.clock.now() >= row.expires || !(await deps.store.accounts.session(row.tokenHash))) return;
        await stream.write(': \n\n');
      }
    } finally {
      unsubscribe();
    }
  });
}

const send = (stream: SSEStreamingApi, event: LiveEvent): Promise<void> =>
  stream.writeSSE({ data: JSON.stringify(event) });

/** Waits until woken (false) or until the time is over (true). */
function sleep(milliseconds: number, onWake: (wake: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), milliseconds);
    onWake(() => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}
