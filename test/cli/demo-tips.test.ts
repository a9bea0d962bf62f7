import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAnswer } from '../../src/cli/canary/citizen.ts';
import { seedDemo } from '../../src/cli/demo-tips/seed.ts';
import { HISTORY_DAYS, STORIES } from '../../src/cli/demo-tips/stories.ts';
import { addDays, dayOf } from '../../src/domain/calendar.ts';
import { parseConduct } from '../../src/domain/conduct.ts';
import type { Seconds, UnitId } from '../../src/domain/ids.ts';
import { rateOf } from '../../src/domain/rates.ts';
import { holdsAny, LEADER_ROLES } from '../../src/domain/roles.ts';
import { CONDUCT_GROUPS } from '../../src/domain/terms.ts';
import { ensureDemo } from '../../src/instance/demo.ts';
import type { DemoCode } from '../../src/instance/demo-files.ts';
import { DEMO_PROVINCES, DEMO_ROSTER } from '../../src/instance/demo-roster.ts';
import { examine } from '../../src/instance/doctor.ts';
import { openInstance } from '../../src/instance/open-instance.ts';
import { shippedData } from '../../src/instance/shipped-data.ts';
import { readUnits } from '../../src/instance/units-data.ts';
import { audited } from '../faults/support/bundle.ts';
import { CHEAP } from '../instance/support.ts';
import { serve, world } from './serve.ts';

const unit = (code: string) => code as UnitId;
const [TO_HIEU, SUPPORT, PROVINCE, HEALTH] = [
  unit('14-03646-ca'),
  unit('14-hotro'),
  unit('14-ca'),
  unit('14-syt'),
];
const THUAN_CHAU = unit('14-03721-ca');
const told = [TO_HIEU, THUAN_CHAU, SUPPORT];
const roster = DEMO_ROSTER.filter((person) => [...told, PROVINCE, HEALTH, 'vn-ttb'].includes(person.unit));
const now = Math.floor(Date.now() / 1000) as Seconds;
const parent = mkdtempSync(join(tmpdir(), 'tinkin-history-'));
const folder = join(parent, 'demo');
let codes: readonly DemoCode[];

beforeAll(async () => {
  const begun = (now - HISTORY_DAYS * 86_400) as Seconds;
  await ensureDemo(folder, { clock: { now: () => begun }, cost: CHEAP, roster });
  codes = await seedDemo(
    folder,
    STORIES.filter((story) => told.includes(story.unit)),
    now,
  );
  await ensureDemo(folder, { clock: { now: () => now }, cost: CHEAP, roster });
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe("the demonstration's history", () => {
  it('leaves tips in every stage and a proposal that waits for the head', async () => {
    const instance = await openInstance(folder);
    try {
      const query = { unit: TO_HIEU, filter: { scope: 'all' }, now, limit: 100 } as const;
      const { rows } = await instance.store.triage.queue(query);
      const stages = new Set(rows.map(({ stage }) => stage));
      expect([...stages].sort()).toEqual([
        'archived',
        'classified',
        'notified',
        'received',
        'submitted',
        'verifying',
      ]);
      expect((await instance.store.triage.counts(TO_HIEU, now)).pending_decision).toBe(1);
    } finally {
      await instance.close();
    }
  });

  it('shows an auditor what was in time and what was not', async () => {
    const instance = await openInstance(folder);
    try {
      const today = dayOf(now);
      const period = { from: addDays(today, -30), to: today, today };
      const rows = await instance.store.oversight.rollup([TO_HIEU], period.from, period.to);
      const handled = rateOf(rows, 'handled', period);
      expect(handled.onTime).toBeGreaterThan(0);
      expect(handled.late + handled.openLate).toBeGreaterThan(0);
    } finally {
      await instance.close();
    }
  });

  it('is an instance in which the doctor finds nothing wrong', async () => {
    const findings = await examine(folder, { clock: { now: () => now }, builtPins: null });
    expect(findings.filter(({ status }) => status === 'fail')).toEqual([]);
  });

  it('was logged as it went: an auditor finds deadlines that passed in silence, and nothing else', async () => {
    const { violations } = await audited(folder);
    expect(violations.map(({ check }) => check)).not.toHaveLength(0);
    expect(violations.filter(({ check }) => check !== 'deadlineSpoken')).toEqual([]);
  });

  it('has tips that were handed over, that came back with a ground, and that wait to be taken', async () => {
    const instance = await openInstance(folder);
    try {
      const of = async (code: UnitId) => {
        const query = { unit: code, filter: { scope: 'all' }, now, limit: 100 } as const;
        const { rows } = await instance.store.triage.queue(query);
        return Promise.all(rows.map(({ tip }) => instance.store.triage.tip(tip)));
      };
      const steps = async (code: UnitId) =>
        (await of(code)).map((tip) => tip?.events.map(({ type }) => type) ?? []);
      expect(await steps(PROVINCE)).toContainEqual(
        expect.arrayContaining(['transfer_acknowledged', 'notified']),
      );
      expect(await steps(TO_HIEU)).toContainEqual(
        expect.arrayContaining(['transfer_returned', 'verification_started']),
      );
      expect((await instance.store.triage.counts(PROVINCE, now)).incoming_transfer).toBe(1);
    } finally {
      await instance.close();
    }
  });

  it('has tips of the support desk that the health department confirmed as spam, and that wait for it', async () => {
    const instance = await openInstance(folder);
    try {
      const query = { unit: SUPPORT, filter: { scope: 'all' }, now, limit: 100 } as const;
      const { rows } = await instance.store.triage.queue(query);
      expect(rows.map(({ outcome }) => outcome)).toContain('spam');
      expect((await instance.store.triage.counts(SUPPORT, now)).pending_decision).toBe(1);
      expect((await instance.store.directory.unit(SUPPORT))?.parent).toBe(HEALTH);
    } finally {
      await instance.close();
    }
  });

  it('gives every unit that receives tips a leader above it', async () => {
    const units = new Map(readUnits(shippedData(), DEMO_PROVINCES).map((row) => [row.code, row.parent]));
    const leads = (code: UnitId) =>
      DEMO_ROSTER.some((person) => person.unit === code && holdsAny(person.roles, LEADER_ROLES));
    const without = [...new Set(STORIES.map((story) => story.unit))].filter((code) => {
      const parent = units.get(code) ?? null;
      return parent === null || !leads(parent);
    });
    expect(without).toEqual([]);
  });

  it('hands out codes that open real answers', async () => {
    const visitor = await world(await serve(folder));
    const [first] = codes;
    const read = await readAnswer(visitor, first!.code);
    expect(read).toMatchObject({ stage: 'archived', outcome: 'sanctioned', consistent: true });
    expect(read.messages[0]).toMatchObject({ trust: 'verified' });
  });

  it('names only conducts and people that exist', () => {
    const { conducts } = parseConduct(shippedData().get('conduct'));
    const accounts = new Set(DEMO_ROSTER.map(({ account }) => account));
    for (const story of STORIES) {
      expect(conducts.find(({ id }) => id === story.conduct)?.id).toBe(story.conduct);
      expect(CONDUCT_GROUPS).toContain(story.group);
      for (const { by } of story.acts) expect(accounts).toContain(by);
    }
  });
});
