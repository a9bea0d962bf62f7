import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf, startOfDay } from '../../../src/domain/calendar.ts';
import { HolidayBook } from '../../../src/domain/holidays.ts';
import type { Day, Seconds, TipId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import { yearsWanted } from '../../../src/features/law/holidays.ts';
import { chainsOf, peopleOf, replayed, worldOf } from '../../audit/replay/chains.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance, START } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep, tipOf } from '../../fixtures/steps.ts';

interface LawView {
  readonly hashes: Readonly<Record<string, string>>;
  readonly holidays: readonly {
    year: number;
    off: { day: string }[];
    saved: number | null;
    countsFrom: number | null;
  }[];
  readonly rules: readonly { id: string; basis: string; from: string }[];
  readonly extensions: readonly { id: string }[];
}
interface Kept {
  readonly years: LawView['holidays'];
  readonly missing: readonly number[];
  readonly settling: Readonly<Record<number, number>>;
}

let instance: Instance;
let [administrator, officer]: Staff[] = [];

beforeAll(async () => {
  instance = await openInstance();
  [administrator, officer] = await Promise.all(
    ['quantri', 'tohieu.canbo'].map((account) => signIn(instance, account)),
  );
});
afterAll(() => instance.close());

const people = () => {
  if (administrator === undefined || officer === undefined) throw new Error('nobody');
  return { administrator, officer };
};
const law = async () => ok<LawView>(await people().officer.get('/api/staff/law'));
const save = (year: number, lines: readonly string[], by = people().administrator) =>
  by.put(`/api/staff/law/holidays/${year}`, { csv: ['day,kind,name', ...lines].join('\n') });

/** Day by which the sender must be told that a tip that comes now was received: three working days. */
async function noticeDue(): Promise<{ readonly tip: TipId; readonly due: string | null }> {
  const { tip } = await sendTip(instance);
  await takeStep(people().officer, tip, { step: 'registered' });
  const { state } = await tipOf(people().officer, tip);
  const clock = state.clocks.find((one) => one.clock === 'notice_receipt');
  return { tip, due: clock === undefined ? null : dayOf(clock.due) };
}
const tableOf = async (year: number) => ({
  csv: await (await people().officer.get(`/api/staff/law/holidays/${year}.csv`)).text(),
});

/** The shipped table of 2026 counts Tuesday 24 November off; Wednesday is added to it. */
const WITH_WEDNESDAY = ['2026-11-24,off,Ngày Văn hóa Việt Nam', '2026-11-25,off,Nghỉ thử'];

describe('the calendar', () => {
  test('is shown to everybody who works with it, with the hashes of the law', async () => {
    const view = await law();
    expect(view.holidays.map(({ year }) => year)).toEqual([2025, 2026, 2027]);
    expect(view.holidays.every(({ saved }) => saved === null)).toBe(true);
    expect(view.hashes.clocks).toMatch(/^[0-9a-f]{64}$/);
    expect(view.rules.find(({ id }) => id === 'settle-20d')).toMatchObject({ basis: 'BLTTHS 2015 Đ147.1' });
    expect(view.extensions.map(({ id }) => id)).toContain('settle-ext-2');
  });

  test('tells administrators, and nobody else, how many tips must be settled in a year or later', async () => {
    const kept = async () => ok<Kept>(await people().administrator.get('/api/staff/law/holidays'));
    const before = await kept();
    expect([before.years.map(({ year }) => year), before.missing]).toEqual([[2025, 2026, 2027], []]);
    await sendTip(instance);
    expect((await kept()).settling).toEqual({
      ...before.settling,
      2025: (before.settling[2025] ?? 0) + 1,
      2026: (before.settling[2026] ?? 0) + 1,
    });
    expect(await refusal(await people().officer.get('/api/staff/law/holidays'))).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
  });

  test('that was saved counts for steps from ten minutes on, and never for a clock that runs', async () => {
    const first = await noticeDue();
    expect(first.due).toBe('2026-11-27');
    await ok(await save(2026, WITH_WEDNESDAY));
    const saved = (await law()).holidays.find(({ year }) => year === 2026);
    expect([saved?.off.length, saved?.saved, saved?.countsFrom]).toEqual([2, START, START + 600]);
    instance.clock.pass(599);
    const between = await noticeDue();
    expect(between.due).toBe('2026-11-27');
    instance.clock.pass(1);
    const after = await noticeDue();
    expect(after.due).toBe('2026-11-30');
    const { state } = await tipOf(people().officer, first.tip);
    expect(dayOf(state.clocks.find(({ clock }) => clock === 'notice_receipt')?.due ?? 0)).toBe('2026-11-27');
    const world = worldOf(instance, peopleOf(instance));
    for (const { tip } of [first, between, after]) {
      const subject = `tip:${tip}`;
      const { found } = replayed(world, subject, chainsOf(instance).get(subject) ?? []);
      expect(found.flatMap(({ faults }) => faults)).toEqual([]);
    }
  });

  test('is the auditor’s as well: who leaves out a saved year finds a step that the law does not know', async () => {
    // Two months from receipt end on Saturday 23 January 2027; Monday is made a rest day.
    const { csv } = await tableOf(2027);
    await ok(
      await people().administrator.put('/api/staff/law/holidays/2027', {
        csv: `${csv}2027-01-25,off,Nghỉ thử\n`,
      }),
    );
    instance.clock.pass(600);
    const { tip } = await sendTip(instance);
    const kind = {
      legalKind: 'crime_report',
      conduct: 'harbouring',
      priority: 'P2',
      competent: true,
    } as const;
    const acts: readonly Act[] = [
      { step: 'registered' },
      { step: 'classified', ...kind, ...ORDINARY },
      { step: 'verification_started', plan: 'Xác minh' },
      {
        ...{ step: 'extension_proposed', number: 1, until: '2027-01-26' as Day, toUnit: null },
        ...{ ground: 'Phức tạp', documentNumber: '1/TTr' },
      },
    ];
    for (const act of acts) await takeStep(people().officer, tip, act);
    const faultsBy = (world: ReturnType<typeof worldOf>) => {
      const subject = `tip:${tip}`;
      const { found } = replayed(world, subject, chainsOf(instance).get(subject) ?? []);
      return found.flatMap(({ faults }) => faults.map(({ check, detail }) => `${check}: ${detail}`));
    };
    const world = worldOf(instance, peopleOf(instance));
    expect(faultsBy(world)).toEqual([]);
    const shipped = new HolidayBook(world.law.calendar);
    expect(faultsBy({ ...world, holidays: shipped })).toEqual([expect.stringContaining('extension_until')]);
  });

  test('goes out as a table and comes in again as it was', async () => {
    const csv = await (await people().officer.get('/api/staff/law/holidays/2025.csv')).text();
    const before = (await law()).holidays.find(({ year }) => year === 2025);
    await ok(await people().administrator.put('/api/staff/law/holidays/2025', { csv }));
    const after = (await law()).holidays.find(({ year }) => year === 2025);
    expect({ ...after, saved: null, countsFrom: null }).toEqual(before);
  });

  test('asks for next year from October on, and for every year into which a clock runs', async () => {
    const wanted = (at: number, ...years: number[]) =>
      yearsWanted(
        { store: instance.store, clock: { now: () => at as Seconds } },
        years.map((year) => ({ year })),
      );
    expect(await wanted(startOfDay('2027-09-30' as Day), 2026, 2027)).toEqual([]);
    expect(await wanted(startOfDay('2027-10-01' as Day), 2026, 2027)).toEqual([2028]);
    expect(await wanted(START, 2026)).toEqual([2027]);
    expect(await wanted(Date.UTC(2026, 0, 5) / 1000, 2025)).toEqual([2026]);
    expect(await wanted(Date.UTC(2025, 8, 5) / 1000, 2025)).toEqual([2026]);
  });
});

describe('a table is refused, and nothing is written,', () => {
  test.each([
    [['2026-02-30,off,Tết'], '2.day'],
    [['2026-02-16,off,Tết', '2027-02-17,off,Tết'], '3.year'],
    [['2026-02-16,off,Tết', '2026-02-16,worked,'], '3.twice'],
    [['2026-02-16,worked,'], '2.weekend'],
    [['2026-02-16,rest,Tết'], '2.kind'],
    [['2026-02-16,off,'], '2.name'],
    [['2026-02-16,off'], '2.table'],
  ])('by the line that is wrong: %j', async (lines, field) => {
    const { no } = await instance.store.triage.head('directory');
    expect(await refusal(await save(2026, lines))).toEqual({ status: 400, code: 'holiday_line', field });
    expect((await instance.store.triage.head('directory')).no).toBe(no);
  });

  test('of whoever is no administrator, and of no year', async () => {
    expect(await refusal(await save(2026, [], people().officer))).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
    expect(await refusal(await save(1999, []))).toMatchObject({ status: 400, code: 'field_invalid' });
    expect(await refusal(await people().officer.get('/api/staff/law/holidays/2031.csv'))).toMatchObject({
      status: 404,
    });
  });
});
