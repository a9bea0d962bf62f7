import { ledgerSigner, nodeCrypto } from '../adapters/crypto/node.ts';
import { nodeRandom } from '../adapters/random/node.ts';
import { directoryEvent, staffEvent, unitEvent } from '../domain/events/index.ts';
import type { HolidayTable } from '../domain/holidays.ts';
import type { Seconds, StaffId, UnitId } from '../domain/ids.ts';
import { type EventDeps, recorded } from '../http/kit/server-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { FocalPointRow, StaffRow } from '../ports/store/accounts-store.ts';
import type { RecoveryShareRow, ShardRow, StatementRow, UnitRow } from '../ports/store/directory-store.ts';
import type { Store } from '../ports/store/store.ts';
import { InstanceError } from './instance-error.ts';

/** An epoch's secret wrapped to one member. */
export interface EpochWrapRow {
  readonly unit: UnitId;
  readonly epoch: number;
  readonly member: StaffId;
  readonly wrap: Uint8Array;
}

/** Writes to an instance's store what its operator does, each change with the event that records it. */
export interface Recorder {
  statement(row: StatementRow, shards?: readonly ShardRow[]): Promise<void>;
  units(rows: readonly UnitRow[]): Promise<void>;
  /** Throws InstanceError `exists` when the account name is taken. */
  staff(row: StaffRow): Promise<void>;
  /** Throws InstanceError `exists` when somebody has a wrap of one of these epochs. */
  epochWraps(unit: UnitId, rows: readonly EpochWrapRow[]): Promise<void>;
  /** Wraps of an epoch's secret that came from recovery shares, with the holders who gave them. */
  recoveredEpoch(
    unit: UnitId,
    epoch: number,
    holders: readonly string[],
    rows: readonly EpochWrapRow[],
  ): Promise<void>;
  /** Shares of a unit's new epochs; one that is there stays as it is. */
  recoveryShares(unit: UnitId, rows: readonly RecoveryShareRow[]): Promise<void>;
  focalPoint(row: FocalPointRow): Promise<void>;
  /** A whole year's rest days, in place of what was there. */
  holidays(table: HolidayTable): Promise<void>;
}

/** What the events of an instance are signed with: its ledger key, on the given clock. */
export const eventDeps = (
  store: Store,
  instance: string,
  ledgerSeed: Uint8Array,
  clock: Clock,
): EventDeps & { readonly store: Store } => ({
  clock,
  crypto: nodeCrypto(),
  ledger: ledgerSigner(ledgerSeed),
  random: nodeRandom(),
  instance: { id: instance },
  store,
});

/** Opens a recorder on a store. `by` says in every event who acted: `operator` at the command line, `demo`. */
export function createRecorder(deps: EventDeps & { readonly store: Store }, by: string): Recorder {
  const { directory, accounts } = deps.store;
  return {
    async statement(row, shards = []) {
      const restricted = { by, kind: row.kind, statement: row.hash, unit: row.unit, person: row.person };
      const act = directoryEvent('statement_added', restricted);
      await recorded(deps, act, (event) => directory.addStatement(event, row, shards));
    },
    async units(rows) {
      const act = directoryEvent('units_saved', { by, units: rows.length });
      await recorded(deps, act, (event) => directory.saveUnits(event, rows));
    },
    async staff(row) {
      const restricted = { by, account: row.account, unit: row.unit, status: row.status };
      const act = staffEvent(row.id, 'staff_saved', restricted);
      const result = await recorded(deps, act, (event) => accounts.saveStaff(event, row));
      if (result === 'taken') {
        throw new InstanceError('exists', `The account name ${row.account} is somebody else's.`);
      }
      if (result === 'last_administrator') throw new Error('no administrator would be left');
    },
    async epochWraps(unit, rows) {
      const restricted = { by, wraps: rows.map(({ epoch, member }) => ({ epoch, member })) };
      const act = unitEvent(unit, 'epoch_wraps_saved', restricted);
      const result = await recorded(deps, act, (event) => directory.putEpochWraps(event, rows));
      if (result === 'taken') {
        throw new InstanceError('exists', `Members of ${unit} have keys of these epochs already.`);
      }
    },
    async recoveredEpoch(unit, epoch, holders, rows) {
      const restricted = { by, epoch, holders, members: rows.map(({ member }) => member) };
      const act = unitEvent(unit, 'epoch_recovered', restricted);
      const result = await recorded(deps, act, (event) => directory.putEpochWraps(event, rows));
      if (result === 'taken') {
        throw new InstanceError('exists', `Members of ${unit} have keys of these epochs already.`);
      }
    },
    async recoveryShares(unit, rows) {
      const shares = rows.map(({ epoch, holder }) => ({ epoch, holder }));
      const act = unitEvent(unit, 'recovery_shares_saved', { by, shares });
      await recorded(deps, act, (event) => directory.putRecoveryShares(event, rows));
    },
    async holidays({ year, off, worked }) {
      const act = directoryEvent('holidays_saved', { by, year, off, worked });
      const row = { year, data: JSON.stringify({ off, worked }), by };
      await recorded(deps, act, (event) => deps.store.law.saveHolidays(event, row));
    },
    async focalPoint(row) {
      const restricted = { by, stage: row.stage, staff: row.staff, rank: row.rank, from: row.from };
      const act = unitEvent(row.unit, 'focal_point_set', restricted);
      const result = await recorded(deps, act, (event) =>
        deps.store.duty.setFocalPoint(event, row.unit, row),
      );
      if (result === 'focal_same')
        throw new InstanceError('exists', `${row.staff} has the other duty of ${row.stage} in ${row.unit}.`);
    },
  };
}

/** Whole seconds as the domain's type. */
export const seconds = (value: number): Seconds => Math.floor(value) as Seconds;
