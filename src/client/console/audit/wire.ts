import type { Hash, Seconds } from '../../../domain/ids.ts';

/** A published checkpoint of the log, by what it says. */
export interface CheckpointView {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  readonly at: Seconds;
  readonly witnesses: number;
}

/** `GET /api/staff/audit` */
export interface AuditView {
  readonly kind: 'whole' | 'scoped';
  readonly maySign: boolean;
  readonly checkpoint: CheckpointView | null;
  readonly audited: readonly {
    readonly hash: Hash;
    readonly auditor: string;
    readonly origin: string;
    readonly size: number;
  }[];
}
