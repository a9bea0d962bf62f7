import type { Hash, TipId } from '../../../domain/ids.ts';

/** What a leader wants done about a tip whose period is over. */
export type RetentionWish = { readonly tip: TipId } & (
  | { readonly kind: 'propose'; readonly rule: string; readonly audited: Hash }
  | { readonly kind: 'refuse'; readonly reason: string }
  | { readonly kind: 'approve' }
);

/** What the page asks of the Worker about the end of what is kept. */
export interface RetentionCalls {
  /** Signs one step towards shredding a tip. `cleared` false: words stand in the database's log until no other process reads. */
  retain: { readonly in: RetentionWish; readonly out: { readonly cleared: boolean } };
}
