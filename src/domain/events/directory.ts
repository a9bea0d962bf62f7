import type { HolidayTable } from '../holidays.ts';
import type { Hash, StaffId } from '../ids.ts';
import type { Actor } from './staff.ts';

/** A statement of an independent auditor, named by its hash. */
type OfAuditor = { readonly auditor: string; readonly statement: Hash };

/** What the service records in the chain `directory`, by type: the restricted part without its version. Lies open in the public log. */
export type DirectoryEvents = {
  readonly statement_added: {
    readonly by: Actor;
    readonly kind: string;
    readonly statement: Hash;
    readonly unit: string;
    readonly person: string;
  };
  readonly units_saved: { readonly by: Actor; readonly units: number };
  /** A whole year's table: it counts for every step from ten minutes later on. */
  readonly holidays_saved: { readonly by: Actor } & HolidayTable;
  /** Files of law with which the service runs from now on; SHA-256 of each as the bundle's `law` has it. */
  readonly law_changed: { readonly files: readonly { readonly name: string; readonly hash: Hash }[] };
  /** `statement`: the assignment as its giver signed it (DSSE, exact text). */
  readonly right_given: { readonly by: StaffId; readonly right: Hash; readonly statement: string };
  readonly right_ended: { readonly by: StaffId; readonly right: Hash };
  readonly checkpoint_audited: OfAuditor & { readonly size: number };
  readonly canaries_committed: OfAuditor & { readonly n: number };
  /** `closed`: the auditor's signed word (DSSE, exact text). */
  readonly canaries_closed: OfAuditor & { readonly closed: string };
};
