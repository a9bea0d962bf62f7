import type { OperatorName } from '../../domain/citizen-parts.ts';
import type { Hash, Hour, Seconds } from '../../domain/ids.ts';
import type { Assurance } from '../../domain/terms.ts';

/** Which way a submission came in. */
export type Door =
  /** From a browser that sealed it: its challenge solution is in the frame. */
  | { readonly kind: 'browser' }
  /** From this service's own sealer, for a browser without script: the form's single-use token stands for the challenge. */
  | { readonly kind: 'plain'; readonly token: SpentOnce }
  /** From an operator's console: their member key signs beside the author's, and a token of their session stands for the challenge. */
  | {
      readonly kind: 'operator';
      readonly operator: OperatorName;
      /** Ed25519, 32 bytes. */
      readonly signKey: Uint8Array;
      /** Opens the token that is in the frame. Errors: `challenge_missing`, `challenge_invalid`, `challenge_expired`. */
      readonly open: (sealHash: Hash, solution: Uint8Array, now: Seconds) => SpentOnce;
    };

/** Something that may be used for one submission: its id is stored with it until it expires. */
export interface SpentOnce {
  readonly id: string;
  readonly t0: Hour;
  readonly expires: Seconds;
}

/** What a submission through each door must say of how it was sealed. */
export const ASSURANCE_OF: Readonly<Record<Door['kind'], Assurance>> = {
  browser: 'e2ee',
  plain: 'server-sealed',
  operator: 'operator',
};
