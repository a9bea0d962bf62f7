import type { Hash } from '../ids.ts';

/** A checkpoint by what it says. */
type At = { readonly size: number; readonly root: string };

/** What the service records in the chain `log`, by type: the restricted part without its version. Lies open in the public log. */
export type LogEvents = {
  /** The last leaf of every batch. */
  readonly batch_sealed: {
    readonly log: number;
    readonly from: number;
    readonly size: number;
    readonly directory: {
      readonly no: number;
      readonly leaf: Hash | null;
      readonly units: number;
      readonly root: string;
    };
    readonly published: At | null;
  };
  /** The first event of a log that stands in for one that lost what it had published. */
  readonly rollback_declared: {
    readonly from: string;
    readonly own: At | null;
    readonly known: At | null;
    readonly reason: string;
  };
};
