import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDays, dayOf } from '../../../src/domain/calendar.ts';
import type { LiveEvent } from '../../../src/domain/live-event.ts';
import { FOCAL_STAGES } from '../../../src/domain/transition-types.ts';
import { lookForHoles } from '../../../src/features/duty/holes.ts';
import { audited, bundleOf } from '../../audit/world.ts';
import { eventsOf } from '../../fixtures/events.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance, PROVINCE, TO_HIEU } from '../../fixtures/instance.ts';
import { withLog } from '../../fixtures/ledger.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';

const DAY = 86_400;

let instance: Instance;
let head: Staff;
let heard: [string, LiveEvent['kind']][];
beforeEach(async () => {
  instance = await openInstance();
  head = await signIn(instance, 'tohieu.truong');
  heard = [];
  instance.deps.live.watch((unit, { kind }) => heard.push([unit, kind]));
});
afterEach(() => instance.close());

const id = (account: string) => instance.person(account).id;
const today = () => dayOf(instance.clock.now());
const alarms = () =>
  eventsOf(instance, `unit:${TO_HIEU}`)
    .filter(({ type }) => type === 'focal_missing')
    .map(({ restrictedPart }) => JSON.parse(new TextDecoder().decode(restrictedPart)).stages);
/** Somebody for every stage of Tô Hiệu, and a deputy where asked for. */
const nameAll = async (deputy?: string): Promise<void> => {
  for (const stage of FOCAL_STAGES) {
    const rows = [['active', 'tohieu.canbo'] as const, ...(deputy ? [['deputy', deputy] as const] : [])];
    for (const [rank, account] of rows)
      await ok(await head.post('/api/staff/focal-points', { stage, rank, staff: id(account) }));
  }
};
const away = async (account: string, days = 0): Promise<void> => {
  const body = { staff: id(account), from: today(), until: addDays(today(), days) };
  await ok(await head.post('/api/staff/absences', body));
};

describe('a stage without anybody there', () => {
  test('is an event of its unit once a day, also after the service began anew', async () => {
    await lookForHoles(instance.deps, new Map());
    expect(alarms()).toEqual([FOCAL_STAGES]);
    await lookForHoles(instance.deps, new Map());
    expect(alarms()).toHaveLength(1);
    instance.clock.pass(DAY);
    await lookForHoles(instance.deps, new Map());
    expect(alarms()).toHaveLength(2);
  });

  test('is told to open consoles of the unit and of the one above it when it comes and when it goes', async () => {
    await nameAll('tohieu.pho');
    const before = await lookForHoles(instance.deps, new Map());
    const round = async (seen: typeof before) => {
      heard = [];
      return lookForHoles(instance.deps, seen);
    };
    const same = await round(before);
    expect(heard).toEqual([]);
    await away('tohieu.canbo');
    const stoodIn = await round(same);
    expect(heard).toEqual([]);
    expect(alarms()).toEqual([]);
    await away('tohieu.pho');
    const nobody = await round(stoodIn);
    expect(heard).toEqual([
      [TO_HIEU, 'holes_changed'],
      [PROVINCE, 'holes_changed'],
    ]);
    expect(alarms()).toEqual([FOCAL_STAGES]);
    instance.clock.pass(DAY);
    await round(nobody);
    expect(heard).toEqual([
      [TO_HIEU, 'holes_changed'],
      [PROVINCE, 'holes_changed'],
    ]);
    expect(alarms()).toHaveLength(1);
  });

  test('is checked by the auditor’s verifier with what made it one', async () => {
    await nameAll('tohieu.pho');
    await away('tohieu.canbo', 1);
    await away('tohieu.pho');
    await lookForHoles(instance.deps, new Map());
    const absence = { staff: id('tohieu.canbo'), from: instance.clock.now() };
    instance.clock.pass(60);
    await ok(await head.post('/api/staff/absences/end', absence));
    await (await withLog(instance, { rounds: 2 })).round();
    const types = eventsOf(instance, `unit:${TO_HIEU}`).map(({ type }) => type);
    expect(types.slice(-4)).toEqual(['absence_set', 'absence_set', 'focal_missing', 'absence_ended']);
    expect((await audited({ instance }, await bundleOf(instance))).violations).toEqual([]);
  });

  test('is shown to leaders of the unit and of the one above it, and to nobody else', async () => {
    const [above, beside, officer] = await Promise.all(
      ['sonla.truong', 'mocchau.truong', 'tohieu.canbo'].map((account) => signIn(instance, account)),
    );
    if (above === undefined || beside === undefined || officer === undefined) throw new Error('nobody');
    const holes = async (who: Staff) =>
      ok<{ own: readonly string[]; below: readonly { unit: string; name: { vi: string } }[] }>(
        await who.get('/api/staff/duties/holes'),
      );
    expect(await holes(head)).toEqual({ own: FOCAL_STAGES, below: [] });
    expect((await holes(above)).below).toContainEqual({
      ...{ unit: TO_HIEU, name: { vi: 'Công an phường Tô Hiệu', en: 'Công an phường Tô Hiệu' } },
      stages: FOCAL_STAGES,
    });
    await nameAll();
    expect(await holes(head)).toEqual({ own: [], below: [] });
    expect((await holes(above)).below.map(({ unit }) => unit)).not.toContain(TO_HIEU);
    expect((await holes(beside)).own).toEqual(FOCAL_STAGES);
    expect(await refusal(await officer.get('/api/staff/duties/holes'))).toMatchObject({
      ...{ status: 403, code: 'forbidden' },
    });
  });

  test('is counted in the administrators’ list of units', async () => {
    const administrator = await signIn(instance, 'quantri');
    const filled = async () =>
      (
        await ok<{ units: readonly { code: string; stagesFilled: number }[] }>(
          await administrator.get('/api/staff/admin/units'),
        )
      ).units.find(({ code }) => code === TO_HIEU)?.stagesFilled;
    expect(await filled()).toBe(0);
    const answer = { stage: 'answer', rank: 'active', staff: id('tohieu.pho') };
    await ok(await head.post('/api/staff/focal-points', answer));
    expect(await filled()).toBe(1);
  });
});
