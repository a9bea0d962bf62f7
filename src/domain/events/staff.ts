import type { Hash, StaffId, TipId, UnitId } from '../ids.ts';
import type { Role } from '../terms.ts';

/** Who acted: a member of staff, or `operator` at the machine's command line, `demo` for the demonstration. */
export type Actor = string;

type ByPerson = { readonly by: StaffId };
type Reads = {
  readonly actor: { readonly staff: StaffId; readonly unit: UnitId };
  readonly tips: readonly TipId[];
};

/** What the service records in somebody's own chain, `staff:<id>`, by type: the restricted part without its version. */
export type StaffEvents = {
  readonly account_approved: ByPerson;
  readonly account_closed: ByPerson;
  readonly sessions_ended: ByPerson;
  readonly member_invited:
    | {
        readonly by: StaffId;
        readonly account: string;
        readonly unit: UnitId;
        readonly roles: readonly Role[];
      }
    | { readonly by: StaffId; readonly again: true };
  readonly joined: { readonly signKey: string; readonly kemKeyHash: string };
  readonly member_accepted: ByPerson;
  readonly member_removed: ByPerson;
  readonly roles_changed: { readonly by: StaffId; readonly roles: readonly Role[] };
  readonly staff_saved: {
    readonly by: Actor;
    readonly account: string;
    readonly unit: UnitId;
    readonly status: string;
  };
  readonly logged_in: ByPerson;
  readonly logged_out: ByPerson;
  readonly session_ended: ByPerson;
  /** Where letters go to was asked for, proven with a code, or taken away. The address itself stands in no event. */
  readonly contact_set: ByPerson & { readonly state: 'asked' | 'confirmed' | 'dropped' };
  readonly passphrase_changed: ByPerson;
  readonly second_factor_proposed: ByPerson;
  readonly second_factor_approved: { readonly by: StaffId; readonly proposedBy: StaffId };
  readonly second_factor_shown: ByPerson;
  readonly tip_read: Reads;
  readonly wraps_read: Reads;
  readonly copies_read: Reads;
  readonly figure_read: Reads;
  readonly history_read: Reads;
  /** An auditor's bundle left: up to which size of which log, and of which units (null for all). */
  readonly bundle_taken: {
    readonly kind: 'whole' | 'scoped';
    readonly origin: string;
    readonly size: number;
    readonly root: Hash;
  };
};
