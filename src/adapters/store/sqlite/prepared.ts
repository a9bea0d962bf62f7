import type { RunResult } from 'better-sqlite3';
import type { CompiledQuery } from 'kysely';
import { type Compilable, compileStatic, type Names } from '../sql/builder.ts';
import type { Db } from './connection.ts';

/** What a write did: rows that the statement itself changed, without those of triggers. */
export type Written = RunResult;

/** A statement that was compiled and prepared once; one without values is called with `{}`. */
export interface Prepared<Values extends object, Row> {
  get(values: Values): Row | undefined;
  all(values: Values): Row[];
  run(values: Values): Written;
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
  const bound = (values: Values): unknown[] => names.map((name) => values[name]);
  return {
    get: (values) => statement.get(...bound(values)),
    all: (values) => statement.all(...bound(values)),
    run: (values) => statement.run(...bound(values)),
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
