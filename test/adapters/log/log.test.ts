import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { pinoLog } from '../../../src/adapters/log/pino-log.ts';
import type { Seconds } from '../../../src/domain/ids.ts';

const HOUR = 498_696;

function open(level: 'info' | 'silent' = 'info') {
  let now = HOUR * 3600 + 100;
  const lines: Record<string, unknown>[] = [];
  const log = pinoLog({
    level,
    clock: { now: () => now as Seconds },
    destination: { write: (text) => lines.push(JSON.parse(text)) },
  });
  return {
    log,
    lines,
    later: (seconds: number, timers?: 'without timers') => {
      now += seconds;
      if (timers === undefined) vi.advanceTimersByTime(seconds * 1000);
    },
  };
}

const tip = { method: 'POST', route: '/api/tips', status: 201, ms: 12 };
const staff = { method: 'GET', route: '/api/staff/queue', status: 200, ms: 4 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('requests of citizens', () => {
  test('are not written one by one: a line would tell when somebody came', () => {
    const { log, lines } = open();
    log.request(tip);
    log.request({ method: 'POST', route: '/api/mailbox', status: 200, ms: 3 });
    expect(lines).toEqual([]);
  });

  test('are counted and written by a timer when their hour has ended, with the hour and no other time', () => {
    const { log, lines, later } = open();
    log.request(tip);
    log.request({ ...tip, ms: 20 });
    later(3600);
    expect(lines).toEqual([
      { level: 30, msg: 'requests', ...tip, hour: '2026-11-22T00', count: 2, ms: 16, msMax: 20 },
    ]);
    later(3600);
    expect(lines).toHaveLength(1);
  });

  test('of a new hour never write out the hour before: that line would tell when they came', () => {
    const { log, lines, later } = open();
    log.request(tip);
    later(3600, 'without timers');
    log.request({ ...tip, status: 400, code: 'frame_malformed' });
    log.request(staff);
    expect(lines.map(({ msg }) => msg)).toEqual(['request']);
    log.close();
    expect(lines.map(({ hour }) => hour)).toEqual([undefined, '2026-11-22T00', '2026-11-22T01']);
    expect(lines.slice(1).every((line) => !('time' in line))).toBe(true);
  });

  test('are kept apart by method, route, status and code', () => {
    const { log, lines } = open();
    log.request(tip);
    log.request({ ...tip, status: 409, code: 'challenge_spent' });
    log.request({ ...tip, status: 409, code: 'mailbox_taken' });
    log.close();
    expect(lines.map(({ status, code, count }) => [status, code, count])).toEqual([
      [201, undefined, 1],
      [409, 'challenge_spent', 1],
      [409, 'mailbox_taken', 1],
    ]);
  });

  test('that are still counted are written when the service stops', () => {
    const { log, lines } = open();
    log.request(tip);
    log.close();
    expect(lines).toHaveLength(1);
  });

  test('to addresses that do not exist are counted, too, and nothing of the address is kept', () => {
    const { log, lines } = open();
    log.request({ method: 'GET', route: 'unmatched', status: 404, ms: 0, code: 'not_found' });
    log.close();
    expect(lines).toHaveLength(1);
  });
});

test('what a console fetched by itself is counted like a citizen’s request: it follows one', () => {
  const { log, lines } = open();
  log.request({ ...staff, bySelf: true });
  expect(lines).toEqual([]);
  log.close();
  expect(lines).toEqual([expect.objectContaining({ route: staff.route, hour: '2026-11-22T00', count: 1 })]);
  expect(lines[0]).not.toHaveProperty('bySelf');
});

test('requests of staff are a line each, with a fixed list of fields', () => {
  const { log, lines } = open();
  log.request({ ...staff, code: 'stale' });
  expect(Object.keys(lines[0] ?? {}).sort()).toEqual([
    'code',
    'level',
    'method',
    'ms',
    'msg',
    'route',
    'status',
    'time',
  ]);
});

test('what the service says of itself is an event with facts', () => {
  const { log, lines } = open();
  log.service('warn', 'housekeeping_failed', { kind: 'SqliteError' });
  expect(lines[0]).toMatchObject({ level: 40, msg: 'housekeeping_failed', kind: 'SqliteError' });
});

test('a silent log writes nothing', () => {
  const { log, lines } = open('silent');
  log.request(staff);
  log.service('error', 'x');
  log.close();
  expect(lines).toEqual([]);
});
