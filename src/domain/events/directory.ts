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
  /** `statement`: the assignment as its giver signed it (DSSE, exact text). */
  readonly right_given: { readonly by: StaffId; readonly right: Hash; readonly statement: string };
  readonly right_ended: { readonly by: StaffId; readonly right: Hash };
  readonly checkpoint_audited: OfAuditor & { readonly size: number };
  readonly canaries_committed: OfAuditor & { readonly n: number };
  /** `closed`: the auditor's signed word (DSSE, exact text). */
  readonly canaries_closed: OfAuditor & { readonly closed: string };
};
