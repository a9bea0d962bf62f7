import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fromHex } from '../../src/adapters/store/sqlite/codec.ts';
import { openSqliteStore, type SqliteStore } from '../../src/adapters/store/sqlite/open.ts';
import type { TipId } from '../../src/domain/ids.ts';
import type { TipChange } from '../../src/domain/life-cycle-types.ts';
import { leavesPlans } from '../../src/domain/merging.ts';
import { migrationsFolder } from '../../src/instance/project-root.ts';
import { event, newTip, nextEvent, submission } from '../contract/store-fixture.ts';
import { type Extras, rowWriter } from './seed-rows.ts';
import type { Place, Story } from './tip-story.ts';

/** What a life must leave behind, however it was written; ids and bytes are random and left out. */
const COMPARED: Readonly<Record<string, string>> = {
  tip: `seq, version, unit, t0, channel, assurance, urgent, conduct_group, stage, open, overlay, priority, legal_kind, conduct, outcome,
        hex(assignee), transfer_to, pending, due`,
  tip_clock: '*',
  custody: '*',
  register: '*',
  decision: 'tip, kind, data, hex(proposed_by), proposed_no, hex(closed_by), closed_no, result',
  event: 'chain, no, type, hour, day, at',
  flow: '*',
  transfer_flow: '*',
  rollup: '*',
};

/**
 * Lives the same lives once through the store, step by step, and once as final rows, and compares what is there afterwards. Throws with the
 * table that differs.
 */
export async function checkAgainstStore(
  places: readonly Place[],
  stories: readonly Story[],
  extrasOf: (story: Story) => Extras,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tinkin-check-'));
  const open = (name: string): SqliteStore => {
    const store = openSqliteStore({ file: join(folder, name), migrations: migrationsFolder() });
    store.connection.pragma('synchronous = OFF');
    addStaff(store, places);
    return store;
  };
  const [lived, written] = [open('lived.sqlite'), open('written.sqlite')];
  try {
    let counted: TipId | undefined;
    for (const story of stories) {
      const tip = await live(lived, story, counted);
      const { outcome, legalKind } = story.fold.state;
      if (!leavesPlans(outcome, legalKind)) counted = tip;
    }
    write(written, stories, extrasOf);
    for (const [table, columns] of Object.entries(COMPARED)) {
      const rows = ({ connection }: SqliteStore): unknown[] =>
        connection.prepare(`SELECT ${columns} FROM ${table} ORDER BY 1, 2, 3`).all();
      if (!isDeepStrictEqual(rows(lived), rows(written)))
        throw new Error(`the seeded rows of ${table} are not those that the store writes`);
    }
  } finally {
    await Promise.all([lived.close(), written.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lives one life. A duplicate of it is merged into `counted`: a story names no tip that the store has. */
async function live(store: SqliteStore, story: Story, counted: TipId | undefined): Promise<TipId> {
  const tip = newTip();
  const { unit, first, channel, assurance, group, fold } = story;
  const time = fold.events[0]?.time ?? { hour: 0 as never };
  if (!('hour' in time)) throw new Error('a life begins with an hour');
  const subject = `tip:${tip}`;
  const [result] = await store.intake.accept([
    submission({
      tip,
      unit,
      t0: time.hour,
      urgent: fold.state.urgent,
      channel,
      assurance,
      conductGroup: group,
      change: first,
      event: event(subject, { no: 0, leaf: null }, { type: 'submitted', time }),
    }),
  ]);
  if (result?.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(result)}`);
  for (const { act, change, actor, at } of story.steps) {
    const next = await nextEvent(store, subject, { type: act.step, time: { at } });
    const committed = await asCommitted(store, tip, change, counted);
    const done = await store.triage.step({ tip, event: next, change: committed, by: actor.staff });
    if ('stale' in done) throw new Error('stale');
  }
  return tip;
}

/** In a story a tip's decision is the first of its own and a duplicate's other tip has no name; the store has both. */
async function asCommitted(
  store: SqliteStore,
  tip: TipId,
  change: TipChange,
  counted: TipId | undefined,
): Promise<TipChange> {
  if (change.closeDecision === undefined) return change;
  const pending = (await store.triage.tip(tip))?.state.pending;
  const merged = change.mergesInto === undefined || counted === undefined ? {} : { mergesInto: counted };
  return { ...change, ...merged, closeDecision: { ...change.closeDecision, id: pending?.id ?? 0 } };
}

function write(
  { connection }: SqliteStore,
  stories: readonly Story[],
  extrasOf: (story: Story) => Extras,
): void {
  connection.pragma('foreign_keys = OFF');
  for (const { name } of insertTriggers(connection)) connection.exec(`DROP TRIGGER ${name}`);
  const writer = rowWriter(connection);
  connection.exec('BEGIN');
  for (const story of stories) writer.write(story, extrasOf(story), true);
  connection.exec('COMMIT');
  writer.finish();
}

/** Triggers that would look at each row while they are written by the thousand. */
export const insertTriggers = (db: SqliteStore['connection']): { name: string; sql: string }[] =>
  db
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_master
        WHERE type = 'trigger' AND tbl_name IN ('event', 'envelope', 'rollup') AND sql LIKE '% INSERT ON %'`,
    )
    .all();

function addStaff({ connection }: SqliteStore, places: readonly Place[]): void {
  const insert = connection.prepare<unknown[]>(
    `INSERT INTO staff (id, account, display_name, unit, roles, status) VALUES (?, ?, ?, ?, '[]', 'active')`,
  );
  for (const { unit, head, officers } of places) {
    for (const id of [head, ...officers]) insert.run(fromHex(id), id, 'Cán bộ', unit);
  }
}
