import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { compileStatic, lit, type Names, query } from '../../src/adapters/store/sql/builder.ts';
import { allOf, prepared } from '../../src/adapters/store/sqlite/prepared.ts';

describe('a static statement', () => {
  it('names its values in the order of their places, as often as they stand there', () => {
    const { sql, names } = compileStatic((p: Names<{ key: string; value: string }>) =>
      query
        .updateTable('meta')
        .set({ value: p('value') })
        .where('key', '=', p('key'))
        .where('value', '<>', p('value')),
    );
    expect(sql).toBe('update "meta" set "value" = ? where "key" = ? and "value" <> ?');
    expect(names).toEqual(['value', 'key', 'value']);
  });

  it('is refused when it holds a value without a name', () => {
    expect(() => compileStatic(() => query.selectFrom('meta').selectAll().where('key', '=', 'x'))).toThrow(
      /without a name/,
    );
  });

  it('has constants in its text, where the planner sees them', () => {
    const { sql } = compileStatic(() =>
      query.selectFrom('tip').select('seq').where('open', '=', lit(1)).where('stage', '=', lit('submitted')),
    );
    expect(sql).toBe(`select "seq" from "tip" where "open" = 1 and "stage" = 'submitted'`);
  });
});

describe('running queries', () => {
  let db: Database.Database;
  beforeEach(() => {
    db = new Database(':memory:');
    db.exec('CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT');
  });
  afterEach(() => {
    vi.restoreAllMocks();
    db.close();
  });

  it('binds named values, and tells what was changed', () => {
    const insert = prepared(db, (p: Names<{ key: string; value: string }>) =>
      query.insertInto('meta').values({ key: p('key'), value: p('value') }),
    );
    const select = prepared(db, (p: Names<{ key: string }>) =>
      query.selectFrom('meta').select('value').where('key', '=', p('key')),
    );
    expect(insert.run({ value: 'b', key: 'a' })).toEqual({ changes: 1, lastInsertRowid: 1 });
    expect(select.get({ key: 'a' })).toEqual({ value: 'b' });
    expect(select.all({ key: 'z' })).toEqual([]);
  });

  it('refuses at once a query on a table that is not there', () => {
    expect(() => prepared(db, () => query.selectFrom('tip').selectAll())).toThrow(/no such table/);
  });

  it('prepares a text that depends on the question once, and binds its values each time', () => {
    db.exec(`INSERT INTO meta VALUES ('a', 'x'), ('b', 'y')`);
    const prepare = vi.spyOn(db, 'prepare');
    const of = (key: string) =>
      allOf(db, query.selectFrom('meta').select('value').where('key', '=', key).compile());
    expect([of('a'), of('b')]).toEqual([[{ value: 'x' }], [{ value: 'y' }]]);
    expect(prepare).toHaveBeenCalledTimes(1);
  });

  it('keeps a bounded number of texts, and the newest', () => {
    const prepare = vi.spyOn(db, 'prepare');
    const select = (n: number) => allOf(db, query.selectFrom('meta').select('value').limit(lit(n)).compile());
    for (let n = 1; n <= 257; n++) select(n);
    select(257);
    expect(prepare).toHaveBeenCalledTimes(257);
    select(1);
    expect(prepare).toHaveBeenCalledTimes(258);
  });
});
