import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Day, Hour, Seconds, UnitId } from '../../src/domain/ids.ts';
import { PRIORITIES, QUEUE_SCOPES, STAGES } from '../../src/domain/terms.ts';
import type { QueueQuery } from '../../src/ports/store/triage-store.ts';
import {
  bytes,
  envelope,
  HOME,
  newStaff,
  newTip,
  submission,
  T0,
  T0_SECONDS,
} from '../contract/store-fixture.ts';
import { makeSqliteStore } from './sqlite-fixture.ts';

/** Tables whose rows grow with tips or events: no statement may walk through one. */
const GROWING = [
  'tip',
  'event',
  'event_opening',
  'envelope',
  'envelope_wraps',
  'mailbox',
  'acceptance',
  'spent_challenge',
  'custody',
  'decision',
  'register',
  'tip_clock',
  'rollup',
  'rollup_sum',
  'flow',
  'transfer_flow',
  'flow_month',
  'transfer_flow_month',
  'session',
  'throttle',
  'epoch_wrap',
  'handover_note',
  'alarm',
  'movement',
  'escalation_mark',
  'escalated',
];
const ALIASES: Record<string, string> = {
  t: 'tip',
  e: 'event',
  c: 'tip_clock',
  r: 'rollup',
  s: 'rollup_sum',
  f: 'flow',
  w: 'envelope_wraps',
  m: 'mailbox',
  h: 'custody',
  v: 'movement',
  b: 'movement',
};
const ROWS = 20_000;
const UNITS = 40;

const FILTERS: readonly Omit<QueueQuery['filter'], 'scope'>[] = [
  {},
  { stage: 'verifying' },
  { priority: 'P1' },
  { assignee: newStaff() },
  { stage: 'received', priority: 'P2' },
];

describe('query plans with 20 000 tips', () => {
  let opened: Awaited<ReturnType<typeof makeSqliteStore>>;
  const prepared = new Set<string>();

  beforeAll(async () => {
    const prepare = Database.prototype.prepare;
    const spy = vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (
      this: Database.Database,
      sql: string,
    ) {
      prepared.add(sql);
      return prepare.call(this, sql);
    } as never);
    opened = await makeSqliteStore();
    const { store } = opened;
    const small = { body: 20, wraps: 20 };
    for (let start = 0; start < ROWS; start += 1_000) {
      const batch = Array.from({ length: 1_000 }, (_, index) => {
        const tip = newTip();
        const unit = `14-${String((start + index) % UNITS).padStart(5, '0')}-ca` as UnitId;
        const mailbox = { ...submission().mailbox, mailboxKey: bytes(20) };
        return submission({
          tip,
          unit,
          t0: (T0 + start / 100) as Hour,
          envelope: envelope(tip, 1, small),
          mailbox,
        });
      });
      await store.intake.accept(batch);
    }
    for (const scope of QUEUE_SCOPES) {
      for (const filter of FILTERS) {
        const query = { unit: HOME, filter: { scope, ...filter }, now: T0_SECONDS, limit: 50 };
        await store.triage.queue(query);
        await store.triage.queue({ ...query, after: { key: 5, seq: 5 } });
      }
    }
    await store.board.overdueByUnit([HOME], T0_SECONDS);
    await store.board.overdueTips([HOME], T0_SECONDS, null, 50);
    spy.mockRestore();
  }, 120_000);

  afterAll(() => opened.close());

  const plan = (sql: string): string[] =>
    opened.store.connection
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll(/[@?]\w*/g, 'NULL')}`)
      .all()
      .map((row) => row.detail);

  const scanned = (sql: string, detail: string): string | null => {
    const name = /^SCAN (\w+)/.exec(detail)?.[1];
    if (name === undefined || detail.includes('VIRTUAL TABLE')) return null;
    const table = new RegExp(`"(\\w+)" as "${name}"`).exec(sql)?.[1] ?? ALIASES[name] ?? name;
    return GROWING.includes(table) ? table : null;
  };

  it('walk through no table that grows with tips, but for the check of the roll-ups', () => {
    const dml = [...prepared].filter((sql) => /^\s*(SELECT|UPDATE|DELETE|INSERT|WITH)/i.test(sql));
    expect(dml.length).toBeGreaterThan(100);
    const walks = dml.flatMap((sql) =>
      plan(sql).flatMap((detail) => (scanned(sql, detail) ? [{ sql, detail }] : [])),
    );
    expect(walks.filter(({ sql }) => !sql.startsWith('WITH computed'))).toEqual([]);
  });

  it('read a page of a queue in its order, without sorting', () => {
    const pages = [...prepared].filter((sql) =>
      /from "tip" as "t" where "t"\."(unit|transfer_to)" = \?.* limit \?/.test(sql),
    );
    expect(pages.length).toBeGreaterThanOrEqual(QUEUE_SCOPES.length * FILTERS.length);
    const sorted = pages.filter((sql) => plan(sql).some((detail) => detail.includes('TEMP B-TREE')));
    expect(sorted).toEqual([]);
  });

  it('find the filters of the open list in an index that begins with them', () => {
    const page = (scope: string, condition: string) =>
      [...prepared].find((sql) => sql.includes(`${scope} and ${condition} `));
    for (const [condition, index] of [
      ['"t"."stage" = ?', 'tip_open_stage'],
      ['"t"."priority" = ?', 'tip_open_priority'],
      ['"t"."assignee" = ?', 'tip_open_assignee'],
    ] as const) {
      const sql = page('"t"."unit" = ? and "t"."open" = 1', condition);
      expect(plan(sql ?? '').join()).toContain(index);
    }
  });

  it('walk urgent tips that nobody took up in the order of the index that holds no others', () => {
    const sql = [...prepared].find((one) => one.includes('left join "alarm"'));
    expect(plan(sql ?? '')).toEqual([
      'SEARCH tip USING INDEX tip_untaken (t0>?)',
      expect.stringMatching(/^SEARCH alarm USING INTEGER PRIMARY KEY/),
    ]);
  });

  it('find the marks that have come in the order of their time, however many wait', () => {
    const sql = [...prepared].find((one) => one.includes('"m"."at" <= ?'));
    expect(plan(sql ?? '')[0]).toMatch(/^SEARCH m USING INDEX escalation_mark_due \(at<\?\)/);
    expect(plan(sql ?? '').join()).not.toContain('TEMP B-TREE');
  });

  it('read rates from one range of the sums a unit, never from cells', () => {
    const sql = [...prepared].find((one) => one.includes('CROSS JOIN rollup_sum'));
    const details = plan(sql ?? '').join('\n');
    expect(details).toMatch(
      /SEARCH s USING PRIMARY KEY \(grain=\? AND level=\? AND conduct=\? AND legal_kind=\? AND unit=\? AND span>\? AND span<\?\)/,
    );
  });

  it('walk every list behind the balance in the order of an index, without sorting', () => {
    const lists = [...prepared].filter(
      (sql) => sql.includes(' as handed_over,') && sql.startsWith('select t.id'),
    );
    expect(lists).toHaveLength(16);
    const details = lists.map((sql) =>
      plan(sql).filter((detail) => !/CORRELATED|LIST SUBQUERY/.test(detail)),
    );
    for (const [first] of details) expect(first).toMatch(/^SEARCH \w+ USING .*\(unit=\?/);
    const topmost = (sql: string) =>
      opened.store.connection
        .prepare<unknown[], { detail: string; parent: number }>(
          `EXPLAIN QUERY PLAN ${sql.replaceAll(/[@?]\w*/g, 'NULL')}`,
        )
        .all()
        .filter(({ parent }) => parent === 0);
    expect(lists.flatMap(topmost).filter(({ detail }) => detail.includes('TEMP B-TREE'))).toEqual([]);
  });

  it('give the same figures as counting by hand', async () => {
    const unit = '14-00007-ca' as UnitId;
    const now = (T0_SECONDS + 86_400 + 90 * 3_600) as Seconds;
    const all = opened.store.connection
      .prepare<[string], { due: number; stage: string }>('SELECT due, stage FROM tip WHERE unit = ?')
      .all(unit);
    expect(all).toHaveLength(ROWS / UNITS);
    expect(await opened.store.triage.counts(unit, now)).toEqual({
      open: all.length,
      new: all.length,
      overdue: all.filter(({ due }) => due < now).length,
      due_soon: all.filter(({ due }) => due >= now && due < now + 86_400).length,
      incoming_transfer: 0,
      pending_decision: 0,
    });
  });

  it('answer roll-ups with as many cells as days, however many tips', async () => {
    const cells = await opened.store.oversight.rollup(
      ['14-00007-ca' as UnitId],
      '2000-01-01' as Day,
      '2099-12-31' as Day,
    );
    expect(cells.reduce((sum, cell) => sum + cell.count, 0)).toBe((ROWS / UNITS) * 4);
    expect(cells.length).toBeLessThan(60);
    expect(await opened.store.oversight.verifyRollups()).toEqual([]);
  });

  it('know the vocabulary that the indexes are written for', () => {
    expect(STAGES).toContain('submitted');
    expect(PRIORITIES).toHaveLength(4);
  });
});
