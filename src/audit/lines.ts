import type { Hash } from '../domain/ids.ts';

/** Longest line of a bundle, in characters, most entries in one, and most leaves of a log that a verifier takes on. */
export const BUNDLE_LIMITS = { line: 256 * 1024, entries: 1024, leaves: 2 ** 30 } as const;

export type BundleKind = 'whole' | 'scoped';

/** Lines of an auditor's bundle (NDJSON) in the order in which they must come. Bytes are base64url, records and parts their exact text. */
export type BundleLine =
  | {
      readonly t: 'bundle';
      readonly v: 1;
      readonly kind: BundleKind;
      readonly instance: string;
      readonly origin: string;
      readonly size: number;
      readonly root: string;
      readonly auditor: string;
      readonly day: string;
      /** Size of the part before, for a later part of a whole bundle; 0 for a whole one. */
      readonly from: number;
      readonly units: readonly string[] | null;
      /** SHA-256 of each reference file that the instance decides with. */
      readonly law: { readonly [name: string]: string };
    }
  | { readonly t: 'log'; readonly log: number; readonly origin: string; readonly vkey: string }
  | { readonly t: 'statement'; readonly kind: string; readonly b: string }
  | { readonly t: 'shard'; readonly b: string }
  | {
      readonly t: 'batch';
      readonly log: number;
      readonly from: number;
      readonly size: number;
      readonly note: string;
      readonly seed: string;
      readonly dummies: number;
    }
  /** 64 bytes an entry, joined; follow their batch. */
  | { readonly t: 'entries'; readonly from: number; readonly b: string }
  | { readonly t: 'auditor'; readonly b: string }
  | { readonly t: 'chain'; readonly subject: string; readonly events: number }
  | {
      readonly t: 'event';
      readonly i: number;
      readonly r: string;
      readonly s: string;
      readonly c: string;
      readonly cs: string;
      readonly p: string;
      readonly ps: string;
      /** The promise of a submission or citizen's step, as it was answered. */
      readonly promise?: string;
    }
  /** Events of the chain that were shredded: numbers `from`…`to` with their indices and leaves. */
  | {
      readonly t: 'hole';
      readonly from: number;
      readonly to: number;
      readonly indices: readonly number[];
      readonly leaves: readonly Hash[];
    }
  /** Scoped bundles alone: the multi-proof of all indices that were opened. */
  | { readonly t: 'proof'; readonly nodes: readonly string[] }
  | { readonly t: 'end'; readonly chains: number; readonly events: number };
