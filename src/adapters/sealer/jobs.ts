import type { Hour, UnitId } from '../../domain/ids.ts';
import type { ConductGroup } from '../../domain/terms.ts';
import type { ServerSealed } from '../../ports/sealer.ts';
import type { ProtocolErrorCode } from '../../protocol/errors.ts';
import type { MailboxContents, ReadMailbox } from '../../protocol/mailbox-reading.ts';

/** What a sealer thread is asked; bytes in `content` and `secret` are moved to it, not copied. */
export type SealerJob =
  | {
      readonly kind: 'seal';
      readonly bundle: Uint8Array;
      readonly unit: UnitId;
      readonly excluded: readonly UnitId[];
      readonly content: Uint8Array<ArrayBuffer>;
      readonly seed: Uint8Array<ArrayBuffer>;
      readonly urgent: boolean;
      readonly conductGroup: ConductGroup;
      readonly t0: Hour;
      readonly now: number;
    }
  | { readonly kind: 'unlock'; readonly code: string }
  | {
      readonly kind: 'read';
      readonly locator: string;
      /** X-Wing secret of the mailbox, 32 bytes. */
      readonly secret: Uint8Array<ArrayBuffer>;
      readonly contents: MailboxContents;
      readonly bundles: readonly Uint8Array[];
      readonly now: number;
    };

export interface UnlockResult {
  readonly locator: string;
  readonly loginKey: Uint8Array;
  readonly secret: Uint8Array<ArrayBuffer>;
}

/** What each kind of job gives. */
export interface SealerResults {
  readonly seal: ServerSealed;
  readonly unlock: UnlockResult;
  readonly read: ReadMailbox;
}

/** What a thread answers: the result, or the protocol's code of the refusal; `content` comes back when nothing was sealed. */
export type SealerReply =
  | { readonly ok: true; readonly value: SealerResults[SealerJob['kind']] }
  | {
      readonly ok: false;
      readonly code: ProtocolErrorCode | 'failed';
      readonly content?: Uint8Array<ArrayBuffer>;
    };
