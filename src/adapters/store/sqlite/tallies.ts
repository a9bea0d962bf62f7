import type { Db } from './connection.ts';

/** The key of a roll-up cell that a new clock enters: it runs, and nobody took its verb over. */
export interface NewCell {
  readonly unit: string;
  readonly dueDay: string;
  readonly verb: string;
  readonly legalKind: string | null;
  readonly conduct: string | null;
}

/** What an operation adds to roll-ups and flows, kept until its end so that a group commit writes each cell once. */
export interface Tally {
  enter(cell: NewCell): void;
  received(unit: string, day: string): void;
}

interface Counted<T> {
  readonly key: T;
  n: number;
}

/** A tally of one transaction; nothing of it outlives a roll-back. */
export class OpenTally implements Tally {
  readonly cells = new Map<string, Counted<NewCell>>();
  readonly flows = new Map<string, Counted<readonly [unit: string, day: string]>>();

  enter(cell: NewCell): void {
    const { unit, dueDay, verb, legalKind, conduct } = cell;
    add(this.cells, `${unit} ${dueDay} ${verb} ${legalKind ?? ''} ${conduct ?? ''}`, cell);
  }

  received(unit: string, day: string): void {
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
  const enter = db.prepare<unknown[]>(
    `INSERT INTO rollup (unit, due_day, verb, legal_kind, conduct, stopped_day, passed_on, n)
     VALUES (?, ?, ?, ?, ?, '', 0, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n`,
  );
  const receive = db.prepare<unknown[]>(
    'INSERT INTO flow (unit, day, received) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET received = received + excluded.received',
  );
  return (tally) => {
    for (const { key, n } of tally.cells.values()) {
      enter.run(key.unit, key.dueDay, key.verb, key.legalKind ?? '', key.conduct ?? '', n);
    }
    for (const { key, n } of tally.flows.values()) receive.run(...key, n);
  };
}
