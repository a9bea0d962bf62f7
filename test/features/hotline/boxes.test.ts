import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Day, StaffId } from '../../../src/domain/ids.ts';
import { fromBase64Url, toBase64Url } from '../../../src/protocol/base64.ts';
import {
  type BoxStatement,
  cosignBoxStatement,
  signBoxStatement,
  verifyBoxStatement,
} from '../../../src/protocol/box-statement.ts';
import { toHex } from '../../../src/protocol/bytes.ts';
import { parseEvent, parsePart } from '../../../src/protocol/event.ts';
import type { WireBoxOpening } from '../../../src/protocol/wire-hotline.ts';
import { eventsOf } from '../../fixtures/events.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, openInstance, PROVINCE, START, TO_HIEU } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';

const BASE = '/api/staff/hotline/boxes';
let instance: Instance;
let operator: Staff;
let officer: Staff;

beforeAll(async () => {
  instance = await openInstance();
  operator = await signIn(instance, 'sonla.trucban');
  officer = await signIn(instance, 'sonla.canbo');
});
afterAll(() => instance.close());

const newId = (): string => toHex(instance.suite.randomBytes(16));

/** A count by the operator with the officer, right in everything unless changed. */
const said = (change: Partial<BoxStatement> = {}): BoxStatement => ({
  ...{ instance: instance.pins.instance, unit: PROVINCE, opening: newId(), box: 'Hộp thư cổng số 1' },
  ...{ day: '2026-11-23' as Day, letters: 2, by: [operator.person.id, officer.person.id] as const },
  ...change,
});

const statementBy = ({ person }: Staff, of: BoxStatement): Uint8Array =>
  signBoxStatement(instance.suite, of, person.secrets.sign);
const propose = (staff: Staff, statement: Uint8Array): Promise<Response> =>
  staff.post(BASE, { statement: toBase64Url(statement) });
const confirm = (staff: Staff, id: string, statement: Uint8Array): Promise<Response> =>
  staff.post(`${BASE}/${id}/confirm`, { statement: toBase64Url(statement) });
const enter = (staff: Staff, id: string): Promise<Response> => staff.post(`${BASE}/${id}/entered`);
const cosign = ({ person }: Staff, statement: Uint8Array): Uint8Array =>
  cosignBoxStatement(instance.suite, statement, person.secrets.sign);

const listed = async (staff: Staff, id: string): Promise<WireBoxOpening | undefined> =>
  (await ok<{ openings: WireBoxOpening[] }>(await staff.get(BASE))).openings.find((one) => one.id === id);

/** Proposed by the operator. */
async function proposed(change: Partial<BoxStatement> = {}) {
  const of = said(change);
  const statement = statementBy(operator, of);
  await ok(await propose(operator, statement));
  return { id: of.opening, statement };
}
/** Opened by both. */
async function opened(change: Partial<BoxStatement> = {}) {
  const { id, statement } = await proposed(change);
  const both = cosign(officer, statement);
  await ok(await confirm(officer, id, both));
  return { id, both };
}

describe('emptying a tip box', () => {
  test('counts once two people have signed the same bytes', async () => {
    const { id, statement } = await proposed();
    expect(await listed(officer, id)).toMatchObject({
      ...{ box: 'Hộp thư cổng số 1', day: '2026-11-23', count: 2, entered: 0, pending: true },
      openedBy: operator.person.id,
    });
    await ok(await confirm(officer, id, cosign(officer, statement)));
    const row = await listed(operator, id);
    expect(row).toMatchObject({ pending: false, entered: 0 });
    const keys = [operator, officer].map(({ person }) => person.secrets.sign.publicKey);
    const told = verifyBoxStatement(instance.suite, fromBase64Url(row?.statement ?? ''), keys, 2);
    expect(told).toMatchObject({ opening: id, letters: 2 });
  });

  test('is recorded in the unit’s chain with the count and both people', async () => {
    const { id } = await opened();
    const rows = eventsOf(instance, `unit:${PROVINCE}`).slice(-2);
    expect(rows.map(({ type }) => type)).toEqual(['box_proposed', 'box_opened']);
    for (const row of rows)
      expect(parsePart(new Uint8Array(row.restrictedPart))).toMatchObject({
        ...{ opening: id, letters: 2, by: [operator.person.id, officer.person.id] },
      });
  });

  test('may be told again after a lost answer, and is recorded once', async () => {
    const { id, statement } = await proposed();
    const both = cosign(officer, statement);
    const before = eventsOf(instance, `unit:${PROVINCE}`).length;
    await ok(await propose(operator, statement));
    for (let time = 0; time < 2; time++) await ok(await confirm(officer, id, both));
    expect(eventsOf(instance, `unit:${PROVINCE}`).length).toBe(before + 1);
  });

  test.each<[string, (() => Partial<BoxStatement>) | null, string, string | undefined]>([
    ['of another unit', () => ({ unit: TO_HIEU }), 'event_invalid', 'statement'],
    ['of another instance', () => ({ instance: 'x'.repeat(32) }), 'event_invalid', 'statement'],
    ['of a day that has not begun', () => ({ day: '2026-11-24' as Day }), 'field_invalid', 'day'],
    ['of a day that never was', () => ({ day: '2026-02-30' as Day }), 'field_invalid', 'day'],
    [
      'that names somebody else first',
      () => ({ by: [officer.person.id, operator.person.id] as const }),
      'event_invalid',
      'statement',
    ],
    [
      'with somebody of another unit',
      () => ({ by: [operator.person.id, instance.person('tohieu.canbo').id] as const }),
      'member_unknown',
      'second',
    ],
    [
      'with nobody',
      () => ({ by: [operator.person.id, 'ab'.repeat(16) as StaffId] as const }),
      'member_unknown',
      'second',
    ],
  ])('is refused when the statement is one %s', async (_what, change, code, field) => {
    const answer = await propose(operator, statementBy(operator, said(change?.())));
    expect(await refusal(answer)).toMatchObject({ code, field });
  });

  test('is refused when somebody else signed, both signed at once, or the bytes are no statement', async () => {
    const of = said();
    const alone = statementBy(operator, of);
    for (const wrong of [statementBy(officer, of), cosign(officer, alone)])
      expect(await refusal(await propose(operator, wrong))).toMatchObject({ code: 'event_signature' });
    expect(await refusal(await propose(operator, alone.slice(9)))).toMatchObject({ code: 'event_invalid' });
    const alike = statementBy(operator, said({ by: [operator.person.id, operator.person.id] }));
    expect(await refusal(await propose(operator, alike))).toMatchObject({ code: 'event_invalid' });
    expect(await listed(operator, of.opening)).toBeUndefined();
  });

  test('cannot take an id that another count has', async () => {
    const { id } = await proposed();
    const twin = statementBy(operator, said({ opening: id, letters: 9 }));
    expect(await refusal(await propose(operator, twin))).toEqual({ status: 409, code: 'stale' });
    expect((await listed(operator, id))?.count).toBe(2);
  });
});

describe('the second person', () => {
  test('is never the first, nor somebody whom the statement does not name', async () => {
    const { id, statement } = await proposed();
    expect(await refusal(await confirm(operator, id, statement))).toMatchObject({ code: 'same_person' });
    const deputy = await signIn(instance, 'sonla.pho');
    expect(await refusal(await confirm(deputy, id, cosign(deputy, statement)))).toMatchObject({
      ...{ status: 403, code: 'two_people' },
    });
    expect((await listed(operator, id))?.pending).toBe(true);
  });

  test('signs exactly what the first one signed', async () => {
    const { id, statement } = await proposed();
    const more = said({ opening: id, letters: 1 });
    const other = cosign(officer, statementBy(operator, more));
    const alone = statementBy(officer, said({ opening: id }));
    for (const wrong of [other, alone])
      expect(await refusal(await confirm(officer, id, wrong))).toMatchObject({ code: 'event_invalid' });
    const foreign = cosignBoxStatement(instance.suite, statement, instance.person('sonla.pho').secrets.sign);
    for (const wrong of [foreign, statement])
      expect(await refusal(await confirm(officer, id, wrong))).toMatchObject({ code: 'event_signature' });
    expect((await listed(operator, id))?.pending).toBe(true);
  });

  test('confirms an opening of the unit, once', async () => {
    const { id, both } = await opened();
    const other = statementBy(operator, said({ opening: id, letters: 5 }));
    expect(await refusal(await confirm(officer, id, cosign(officer, other)))).toMatchObject({
      code: 'stale',
    });
    for (const unknown of [newId(), 'zz'])
      expect(await refusal(await confirm(officer, unknown, both))).toMatchObject({ code: 'not_found' });
    const stranger = await signIn(instance, 'tohieu.canbo');
    expect(await refusal(await confirm(stranger, id, both))).toMatchObject({ code: 'not_found' });
  });
});

describe('letters', () => {
  test('are counted off one by one, and no more than were in the box', async () => {
    const { id } = await opened();
    for (const entered of [1, 2]) {
      await ok(await enter(operator, id));
      expect((await listed(operator, id))?.entered).toBe(entered);
    }
    expect(await refusal(await enter(operator, id))).toEqual({ status: 409, code: 'box_count' });
  });

  test('leave an event that names the opening, the hour, and no tip', async () => {
    instance.clock.set(START + 1234);
    const { id } = await opened();
    await ok(await enter(operator, id));
    const row = eventsOf(instance, `unit:${PROVINCE}`).at(-1);
    expect(row?.type).toBe('letter_entered');
    expect(parsePart(new Uint8Array(row?.restrictedPart ?? []))).toEqual({ v: 1, opening: id });
    expect(parseEvent(new Uint8Array(row?.record ?? [])).header.time).toEqual({ at: START });
  });

  test('are not counted before the second signature, nor by an officer, nor for another unit', async () => {
    const { id } = await proposed();
    expect(await refusal(await enter(operator, id))).toMatchObject({ code: 'not_found' });
    const open = await opened();
    expect(await refusal(await enter(officer, open.id))).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await refusal(await enter(operator, newId()))).toMatchObject({ code: 'not_found' });
  });

  test('an empty box has none to enter', async () => {
    const { id } = await opened({ letters: 0 });
    expect(await refusal(await enter(operator, id))).toMatchObject({ code: 'box_count' });
  });
});

test('who neither takes calls nor works on tips sees no box', async () => {
  for (const account of ['kiemtra', 'quantri']) {
    const staff = await signIn(instance, account);
    expect(await refusal(await staff.get(BASE))).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await refusal(await propose(staff, statementBy(operator, said())))).toMatchObject({
      code: 'forbidden',
    });
  }
});

test('open consoles are told of each act on a box, and of nothing in it', async () => {
  const heard: unknown[] = [];
  const end = instance.deps.live.subscribe(PROVINCE, 'calls', (event) => heard.push(event));
  const { id } = await opened();
  await ok(await enter(operator, id));
  end();
  expect(heard).toEqual([1, 2, 3].map(() => ({ kind: 'boxes_changed' })));
});

test('another unit’s boxes are not listed', async () => {
  const { id } = await proposed();
  expect(await listed(await signIn(instance, 'tohieu.truong'), id)).toBeUndefined();
});
