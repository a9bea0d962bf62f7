import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayOf, startOfDay } from '../../../src/domain/calendar.ts';
import type { Day } from '../../../src/domain/ids.ts';
import { eventsOf } from '../../fixtures/events.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance, TO_HIEU } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';

interface Duties {
  readonly duties: readonly {
    readonly staff: string;
    readonly from: number;
    readonly until: number | null;
  }[];
  readonly absences: readonly {
    readonly staff: string;
    readonly from: number;
    readonly until: number | null;
  }[];
  readonly holes: readonly string[];
}

let instance: Instance;
let officer: Staff;
let head: Staff;
let auditor: Staff;
let today: Day;
beforeAll(async () => {
  instance = await openInstance();
  [officer, head, auditor] = (await Promise.all(
    ['tohieu.canbo', 'tohieu.truong', 'kiemtra'].map((account) => signIn(instance, account)),
  )) as [Staff, Staff, Staff];
  today = dayOf(instance.clock.now());
});
afterAll(() => instance.close());

const id = (account: string) => instance.person(account).id;
const duties = async (): Promise<Duties> => ok<Duties>(await officer.get('/api/staff/duties'));
const events = () => eventsOf(instance, `unit:${TO_HIEU}`).map(({ type }) => type);
const name = (body: object) => head.post('/api/staff/focal-points', body);
const away = (who: Staff, body: object) => who.post('/api/staff/absences', body);

describe('focal points', () => {
  test('every stage is a hole until somebody is named for it', async () => {
    expect((await duties()).holes).toEqual([
      'intake',
      'classification',
      'verification',
      'resolution',
      'answer',
    ]);
    await ok(await name({ stage: 'intake', rank: 'active', staff: id('tohieu.canbo') }));
    expect((await duties()).holes).not.toContain('intake');
  });

  test('are handed over on a day to come, and who hands over answers until then', async () => {
    const from = addDays(today, 3);
    await ok(await name({ stage: 'intake', rank: 'active', staff: id('tohieu.pho'), from }));
    const [present, next] = (await duties()).duties;
    expect(present).toMatchObject({ staff: id('tohieu.canbo'), until: startOfDay(from) });
    expect(next).toMatchObject({ staff: id('tohieu.pho'), from: startOfDay(from), until: null });
  });

  test('are refused for one person twice, for strangers, for days gone by, by anybody but leaders, without an event', async () => {
    const before = events();
    const refused = async (response: Promise<Response>) => refusal(await response);
    const pho = { stage: 'intake', staff: id('tohieu.pho') };
    expect(await refused(name({ ...pho, rank: 'deputy' }))).toEqual({
      ...{ status: 409, code: 'focal_same', field: 'staff' },
    });
    const named = { stage: 'answer', rank: 'active' };
    const stranger = { ...named, staff: id('mocchau.canbo') };
    expect(await refused(name(stranger))).toMatchObject({ code: 'member_unknown', field: 'staff' });
    for (const from of [addDays(today, -1), addDays(today, 367)]) {
      const bad = name({ ...named, staff: id('tohieu.pho'), from });
      expect(await refused(bad)).toEqual({ status: 400, code: 'absence_period', field: 'from' });
    }
    const own = { ...named, staff: id('tohieu.canbo') };
    expect(await refused(officer.post('/api/staff/focal-points', own))).toMatchObject({ status: 403 });
    expect(await refused(auditor.get('/api/staff/duties'))).toMatchObject({ status: 403 });
    expect(events()).toEqual(before);
  });
});

describe('absences', () => {
  test('are written down by everybody for themselves, and end when they come back', async () => {
    await ok(await away(officer, { from: today, until: addDays(today, 1) }));
    const [own] = (await duties()).absences;
    expect(own).toEqual({
      staff: id('tohieu.canbo'),
      from: instance.clock.now(),
      until: startOfDay(addDays(today, 2)),
    });
    expect((await duties()).holes).toContain('intake');
    instance.clock.pass(60);
    await ok(await officer.post('/api/staff/absences/end', { staff: own?.staff, from: own?.from }));
    expect((await duties()).absences).toEqual([]);
    expect((await duties()).holes).not.toContain('intake');
    expect(events().slice(-2)).toEqual(['absence_set', 'absence_ended']);
  });

  test('of others are for leaders of their unit; a plan is given up before it begins', async () => {
    const staff = id('tohieu.canbo');
    await ok(await away(head, { staff, from: addDays(today, 10), until: null }));
    const [planned] = (await duties()).absences;
    expect(planned).toEqual({ staff, from: startOfDay(addDays(today, 10)), until: null });
    await ok(await head.post('/api/staff/absences/end', { staff, from: planned?.from }));
    expect((await duties()).absences).toEqual([]);
  });

  test('are refused with days that do not fit, twice, for others, for strangers, without an event', async () => {
    await ok(await away(officer, { from: addDays(today, 20), until: addDays(today, 25) }));
    const before = events();
    const week = { from: addDays(today, 24), until: addDays(today, 30) };
    const cases: readonly [Staff, object, object][] = [
      [officer, week, { status: 409, code: 'absence_overlaps', field: 'from' }],
      [
        officer,
        { ...week, from: addDays(today, -1) },
        { status: 400, code: 'absence_period', field: 'from' },
      ],
      [officer, { ...week, until: today }, { status: 400, code: 'absence_period', field: 'until' }],
      [officer, { ...week, until: addDays(today, 900) }, { code: 'absence_period', field: 'until' }],
      [officer, { ...week, until: '2026-02-30' }, { status: 400, code: 'field_invalid', field: 'until' }],
      [officer, { ...week, staff: id('tohieu.pho') }, { status: 403, code: 'forbidden', field: 'staff' }],
      [head, { ...week, staff: id('mocchau.canbo') }, { code: 'member_unknown', field: 'staff' }],
    ];
    for (const [who, body, expected] of cases)
      expect(await refusal(await away(who, body)), JSON.stringify(body)).toMatchObject(expected);
    const nothing = { staff: id('tohieu.canbo'), from: 12_345 };
    expect(await refusal(await officer.post('/api/staff/absences/end', nothing))).toMatchObject({
      ...{ status: 404, code: 'not_found' },
    });
    expect(events()).toEqual(before);
  });
});
