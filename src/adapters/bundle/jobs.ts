import type { SealedBundleHeader } from '../../protocol/sealed-bundle.ts';

/** What a thread is started with. */
export interface BundleTask {
  readonly header: SealedBundleHeader;
  readonly kemKey: Uint8Array;
}

/** What it is asked, one at a time. */
export type BundleJob =
  | { readonly kind: 'push'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'finish' };

export type BundleReply =
  | { readonly kind: 'sealed'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed' };
