import { sql } from 'kysely';
import type { Day, UnitId } from '../../../domain/ids.ts';
import type { LegalKind, Verb } from '../../../domain/terms.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { Db } from './connection.ts';
import { prepared } from './prepared.ts';

/** The key of a roll-up cell that a new clock enters: it runs, and nobody took its verb over. */
export interface NewCell {
  readonly unit: UnitId;
  readonly dueDay: Day;
  readonly verb: Verb;
  readonly legalKind: LegalKind | null;
  readonly conduct: string | null;
}

/** What an operation adds to roll-ups and flows, kept until its end so that a group commit writes each cell once. */
export interface Tally {
  enter(cell: NewCell): void;
  received(unit: UnitId, day: Day): void;
}

interface Counted<T> {
  readonly key: T;
  n: number;
}

/** A tally of one transaction; nothing of it outlives a roll-back. */
export class OpenTally implements Tally {
  readonly cells = new Map<string, Counted<NewCell>>();
  readonly flows = new Map<string, Counted<readonly [unit: UnitId, day: Day]>>();

  enter(cell: NewCell): void {
    const { unit, dueDay, verb, legalKind, conduct } = cell;
    add(this.cells, `${unit} ${dueDay} ${verb} ${legalKind ?? ''} ${conduct ?? ''}`, cell);
  }

  received(unit: UnitId, day: Day): void {
    add(this.flows, `${unit} ${day}`, [unit, day]);
  }
}

function add<T>(counts: Map<string, Counted<T>>, name: string, key: T): void {
  const counted = counts.get(name);
  if (counted === undefined) counts.set(name, { key, n: 1 });
  else counted.n++;
}

/** Writes a tally inside the transaction that it belongs to: one statement a distinct cell. */
export function createTallyWriter(db: Db): (tally: OpenTally) => void {
  const enter = prepared(db, (p: Names<NewCell & { n: number }>) =>
    query
      .insertInto('rollup')
      .values({
        unit: p('unit'),
        due_day: p('dueDay'),
        verb: p('verb'),
        legal_kind: sql<LegalKind | ''>`ifnull(${p('legalKind')}, '')`,
        conduct: sql<string>`ifnull(${p('conduct')}, '')`,
        stopped_day: lit(''),
        passed_on: lit(0),
        n: p('n'),
      })
      .onConflict((conflict) =>
        conflict.doUpdateSet((eb) => ({ n: eb('rollup.n', '+', eb.ref('excluded.n')) })),
      ),
  );
  const receive = prepared(db, (p: Names<{ unit: UnitId; day: Day; n: number }>) =>
    query
      .insertInto('flow')
      .values({ unit: p('unit'), day: p('day'), received: p('n') })
      .onConflict((conflict) =>
        conflict.doUpdateSet((eb) => ({ received: eb('flow.received', '+', eb.ref('excluded.received')) })),
      ),
  );
  return (tally) => {
    for (const { key, n } of tally.cells.values()) enter.run({ ...key, n });
    for (const { key, n } of tally.flows.values()) receive.run({ unit: key[0], day: key[1], n });
  };
}
