import type { Db } from './connection.ts';

export interface Register {
  /** Takes the unit's next number of the year, as `N/YYYY`. */
  take(tip: number, entry: { readonly unit: string; readonly year: number }, eventNo: number): string;
}

/** The unit's register: the number is assigned inside the insert, so it has neither gaps nor duplicates. */
export function createRegister(db: Db): Register {
  const insert = db.prepare<unknown[], { number: number }>(
    `INSERT INTO register (unit, year, number, tip, event_no)
     VALUES (@unit, @year, (SELECT ifnull(max(number), 0) + 1 FROM register WHERE unit = @unit AND year = @year), @tip, @eventNo)
     RETURNING number`,
  );
  return {
    take(tip, { unit, year }, eventNo) {
      const row = insert.get({ unit, year, tip, eventNo });
      if (row === undefined) throw new Error('the register gave no number');
      return `${row.number}/${year}`;
    },
  };
}

/** SQL for the register number that `unit` gave a tip last, null when it gave none. */
export const registerNumberSql = (tip: string, unit: string): string =>
  `(SELECT r.number || '/' || r.year FROM register r WHERE r.tip = ${tip} AND r.unit = ${unit}
     ORDER BY r.year DESC, r.number DESC LIMIT 1)`;
