import type { AccountsStore } from './accounts-store.ts';
import type { BoardStore } from './board-store.ts';
import type { CopiesStore } from './copies-store.ts';
import type { DirectoryStore } from './directory-store.ts';
import type { DutyStore } from './duty-store.ts';
import type { HotlineStore } from './hotline-store.ts';
import type { IntakeStore } from './intake-store.ts';
import type { LawStore } from './law-store.ts';
import type { LedgerStore } from './ledger-store.ts';
import type { MailboxStore } from './mailbox-store.ts';
import type { MarksStore } from './marks-store.ts';
import type { MembersStore } from './members-store.ts';
import type { OversightStore } from './oversight-store.ts';
import type { PostCheckStore } from './post-check-store.ts';
import type { PostStore } from './post-store.ts';
import type { RegisterStore } from './register-store.ts';
import type { RetentionStore } from './retention-store.ts';
import type { RightsStore } from './rights-store.ts';
import type { ThreadStore } from './thread-store.ts';
import type { TriageStore } from './triage-store.ts';
import type { UploadStore } from './upload-store.ts';

/**
 * All that the service keeps, behind one port. **Every method is one whole atomic operation**: it happens durably and completely,
 * or not at all; preconditions are part of the statement, never read first and written later. Every method that changes a tip,
 * a member, a unit or a key takes the signed event that records it: there is no other way in.
 */
export interface Store {
  readonly intake: IntakeStore;
  readonly mailbox: MailboxStore;
  readonly triage: TriageStore;
  readonly accounts: AccountsStore;
  readonly directory: DirectoryStore;
  readonly members: MembersStore;
  readonly oversight: OversightStore;
  readonly uploads: UploadStore;
  readonly hotline: HotlineStore;
  readonly thread: ThreadStore;
  readonly copies: CopiesStore;
  readonly retention: RetentionStore;
  readonly ledger: LedgerStore;
  readonly law: LawStore;
  readonly rights: RightsStore;
  readonly duty: DutyStore;
  readonly marks: MarksStore;
  readonly board: BoardStore;
  readonly post: PostStore;
  readonly register: RegisterStore;
  readonly postChecks: PostCheckStore;
  /** Instance facts written once at `init`: instance id, mode. */
  meta(key: string): Promise<string | null>;
  setMetaOnce(key: string, value: string): Promise<'set' | 'exists'>;
  /** Cheap liveness check: reads the file and takes the writers' lock for a moment. Rejects with AppError `unavailable` otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
