import type { Seconds, StaffId } from '../../../domain/ids.ts';
import type { AccountsStore } from '../../../ports/store/accounts-store.ts';
import { fromHex, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import type { EventLog } from './events.ts';

type StaffDecisions = Pick<AccountsStore, 'openStaffDecision' | 'staffDecisions' | 'closeStaffDecision'>;

interface OpenRow {
  readonly id: number;
  readonly kind: string;
  readonly staff: Uint8Array;
  readonly proposed_by: Uint8Array;
  readonly proposed_at: Seconds;
}

/** Two-person acts on a member's account. Opening one again answers with the one that is open. */
export function createStaffDecisions(db: Db, events: EventLog): StaffDecisions {
  const insert = db.prepare<unknown[]>(
    `INSERT INTO staff_decision (kind, staff, proposed_by, proposed_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (staff, kind) WHERE closed_by IS NULL DO UPDATE SET proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at`,
  );
  const openOne = db.prepare<[Uint8Array, string], { id: number }>(
    'SELECT id FROM staff_decision WHERE staff = ? AND kind = ? AND closed_by IS NULL',
  );
  const ofUnit = db.prepare<[string], OpenRow>(
    `SELECT d.id, d.kind, d.staff, d.proposed_by, d.proposed_at
       FROM staff s JOIN staff_decision d ON d.staff = s.id AND d.closed_by IS NULL WHERE s.unit = ? ORDER BY d.id`,
  );
  const byId = db.prepare<[number], { staff: Uint8Array; proposed_by: Uint8Array }>(
    'SELECT staff, proposed_by FROM staff_decision WHERE id = ? AND closed_by IS NULL',
  );
  const close = db.prepare<[Uint8Array, number]>('UPDATE staff_decision SET closed_by = ? WHERE id = ?');
  const replaceFactor = db.prepare<[Uint8Array, Uint8Array]>(
    'UPDATE staff SET totp_sealed = ? WHERE id = ? AND totp_sealed IS NOT NULL',
  );

  return {
    async openStaffDecision(event, { kind, staff, by, at }) {
      return events.transaction(() => {
        events.append(event);
        insert.run(kind, fromHex(staff), fromHex(by), at);
        const row = openOne.get(fromHex(staff), kind);
        if (row === undefined) throw new Error('the decision was not kept');
        return { id: row.id };
      });
    },
    async staffDecisions(unit) {
      return ofUnit.all(unit).map((row) => ({
        id: row.id,
        kind: row.kind,
        staff: toHex<StaffId>(row.staff),
        proposedBy: toHex<StaffId>(row.proposed_by),
        at: row.proposed_at,
      }));
    },
    async closeStaffDecision(event, id, by, totpSealed) {
      return events.transaction(() => {
        const row = byId.get(id);
        if (row === undefined) return 'unknown' as const;
        if (toHex(row.proposed_by) === by) return 'same_person' as const;
        events.append(event);
        close.run(fromHex(by), id);
        if (replaceFactor.run(totpSealed, row.staff).changes === 0)
          throw new Error('the member has no credential');
        return 'closed' as const;
      });
    },
  };
}
