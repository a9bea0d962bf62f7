import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';
import type { Schema } from './schema.ts';

/**
 * Builds and compiles queries, typed by the schema. It has no connection and never runs anything: statements are run by the engine's own
 * file, inside transactions that the store opens.
 */
export const query = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** What can be compiled: a query of the builder, or a raw one. */
export interface Compilable<Row> {
  compile(from: typeof query): CompiledQuery<Row>;
}

/** A value of the program itself, written into the SQL: only so does the planner see that a partial index serves the query. */
export const lit = <T extends string | number | null>(value: T): RawBuilder<T> => sql.lit(value);

/** Rows of a JSON array that is given as one parameter, under the alias `u`. */
export const listed = <T extends string>(list: RawBuilder<string>) =>
  sql<{ value: T }>`json_each(${list})`.as<'u'>('u');

/** The place of a named value in a statement that is compiled once. */
class Place {
  readonly name: PropertyKey;

  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/** Names the values of a static statement: `p('unit')` is an expression of the type that `Values` gives `unit`. */
export type Names<Values> = <Name extends keyof Values>(name: Name) => RawBuilder<Values[Name]>;

/** A static statement's SQL, and the names of its values in the order of its placeholders. */
export interface StaticQuery<Values> {
  readonly sql: string;
  readonly names: readonly (keyof Values)[];
}

/** Compiles a static statement. Throws an Error when it holds a value that has no name: a constant is written with `lit`. */
export function compileStatic<Values, Row>(
  build: (p: Names<Values>) => Compilable<Row>,
): StaticQuery<Values> {
  const compiled = build((name) => sql`${new Place(name)}`).compile(query);
  const names = compiled.parameters.map((parameter) => {
    if (!(parameter instanceof Place)) throw new Error(`a value without a name in: ${compiled.sql}`);
    return parameter.name as keyof Values;
  });
  return { sql: compiled.sql, names };
}
