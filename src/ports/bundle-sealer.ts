import type { SealedBundleHeader } from '../protocol/sealed-bundle.ts';

/** A bundle on its way out. Its key lives in a thread of its own and ends with `finish` or `abort`. */
export interface BundleInSealing {
  /** Takes plain bytes (moved, then gone) and gives the sealed ones that are ready, perhaps none. Error `unavailable`. */
  push(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
  /** Seals the rest and ends. Error `unavailable`. */
  finish(): Promise<Uint8Array>;
  abort(): void;
}

/** Seals auditors' bundles as they are written, off the main thread. Error `sealer_busy` beyond its bound of bundles at once. */
export interface BundleSealer {
  /** `kemKey`: the auditor's X-Wing public key, 1216 bytes. */
  begin(header: SealedBundleHeader, kemKey: Uint8Array): Promise<BundleInSealing>;
  close(): Promise<void>;
}
