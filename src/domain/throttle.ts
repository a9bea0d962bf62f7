/**
 * How failed log-ins slow an account down. The delay grows with each failure and fades with time; it never becomes a lock that
 * only another person can open, so nobody can shut an officer out for good by guessing on purpose.
 */
export interface LoginThrottle {
  readonly failures: number;
  /** UTC seconds of the last failure that counted; 0 when there was none. */
  readonly lastFailure: number;
}

export const NO_FAILURES: LoginThrottle = { failures: 0, lastFailure: 0 };

/** Failures that cost nothing: a person may mistype. */
export const FREE_FAILURES = 3;
/** The longest wait, in seconds (15 minutes). */
export const LONGEST_DELAY = 900;
/** After so many quiet seconds (1 hour) one counted failure is forgotten, and one more for each further hour. */
export const FADE_SECONDS = 3600;
/** More failures than this change nothing, so that a long attack fades within a day. */
const MOST_FAILURES = 16;

const faded = (state: LoginThrottle, now: number): number => {
  const quiet = Math.max(0, now - state.lastFailure);
  return Math.max(0, state.failures - Math.floor(quiet / FADE_SECONDS));
};

/** Seconds that an account must wait after so many failures in a row: 0 for the first three, then 2, 4, 8 … up to 900. */
export const delayAfter = (failures: number): number =>
  failures <= FREE_FAILURES ? 0 : Math.min(LONGEST_DELAY, 2 ** Math.min(failures - FREE_FAILURES, 30));

/** Seconds until the next try is looked at; 0 when it may be made now. A try made earlier is refused without being counted. */
export const waitSeconds = (state: LoginThrottle, now: number): number => {
  if (state.failures === 0) return 0;
  return Math.max(0, state.lastFailure + delayAfter(faded(state, now)) - now);
};

/** The state after a failure that was looked at. */
export const afterFailure = (state: LoginThrottle, now: number): LoginThrottle => ({
  failures: Math.min(MOST_FAILURES, faded(state, now) + 1),
  lastFailure: now,
});

/** The state after a success. */
export const afterSuccess = (): LoginThrottle => NO_FAILURES;
