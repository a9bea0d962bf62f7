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

/** `GET /api/freshness?unit=…`; hashes of the trees in base64url, note as text. The answer is null before the first checkpoint. */
export interface Freshness {
  readonly note: string;
  /** Opening of the batch head, the checkpoint's last leaf. */
  readonly head: OpenLeaf;
  readonly headPath: readonly string[];
  /** `''`, the unit and those above it, each at its place in the tree over the directory's state. What it holds is made of the bundle. */
  readonly states: readonly {
    readonly unit: string;
    readonly index: number;
    readonly path: readonly string[];
  }[];
  /** Units of which the tree has nothing, each with its neighbours there. */
  readonly absent: readonly { readonly unit: string; readonly near: readonly NearState[] }[];
  /** Statements of the bundle that came after the head. */
  readonly later: readonly Hash[];
}

/** An entry of the tree over the directory's state that stands next to where another would. */
export interface NearState {
  readonly unit: string;
  readonly statements: readonly Hash[];
  readonly index: number;
  readonly path: readonly string[];
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
    /** Epochs that begin later than so many seconds after the head's moment are left out; where it is missing, none is. */
    readonly ahead?: number;
  };
  readonly published: { readonly size: number; readonly root: string } | null;
};
