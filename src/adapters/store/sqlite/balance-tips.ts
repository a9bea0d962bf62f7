import { AppError } from '../../../domain/errors.ts';
import type { TipBehind } from '../../../domain/figures.ts';
import type { TipId } from '../../../domain/ids.ts';
import type { OversightStore } from '../../../ports/store/oversight-store.ts';
import { type BehindRow, balanceSources, sourcesOf } from './balance-sources.ts';
import { NO_DUE } from './change.ts';
import { toHex } from './codec.ts';
import { type Db, snapshot } from './connection.ts';

/** Where a page ended: unit, place of the source among the figure's, and the row's place in the source's order. */
type Position = readonly [unit: string, source: number, key: string | number, tip: number, no: number];

type Found = BehindRow & { readonly source: number };

/** From a figure of the balance to the tips in it, unit by unit, source by source. */
export function createBalanceTips(db: Db): Pick<OversightStore, 'balanceTips'> {
  const sources = balanceSources(db);

  return {
    async balanceTips(asked) {
      const start = asked.after === undefined ? null : decodeCursor(asked.after);
      const units = [...new Set(asked.units)].sort();
      const scope = JSON.stringify(units);
      const found: Found[] = [];
      snapshot(db, () => {
        for (const unit of units) {
          for (const [source, name] of sourcesOf(asked.figure).entries()) {
            if (start !== null && (unit < start[0] || (unit === start[0] && source < start[1]))) continue;
            if (found.length > asked.limit) return;
            const { first, page } = sources[name];
            const here = start !== null && start[0] === unit && start[1] === source ? start : null;
            if (here !== null && typeof here[2] !== typeof first) throw badCursor();
            const [, , key, tip, no] = here ?? [unit, source, first, 0, 0];
            const limit = asked.limit + 1 - found.length;
            const { from, to, today } = asked;
            const rows = page.all({ unit, scope, from, to, today, key, tip, no, limit });
            found.push(...rows.map((row) => ({ ...row, source })));
          }
        }
      });
      const page = found.slice(0, asked.limit);
      const last = found.length > asked.limit ? page.at(-1) : undefined;
      return { rows: page.map(toTipBehind), next: last === undefined ? null : encodeCursor(last) };
    },
  };
}

const encodeCursor = ({ unit, source, key, seq, no }: Found): string =>
  Buffer.from(JSON.stringify([unit, source, key, seq, no] satisfies Position)).toString('base64url');

const badCursor = (): AppError => new AppError('field_invalid', { field: 'after' });

function decodeCursor(cursor: string): Position {
  if (cursor.length > 200) throw badCursor();
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw badCursor();
  }
  if (!isPosition(value)) throw badCursor();
  return value;
}

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) &&
  value.length === 5 &&
  typeof value[0] === 'string' &&
  (typeof value[2] === 'string' || Number.isSafeInteger(value[2])) &&
  [value[1], value[3], value[4]].every(Number.isSafeInteger);

function toTipBehind(row: BehindRow): TipBehind {
  return {
    tip: toHex<TipId>(row.id),
    unit: row.unit,
    registerNumber: row.register_number,
    stage: row.stage,
    outcome: row.outcome,
    handedOver: row.handed_over,
    due: row.due === NO_DUE ? null : row.due,
    stopped: row.stopped,
    merged: [],
  };
}
