import type { Hash, Hour, Seconds } from '../domain/ids.ts';

/** What a browser must do before a submission is taken, bound to that one submission. */
export interface IssuedChallenge {
  /** Sent to the browser as it is; for the proof of work the solver's parameters, for hCaptcha the site key. */
  readonly parameters: Record<string, string | number>;
  /** The receipt hour that the submission's event must carry. */
  readonly t0: Hour;
  readonly expires: Seconds;
}

export type ChallengeCheck =
  | { readonly ok: true; readonly id: string; readonly t0: Hour; readonly expires: Seconds }
  | {
      readonly ok: false;
      readonly code:
        | 'challenge_missing'
        | 'challenge_invalid'
        | 'challenge_expired'
        | 'challenge_unavailable';
    };

export interface Challenge {
  readonly kind: 'pow' | 'hcaptcha';
  /** Public key of this site with a third party's check; absent where the browser solves alone. */
  readonly sitekey?: string;
  /** A fresh challenge for the submission with this seal hash. */
  issue(sealHash: Hash, now: Seconds): Promise<IssuedChallenge>;
  /**
   * Checks a solution (UTF-8 JSON from the submission frame, at most 4 KiB) for this seal hash. Whether it was used before is the
   * store's to decide, in the submission's own transaction.
   */
  check(sealHash: Hash, solution: Uint8Array, now: Seconds): Promise<ChallengeCheck>;
  /** Called once for every tip that was stored, so that the price of the next ones can follow the load. */
  accepted(now: Seconds): void;
}
