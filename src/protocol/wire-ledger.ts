import type { Hash } from '../domain/ids.ts';

/** What the mailbox's answer says of the public log; hashes in base64url, note as text. */
export interface MailboxLog {
  /** The newest published checkpoint with its cosignatures. */
  readonly note: string;
  /** Opening of the batch head, the checkpoint's last leaf. */
  readonly head: OpenLeaf;
  readonly headPath: readonly string[];
  /** Index of each step by number, null for one that is not in this checkpoint yet. */
  readonly indices: readonly (number | null)[];
  /** Multi-proof of the steps that are. */
  readonly nodes: readonly string[];
  /** Consistency from each size that was asked about, in the order of the question. */
  readonly consistency: readonly { readonly size: number; readonly proof: readonly string[] }[];
  /** DSSE text of the mailbox head, by the ledger key. */
  readonly signed: string;
}

/** Everything that opens one leaf. */
export interface OpenLeaf {
  readonly index: number;
  readonly record: string;
  readonly leafSalt: string;
  readonly citizenPart: string;
  readonly citizenSalt: string;
  readonly restrictedPart: string;
  readonly restrictedSalt: string;
}

/** `GET /api/freshness?unit=…` */
export interface Freshness {
  readonly note: string;
  readonly head: OpenLeaf;
  readonly headPath: readonly string[];
  /** `''`, the unit and the units above it; `statements` as the tree over the directory's state has them. */
  readonly states: readonly {
    readonly unit: string;
    readonly index: number;
    readonly statements: readonly Hash[];
    readonly path: readonly string[];
  }[];
  /** For a unit without statements: its neighbours in the tree are two of `states`. */
  readonly absent: readonly string[];
}

/** `GET /ledger/log` */
export interface LogFacts {
  readonly origin: string;
  readonly vkey: string;
  readonly ladder: readonly number[];
  /** Seconds between two batches. */
  readonly cadence: number;
  readonly minWitnesses: number;
  readonly witnesses: readonly string[];
  /** Origins of logs that a declared roll-back ended. */
  readonly former: readonly string[];
}

/** Restricted part of `batch_sealed`, keys in this order. */
export type BatchHeadPart = {
  readonly v: 1;
  readonly log: number;
  readonly from: number;
  readonly size: number;
  readonly directory: {
    readonly no: number;
    readonly leaf: Hash | null;
    readonly units: number;
    readonly root: string;
  };
  readonly published: { readonly size: number; readonly root: string } | null;
};
