import { AppError } from '../../domain/errors.ts';
import type { Seconds } from '../../domain/ids.ts';
import {
  afterFailure,
  afterSuccess,
  delayAfter,
  type LoginThrottle,
  waitSeconds,
} from '../../domain/throttle.ts';
import type { Deps } from '../../ports/deps.ts';
import type { ThrottleState } from '../../ports/store/accounts-store.ts';
import { lengthPrefixed } from '../../protocol/bytes.ts';

/** Unknown names share so many slots, so that guessing names cannot fill the disk. */
const UNKNOWN_SLOTS = 65_536;

/** Key under which an account's failures are kept: its own name, or for a name nobody has one of a fixed number of slots. */
export function throttleKey(deps: Pick<Deps, 'crypto' | 'secrets'>, account: string, known: boolean): string {
  if (known) return account;
  const mac = deps.crypto.hmac(deps.secrets.nonce, lengthPrefixed('tk1/unknown-account', account));
  return `~${(((mac[0] ?? 0) << 8) | (mac[1] ?? 0)) % UNKNOWN_SLOTS}`;
}

/**
 * Key of the failures that a try counts to. Tries from a browser on which the account logged in before have one of their own, so that nobody
 * elsewhere can hold off the person at their desk; all others share the account's. `+` begins no account name.
 */
export function slotKey(
  deps: Pick<Deps, 'crypto' | 'secrets'>,
  account: string,
  who: { readonly known: boolean; readonly device: boolean },
): string {
  return who.known && who.device ? `+${account}` : throttleKey(deps, account, who.known);
}

/** Throws `login_slow_down` with the seconds to wait when the account's next try may not be looked at yet. */
export async function checkThrottle(deps: Deps, key: string): Promise<void> {
  const wait = waitSeconds(fromStored(await deps.store.accounts.throttle(key)), deps.clock.now());
  if (wait > 0) throw new AppError('login_slow_down', { retryAfter: wait });
}

/** Counts a failure that was looked at. */
export async function countFailure(deps: Deps, key: string): Promise<void> {
  const before = fromStored(await deps.store.accounts.throttle(key));
  await deps.store.accounts.setThrottle(key, toStored(afterFailure(before, deps.clock.now())));
}

/** Forgets the failures after a success. */
export async function clearFailures(deps: Deps, key: string): Promise<void> {
  const before = await deps.store.accounts.throttle(key);
  if (before.failures > 0) await deps.store.accounts.setThrottle(key, toStored(afterSuccess()));
}

const toStored = (state: LoginThrottle): ThrottleState => ({
  failures: state.failures,
  notBefore: (state.lastFailure + delayAfter(state.failures)) as Seconds,
});

const fromStored = (state: ThrottleState): LoginThrottle => ({
  failures: state.failures,
  lastFailure: state.failures === 0 ? 0 : state.notBefore - delayAfter(state.failures),
});

/** Runs the works of one key one after the other, so that a burst of tries is counted try by try. */
export function createQueues(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = tails.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    const tail = mine
      .catch(() => undefined)
      .finally(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
    tails.set(key, tail);
    return mine;
  };
}
