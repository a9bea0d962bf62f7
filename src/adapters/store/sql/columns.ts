import type { ColumnType } from 'kysely';

/** Who gives a column its value: every insert, the insert or its default, or the database alone. */
export type Written = 'always' | 'or-default' | 'never';

/** A column as the migrations declare it; its type parameters are what queries read, insert and set. */
export interface Column<Read, Insert = Read, Update = Insert> {
  readonly declared: 'INTEGER' | 'TEXT' | 'BLOB';
  readonly nullable: boolean;
  readonly written: Written;
  /** Never there at run time: carries the column's types. */
  readonly types?: ColumnType<Read, Insert, Update>;
}

type TypesOf<C> =
  C extends Column<infer Read, infer Insert, infer Update> ? ColumnType<Read, Insert, Update> : never;

/** The row type, as Kysely wants it, of a table that is described by its columns. */
export type TableOf<Columns> = { [Name in keyof Columns]: TypesOf<Columns[Name]> };

/** Text, or one of a vocabulary. */
export const text = <T extends string = string>(): Column<T> => column('TEXT');

/** A whole number. */
export const integer = <T extends number = number>(): Column<T> => column('INTEGER');

/** 0 or 1. */
export const flag = (): Column<number> => column('INTEGER');

export const bytes = (): Column<Uint8Array> => column('BLOB');

/** An `INTEGER PRIMARY KEY` that the database counts up. */
export const counted = (): Column<number, number | undefined, never> => column('INTEGER', 'or-default');

/** An `INTEGER PRIMARY KEY` that is another table's key. */
export const keyOf = (): Column<number, number, never> => column('INTEGER');

export const orNull = <Read, Insert, Update>(
  of: Column<Read, Insert, Update>,
): Column<Read | null, Insert | null, Update | null> => ({
  declared: of.declared,
  nullable: true,
  written: of.written,
});

/** With a default for inserts that leave it out. */
export const orDefault = <Read, Insert, Update>(
  of: Column<Read, Insert, Update>,
): Column<Read, Insert | undefined, Update> => ({
  declared: of.declared,
  nullable: of.nullable,
  written: 'or-default',
});

/** Generated from other columns of its row. */
export const generated = <Read>(of: Column<Read>): Column<Read, never, never> => ({
  declared: of.declared,
  nullable: of.nullable,
  written: 'never',
});

function column<Read, Insert, Update>(
  declared: Column<Read>['declared'],
  written: Written = 'always',
): Column<Read, Insert, Update> {
  return { declared, nullable: false, written };
}
