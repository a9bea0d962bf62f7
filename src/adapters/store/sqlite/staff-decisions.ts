import type { Seconds, StaffId, UnitId } from '../../../domain/ids.ts';
import type { AccountsStore, StaffEffects, StaffRow } from '../../../ports/store/accounts-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import { fromHex, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import type { EventLog } from './events.ts';
import { prepared } from './prepared.ts';
import { createSessionEnds } from './sessions.ts';

type StaffDecisions = Pick<
  AccountsStore,
  'openStaffDecision' | 'staffDecisions' | 'closeStaffDecision' | 'approvalAwaited'
>;

/** A lost phone is replaced. */
const PHONE = 'replace_second_factor';
/** An account that opens without any statement of leaders becomes active. */
const ACCOUNT = 'approve_account';

/** Two-person acts on a member's account. Opening one again answers with the one that is open. */
export function createStaffDecisions(db: Db, events: EventLog): StaffDecisions {
  const insert = prepared(db, (p: Names<{ kind: string; staff: Uint8Array; by: Uint8Array; at: Seconds }>) =>
    query
      .insertInto('staff_decision')
      .values({ kind: p('kind'), staff: p('staff'), proposed_by: p('by'), proposed_at: p('at') })
      .onConflict((conflict) =>
        conflict
          .columns(['staff', 'kind'])
          .where('closed_by', 'is', null)
          .doUpdateSet({ proposed_by: p('by'), proposed_at: p('at') }),
      ),
  );
  const openOne = prepared(db, (p: Names<{ staff: Uint8Array; kind: string }>) =>
    query
      .selectFrom('staff_decision')
      .select('id')
      .where('staff', '=', p('staff'))
      .where('kind', '=', p('kind'))
      .where('closed_by', 'is', null),
  );
  const ofUnit = prepared(db, (p: Names<{ unit: UnitId }>) =>
    query
      .selectFrom('staff as s')
      .innerJoin('staff_decision as d', 'd.staff', 's.id')
      .select(['d.id', 'd.kind', 'd.staff', 'd.proposed_by', 'd.proposed_at'])
      .where('s.unit', '=', p('unit'))
      .where('d.kind', '=', lit(PHONE))
      .where('d.closed_by', 'is', null)
      .orderBy('d.id'),
  );
  const byId = prepared(db, (p: Names<{ id: number }>) =>
    query
      .selectFrom('staff_decision')
      .select(['staff', 'proposed_by'])
      .where('id', '=', p('id'))
      .where('kind', '=', lit(PHONE))
      .where('closed_by', 'is', null),
  );
  const approval = prepared(db, (p: Names<{ staff: Uint8Array }>) =>
    query
      .selectFrom('staff_decision')
      .select(['proposed_by', 'proposed_at'])
      .where('staff', '=', p('staff'))
      .where('kind', '=', lit(ACCOUNT))
      .where('closed_by', 'is', null),
  );
  const close = prepared(db, (p: Names<{ id: number; by: Uint8Array }>) =>
    query
      .updateTable('staff_decision')
      .set({ closed_by: p('by') })
      .where('id', '=', p('id')),
  );
  const replaceFactor = prepared(db, (p: Names<{ staff: Uint8Array; totpSealed: Uint8Array }>) =>
    query
      .updateTable('staff')
      .set({ totp_sealed: p('totpSealed') })
      .where('id', '=', p('staff'))
      .where('totp_sealed', 'is not', null),
  );
  const endSessions = createSessionEnds(db);

  return {
    async approvalAwaited(staff) {
      const row = approval.get({ staff: fromHex(staff) });
      return row === undefined ? null : { by: toHex<StaffId>(row.proposed_by), at: row.proposed_at };
    },
    async openStaffDecision(event, { kind, staff, by, at }) {
      return events.transaction(() => {
        events.append(event);
        insert.run({ kind, staff: fromHex(staff), by: fromHex(by), at });
        const row = openOne.get({ staff: fromHex(staff), kind });
        if (row === undefined) throw new Error('the decision was not kept');
        return { id: row.id };
      });
    },
    async staffDecisions(unit) {
      return ofUnit.all({ unit }).map((row) => ({
        id: row.id,
        kind: row.kind,
        staff: toHex<StaffId>(row.staff),
        proposedBy: toHex<StaffId>(row.proposed_by),
        at: row.proposed_at,
      }));
    },
    async closeStaffDecision(event, id, by, totpSealed) {
      return events.transaction(() => {
        const row = byId.get({ id });
        if (row === undefined) return 'unknown' as const;
        if (toHex(row.proposed_by) === by) return 'same_person' as const;
        events.append(event);
        close.run({ id, by: fromHex(by) });
        if (replaceFactor.run({ staff: row.staff, totpSealed }).changes === 0)
          throw new Error('the member has no credential');
        endSessions(toHex<StaffId>(row.staff), null);
        return 'closed' as const;
      });
    },
  };
}

export interface Approvals {
  /** What stands against the approval that the effects bring, or null. */
  problem(row: StaffRow, effects: StaffEffects): 'same_person' | 'unknown' | null;
  /** Carries out what the effects say of approvals, inside the caller's transaction and after the staff record was saved. */
  apply(row: StaffRow, effects: StaffEffects): void;
}

/** The second person whom an account without a MEMBER statement needs. At most one approval of an account is open. */
export function createApprovals(db: Db): Approvals {
  const ask = prepared(db, (p: Names<{ staff: Uint8Array; by: Uint8Array; at: Seconds }>) =>
    query
      .insertInto('staff_decision')
      .values({ kind: lit(ACCOUNT), staff: p('staff'), proposed_by: p('by'), proposed_at: p('at') })
      .onConflict((conflict) =>
        conflict
          .columns(['staff', 'kind'])
          .where('closed_by', 'is', null)
          .doUpdateSet({ proposed_by: p('by'), proposed_at: p('at') }),
      ),
  );
  const asked = prepared(db, (p: Names<{ staff: Uint8Array }>) =>
    query
      .selectFrom('staff_decision')
      .select('proposed_by')
      .where('staff', '=', p('staff'))
      .where('kind', '=', lit(ACCOUNT))
      .where('closed_by', 'is', null),
  );
  const approve = prepared(db, (p: Names<{ staff: Uint8Array; by: Uint8Array }>) =>
    query
      .updateTable('staff_decision')
      .set({ closed_by: p('by') })
      .where('staff', '=', p('staff'))
      .where('kind', '=', lit(ACCOUNT))
      .where('closed_by', 'is', null),
  );
  const drop = prepared(db, (p: Names<{ staff: Uint8Array }>) =>
    query
      .deleteFrom('staff_decision')
      .where('staff', '=', p('staff'))
      .where('kind', '=', lit(ACCOUNT))
      .where('closed_by', 'is', null),
  );
  return {
    problem({ id }, { approvedBy }) {
      if (approvedBy === undefined) return null;
      const open = asked.get({ staff: fromHex(id) });
      if (open === undefined) return 'unknown';
      return toHex(open.proposed_by) === approvedBy ? 'same_person' : null;
    },
    apply({ id, status }, { awaitsApproval, approvedBy }) {
      const staff = fromHex(id);
      if (awaitsApproval !== undefined)
        ask.run({ staff, by: fromHex(awaitsApproval.by), at: awaitsApproval.at });
      if (approvedBy !== undefined) approve.run({ staff, by: fromHex(approvedBy) });
      if (status !== 'invited') drop.run({ staff });
    },
  };
}
