import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TipId } from '../../../src/domain/ids.ts';
import type { RegisterEntry } from '../../../src/domain/register.ts';
import { registerCsv } from '../../../src/features/register/csv.ts';
import { FORM_03 } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { conclude, type Leading, leading } from '../../fixtures/concluded.ts';
import { eventsOf } from '../../fixtures/events.ts';
import { ok, refusal } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, openInstance, TO_HIEU } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep } from '../../fixtures/steps.ts';

interface Page {
  readonly year: number;
  readonly years: readonly number[];
  readonly entries: readonly RegisterEntry[];
  readonly next: number | null;
}

const PATH = '/api/staff/register';
/** Lines of an older book: more than a page. */
const LINES = 104;

let instance: Instance;
let people: Leading;
let receiver: Staff;
let ended: TipId;
let handed: TipId;

beforeAll(async () => {
  instance = await openInstance();
  people = await leading(instance);
  receiver = await signIn(instance, 'mocchau.canbo');
  const head = await signIn(instance, 'tohieu.truong');
  ({ tip: ended } = await sendTip(instance));
  await conclude(ended, people);
  ({ tip: handed } = await sendTip(instance));
  await takeStep(people.officer, handed, { step: 'registered' });
  const act = {
    step: 'transfer_sent',
    toUnit: MOC_CHAU,
    ground: 'Thuộc phường Mộc Châu',
    ...FORM_03,
  } as const;
  await takeStep(head, handed, act);
  await takeStep(receiver, handed, { step: 'transfer_acknowledged' });
  await takeStep(receiver, handed, { step: 'prioritised', priority: 'P1', reason: 'Có trẻ em' });
  await takeStep(people.officer, (await sendTip(instance)).tip, { step: 'registered' });
  instance.store.connection.exec(
    `WITH RECURSIVE n (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM n WHERE number < ${LINES})
     INSERT INTO register (unit, year, number, tip, event_no)
       SELECT r.unit, 2025, n.number, r.tip, r.event_no FROM register r, n
        WHERE r.unit = '${TO_HIEU}' AND r.number = 1`,
  );
});
afterAll(() => instance.close());

const page = async (query = '', staff: Staff = people.officer): Promise<Page> =>
  ok<Page>(await staff.get(`${PATH}${query}`));
const lineOf = async (number: number): Promise<RegisterEntry> => {
  const [entry] = (await page(`?order=up&after=${number - 1}`)).entries;
  if (entry?.number !== number) throw new Error(`there is no number ${number}`);
  return entry;
};
const numbers = ({ entries }: Page): readonly number[] => entries.map(({ number }) => number);
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

test('the book has every number once, page after page, from either end', async () => {
  const first = await page('?year=2025&order=up');
  const second = await page(`?year=2025&order=up&after=${first.next}`);
  expect([...numbers(first), ...numbers(second)]).toEqual(upTo(LINES));
  expect([first.next, second.next]).toEqual([100, null]);
  const last = await page('?year=2025');
  expect([last.year, last.years, last.next]).toEqual([2025, [2026, 2025], 5]);
  expect(numbers(last)).toEqual(upTo(LINES).toReversed().slice(0, 100));
  expect(numbers(await page('?year=2025&after=5'))).toEqual([4, 3, 2, 1]);
  expect(numbers(await page())).toEqual([3, 2, 1]);
});

test('a line says who entered it, how it ended, under which document, and when the informant was told', async () => {
  const at = instance.clock.now();
  expect(await lineOf(1)).toMatchObject({
    tip: ended,
    channel: 'web',
    takenBy: null,
    enteredBy: people.officer.person.id,
    enteredAt: at,
    outcome: 'spam',
    documentNumber: '07/BB',
    resolvedAt: at,
    notified: { at, impossible: null },
    archivedAt: at,
    left: null,
  });
});

test('a tip that was handed over stays in the book with the day alone: nothing tells where it went or what became of it', async () => {
  const line = await lineOf(2);
  expect(line).toMatchObject({ tip: null, left: '2026-11-23', now: null, outcome: null, assignee: null });
  expect(line.priority).not.toBe('P1');
  const said = JSON.stringify(line);
  expect(said).not.toContain(handed);
  expect(said).not.toContain(MOC_CHAU);
});

test('the unit that took it enters it in its own book, and sees no other', async () => {
  const { entries } = await page('', receiver);
  expect(entries).toMatchObject([
    { number: 1, tip: handed, enteredBy: receiver.person.id, priority: 'P1', left: null },
  ]);
  expect((await page('?year=2025', receiver)).entries).toEqual([]);
});

describe('the file', () => {
  const file = (query: string) => people.officer.get(`${PATH}.csv?year=2026&${query}`);

  test('has a line for each number of the range, in both languages, and is recorded before it leaves', async () => {
    const before = eventsOf(instance, `unit:${TO_HIEU}`).length;
    const bytes = new Uint8Array(await (await file('from=1&to=2')).arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^Số,/);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('1/2026');
    expect(lines[1]).toContain('07/BB');
    expect(lines[2]).toContain('Đã chuyển đi ngày 23/11/2026');
    expect(await (await file('from=3&to=200&lang=en')).text()).toMatch(/^Number,[^\n]+\n3\/2026,/);
    const events = eventsOf(instance, `unit:${TO_HIEU}`).slice(before);
    const said = events.map(({ type, restrictedPart }) => [
      type,
      JSON.parse(new TextDecoder().decode(restrictedPart)),
    ]);
    const by = people.officer.person.id;
    const as = { form: 'csv', content: false };
    expect(said).toEqual([
      ['register_printed', { v: 1, by, year: 2026, from: 1, to: 2, ...as }],
      ['register_printed', { v: 1, by, year: 2026, from: 3, to: 200, ...as }],
    ]);
  });

  test('turns what a spreadsheet would take for a formula into text, and keeps separators inside a cell', async () => {
    const line = await lineOf(1);
    const text = registerCsv(
      ['=cmd|1', '+1', '@SUM(A1)', '1;2', 'a"b,c'].map((documentNumber) => ({ ...line, documentNumber })),
      { conducts: [], nameOf: () => '-1+1', lang: 'vi' },
    );
    for (const cell of [",'=cmd|1,", ",'+1,", ",'@SUM(A1),", ',"1;2",', ',"a""b,c",', ",'-1+1,"])
      expect(text).toContain(cell);
  });

  test.each([
    ['from=5&to=4', 'to'],
    ['from=1&to=5001', 'to'],
    ['from=0&to=5', 'from'],
    ['from=1', 'to'],
    ['from=1&to=2&lang=fr', 'lang'],
  ])('of a range that is none (%s) is refused, without an event', async (query, field) => {
    const before = eventsOf(instance, `unit:${TO_HIEU}`).length;
    expect(await refusal(await file(query))).toEqual({ status: 400, code: 'field_invalid', field });
    expect(eventsOf(instance, `unit:${TO_HIEU}`)).toHaveLength(before);
  });
});

test('lines that go on paper are recorded, with whether envelopes were opened', async () => {
  await ok(await people.officer.post(`${PATH}/printed`, { year: 2026, from: 1, to: 20, content: true }));
  const last = eventsOf(instance, `unit:${TO_HIEU}`).at(-1);
  expect([last?.type, JSON.parse(new TextDecoder().decode(last?.restrictedPart))]).toEqual([
    'register_printed',
    { v: 1, by: people.officer.person.id, year: 2026, from: 1, to: 20, form: 'paper', content: true },
  ]);
});

test.each([
  [{ year: 2026, from: 2, to: 1, content: false }, 'to'],
  [{ year: 1999, from: 1, to: 1, content: false }, 'year'],
  [{ year: 2026, from: 1, to: 1 }, 'content'],
  [{ year: 2026, from: 1, to: 1, content: false, unit: MOC_CHAU }, 'body'],
])('%j is no record of a print', async (body, field) => {
  const before = eventsOf(instance, `unit:${TO_HIEU}`).length;
  expect(await refusal(await people.officer.post(`${PATH}/printed`, body))).toEqual({
    status: 400,
    code: 'field_invalid',
    field,
  });
  expect(eventsOf(instance, `unit:${TO_HIEU}`)).toHaveLength(before);
});

test('whoever reads no tips sees no book', async () => {
  for (const account of ['quantri', 'kiemtra', 'sonla.trucban']) {
    const other = await signIn(instance, account);
    for (const path of [PATH, `${PATH}.csv?year=2026&from=1&to=2`])
      expect((await refusal(await other.get(path))).code).toBe('forbidden');
  }
});
