import type { TipChange } from '../../../domain/life-cycle-types.ts';
import type { TipBefore } from './change.ts';
import type { Db } from './connection.ts';
import { ChangeRefused } from './refused.ts';

/** The unit that holds the tip after the change, and the one it is offered to. */
interface Held {
  readonly unit: string;
  readonly transferTo: string | null;
}

export interface Custody {
  begin(tip: number, unit: string, from: number): void;
  /** Offer, accept or return; without any of them custody stays as it is. */
  apply(tip: TipBefore, change: TipChange['custody'], at: number): Held;
}

/** Rows of custody: one held, at most one offered, ended and returned ones kept. */
export function createCustody(db: Db): Custody {
  const insert = db.prepare<unknown[]>(
    `INSERT INTO custody (tip, no, unit, status, held_from)
     VALUES (?, (SELECT count(*) + 1 FROM custody WHERE tip = ?), ?, ?, ?)`,
  );
  const end = db.prepare<unknown[]>(
    `UPDATE custody SET status = @becomes, held_until = max(held_from, @at) WHERE tip = @tip AND status = @was`,
  );
  const take = db.prepare<unknown[]>(
    `UPDATE custody SET status = 'held', held_from = @at WHERE tip = @tip AND status = 'offered' AND unit = @unit`,
  );
  const must = (changes: number, what: string) => {
    if (changes !== 1) throw new ChangeRefused(what);
  };

  return {
    begin(tip, unit, at) {
      insert.run(tip, tip, unit, 'held', at);
    },
    apply(tip, change, at) {
      const { seq } = tip;
      if (change === undefined) return { unit: tip.unit, transferTo: tip.transferTo };
      switch (change.kind) {
        case 'offer':
          if (tip.transferTo !== null) throw new ChangeRefused('a transfer is on its way already');
          insert.run(seq, seq, change.to, 'offered', at);
          return { unit: tip.unit, transferTo: change.to };
        case 'accept':
          must(end.run({ tip: seq, was: 'held', becomes: 'ended', at }).changes, 'nobody holds the tip');
          must(take.run({ tip: seq, unit: change.unit, at }).changes, 'the tip was not offered to this unit');
          return { unit: change.unit, transferTo: null };
        case 'return':
          must(
            end.run({ tip: seq, was: 'offered', becomes: 'returned', at }).changes,
            'no transfer is on its way',
          );
          return { unit: tip.unit, transferTo: null };
      }
    },
  };
}
