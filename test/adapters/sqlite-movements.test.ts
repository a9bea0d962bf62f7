import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { TipId, UnitId } from '../../src/domain/ids.ts';
import type { Outcome } from '../../src/domain/terms.ts';
import { AWAY, given, HOME, step, T0_SECONDS } from '../contract/store-fixture.ts';
import { makeSqliteStore } from './sqlite-fixture.ts';

const FILE = join(import.meta.dirname, '../../db/sqlite/0010_movements.sql');

it('the migration finds in events and custody the very movements that the store has written since', async () => {
  const { store, close } = await makeSqliteStore();
  const move = async (tip: TipId, to: UnitId, days: number) => {
    const at = { at: T0_SECONDS + days * 86_400 };
    await step(store, tip, { step: 'transfer_sent', custody: { kind: 'offer', to } }, at);
    await step(store, tip, { step: 'transfer_acknowledged', custody: { kind: 'accept', unit: to } }, at);
  };
  const settle = (tip: TipId, days: number, outcome: Outcome) =>
    step(store, tip, { step: 'resolved', stage: 'resolved', outcome }, { at: T0_SECONDS + days * 86_400 });
  const [first, second, third, returned] = [
    (await given(store)).tip,
    (await given(store)).tip,
    (await given(store)).tip,
    (await given(store)).tip,
  ];
  await settle(first, 1, 'sanctioned');
  await move(second, AWAY, 1);
  await move(second, HOME, 2);
  await settle(second, 3, 'duplicate');
  await move(third, AWAY, 2);
  await settle(third, 2, 'transferred');
  await step(store, returned, { step: 'transfer_sent', custody: { kind: 'offer', to: AWAY } });
  await step(store, returned, { step: 'transfer_returned', custody: { kind: 'return' } });

  const all = () =>
    store.connection.prepare('SELECT * FROM movement ORDER BY tip, event_no, unit, kind').all();
  const written = all();
  expect(written).toHaveLength(9);
  store.connection.exec('DELETE FROM movement');
  const sql = readFileSync(FILE, 'utf8');
  store.connection.exec(sql.slice(sql.indexOf('WITH taken')));
  expect(all()).toEqual(written);
  await close();
});
