import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Column } from '../../src/adapters/store/sql/columns.ts';
import { TABLES } from '../../src/adapters/store/sql/schema.ts';
import { makeSqliteStore } from './sqlite-fixture.ts';

interface StoredColumn {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  readonly pk: number;
  /** 2 and 3 are generated columns. */
  readonly hidden: number;
}

type Facts = Pick<Column<unknown>, 'declared' | 'nullable' | 'written'>;

const described = Object.entries(TABLES).map(
  ([table, columns]) => [table, columns as Record<string, Column<unknown>>] as const,
);

describe('the described schema', () => {
  let opened: Awaited<ReturnType<typeof makeSqliteStore>>;
  beforeAll(async () => {
    opened = await makeSqliteStore();
  });
  afterAll(() => opened.close());

  const stored = (table: string): StoredColumn[] =>
    opened.store.connection.prepare<[string], StoredColumn>('SELECT * FROM pragma_table_xinfo(?)').all(table);

  it('names every table of the migrated database, and no other', () => {
    const tables = opened.store.connection
      .prepare<[], { name: string }>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
      )
      .all();
    expect(Object.keys(TABLES).sort()).toEqual(tables.map(({ name }) => name).sort());
  });

  it.each(described)(
    'knows every column of %s with its type, null, default and generation',
    (table, columns) => {
      const described: Record<string, Facts> = {};
      for (const [name, { declared, nullable, written }] of Object.entries(columns))
        described[name] = { declared, nullable, written };
      const migrated: Record<string, Facts> = {};
      for (const { name, type, notnull, dflt_value, pk, hidden } of stored(table)) {
        // SQLite fills a missing INTEGER PRIMARY KEY by itself; whether an insert may leave it out is the store's choice.
        const rowid = pk === 1 && type === 'INTEGER' && notnull === 0;
        const written = hidden >= 2 ? 'never' : dflt_value !== null ? 'or-default' : 'always';
        migrated[name] = {
          declared: type as Facts['declared'],
          nullable: notnull === 0 && !rowid,
          written: rowid ? (columns[name]?.written ?? written) : written,
        };
      }
      expect(described).toEqual(migrated);
    },
  );
});
