import type { CompiledQuery } from 'kysely';
import { type Compilable, compileStatic, type Names } from '../sql/builder.ts';
import type { Db } from './connection.ts';

/** No argument where a statement has no values. */
type Given<Values> = keyof Values extends never ? [] : [values: Values];

export interface Written {
  /** Rows that the statement itself changed, without those of triggers. */
  readonly changes: number;
  readonly lastInsertRowid: number;
}

/** A statement that was compiled and prepared once. */
export interface Prepared<Values extends object, Row> {
  get(...given: Given<Values>): Row | undefined;
  all(...given: Given<Values>): Row[];
  run(...given: Given<Values>): Written;
}

/**
 * Builds a static query once, with named values of known types, and prepares it: a call only binds.
 * Throws an Error when the query holds an unnamed value, SqliteError when a table or column of it does not exist.
 */
export function prepared<Values extends object = object, Row = unknown>(
  db: Db,
  build: (p: Names<Values>) => Compilable<Row>,
): Prepared<Values, Row> {
  const { sql, names } = compileStatic(build);
  const statement = db.prepare<unknown[], Row>(sql);
  const bound = ([values]: Given<Values>): unknown[] =>
    values === undefined ? [] : names.map((name) => values[name]);
  return {
    get: (...given) => statement.get(bound(given)),
    all: (...given) => statement.all(bound(given)),
    run: (...given) => {
      const { changes, lastInsertRowid } = statement.run(bound(given));
      return { changes, lastInsertRowid: Number(lastInsertRowid) };
    },
  };
}

/** Texts that are kept prepared; the store's own variants are fewer. */
const KEPT = 256;
const caches = new WeakMap<Db, Map<string, ReturnType<Db['prepare']>>>();

/** Runs a query whose text depends on what is asked. Statements are kept by their text. */
export function allOf<Row>(db: Db, { sql, parameters }: CompiledQuery<Row>): Row[] {
  const cache = caches.get(db) ?? new Map<string, ReturnType<Db['prepare']>>();
  caches.set(db, cache);
  let statement = cache.get(sql);
  if (statement === undefined) {
    statement = db.prepare(sql);
    const oldest = cache.keys().next().value;
    if (cache.size >= KEPT && oldest !== undefined) cache.delete(oldest);
    cache.set(sql, statement);
  }
  return statement.all(parameters) as Row[];
}
