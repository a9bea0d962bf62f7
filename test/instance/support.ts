import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Seconds } from '../../src/domain/ids.ts';
import { DEMO_ROSTER } from '../../src/instance/demo-roster.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Argon2Cost } from '../../src/protocol/suite.ts';

/** Noon of 2 November 2026 in Vietnam. */
export const START = 1_793_595_600;

export const DAY = 86_400;

/** A clock that stands until it is moved. */
export function movableClock(start = START): Clock & { move(seconds: number): void } {
  let now = start;
  return {
    now: () => now as Seconds,
    move: (seconds) => {
      now += seconds;
    },
  };
}

/** Far below what a real credential costs. */
export const CHEAP: Argon2Cost = { passes: 1, memoryKiB: 8 * 1024 };

/** Two units and the one over them: enough for everything but the full cast. */
export const SMALL_ROSTER = DEMO_ROSTER.filter(({ unit }) =>
  ['vn-ttb', '14-ca', '14-03646-ca'].includes(unit),
);

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tinkin-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
