import { ONE_TIME_CODE } from '../../domain/credential.ts';
import { AppError } from '../../domain/errors.ts';
import { staffEvent } from '../../domain/events/index.ts';
import type { Hash, Seconds } from '../../domain/ids.ts';
import { recorded } from '../../http/kit/server-event.ts';
import type { Lang } from '../../i18n/index.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { lengthPrefixed, toHex } from '../../protocol/bytes.ts';
import { codeLetter } from './letters.ts';

/** Seconds for which a code counts. */
const CODE_SECONDS = 30 * 60;
/** Seconds until the next code may be asked for; each further unconfirmed one doubles them, up to the longest. */
const FIRST_WAIT = 60;
const LONGEST_WAIT = 3600;

/** Where one's own letters go, for the account page. */
export interface ContactView {
  /** False where no mail server is set: nothing is offered then. */
  readonly available: boolean;
  /** Hours of the day, `HH:MM`. */
  readonly hours: readonly string[];
  readonly contact: { readonly email: string; readonly lang: Lang; readonly confirmed: boolean } | null;
}

export async function contactView(deps: Deps, staff: StaffRow): Promise<ContactView> {
  const contact = await deps.store.post.contact(staff.id);
  const two = (value: number): string => String(value).padStart(2, '0');
  return {
    available: deps.poster !== null,
    hours: deps.digestHours.map((s) => `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}`),
    contact:
      contact === null ? null : { email: contact.email, lang: contact.lang, confirmed: contact.confirmed },
  };
}

/** The code's stored form: bound to person and address, and useless without the service's secret. */
const codeHash = (deps: Deps, staff: StaffRow, email: string, code: string): Hash =>
  toHex(deps.crypto.hmac(deps.secrets.nonce, lengthPrefixed('tk1/contact', staff.id, email, code))) as Hash;

const newCode = (deps: Deps): string => {
  const bytes = deps.random.bytes(6);
  const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return String(value % 1_000_000).padStart(6, '0');
};

/**
 * Keeps an address and sends a code to it; until that is typed, no letter goes there. Nothing tells whether the letter arrived: the answer
 * would say which addresses exist. Errors: `not_found` (no mail server), `too_many` with the seconds to wait.
 */
export async function setContact(deps: Deps, staff: StaffRow, email: string, lang: Lang): Promise<void> {
  const { poster } = deps;
  if (poster === null) throw new AppError('not_found');
  await waitForNext(deps, staff);
  const code = newCode(deps);
  const ends = (deps.clock.now() + CODE_SECONDS) as Seconds;
  const act = staffEvent(staff.id, 'contact_set', { by: staff.id, state: 'asked' });
  const contact = { staff: staff.id, email, lang, confirmed: false };
  await recorded(deps, act, (event) =>
    deps.store.post.setContact(event, contact, codeHash(deps, staff, email, code), ends),
  );
  // Not waited for: how long the mail server takes would tell the same.
  void poster.send([codeLetter(deps.random, email, lang, code)]).then(
    ([result]) => {
      if (result !== 'sent') deps.log.service('warn', 'letter_failed', { result: result ?? 'failed' });
    },
    () => deps.log.service('error', 'letter_failed', { result: 'error' }),
  );
}

/** Key of a person's unconfirmed codes among the throttles; `@` begins no account name. */
const slotOf = (staff: StaffRow): string => `@${staff.id}`;

/** Counts one more code, or throws `too_many`: nobody may fill a stranger's letter box with them. */
async function waitForNext(deps: Deps, staff: StaffRow): Promise<void> {
  const now = deps.clock.now();
  const { failures, notBefore } = await deps.store.accounts.throttle(slotOf(staff));
  if (now < notBefore) throw new AppError('too_many', { retryAfter: notBefore - now });
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures, 6));
  await deps.store.accounts.setThrottle(slotOf(staff), {
    failures: failures + 1,
    notBefore: (now + wait) as Seconds,
  });
}

/** Takes the code from the letter. Error `mail_code`: another code, too late, too often, or none is waited for. */
export async function confirmContact(deps: Deps, staff: StaffRow, code: string): Promise<void> {
  const contact = await deps.store.post.contact(staff.id);
  if (contact === null || contact.confirmed || !ONE_TIME_CODE.test(code))
    throw new AppError('mail_code', { field: 'code' });
  const act = staffEvent(staff.id, 'contact_set', { by: staff.id, state: 'confirmed' });
  const hash = codeHash(deps, staff, contact.email, code);
  const right = await recorded(deps, act, (event) =>
    deps.store.post.confirm(event, staff.id, hash, deps.clock.now()),
  );
  if (!right) throw new AppError('mail_code', { field: 'code' });
  await deps.store.accounts.setThrottle(slotOf(staff), { failures: 0, notBefore: 0 as Seconds });
}

/** Sends no more letters and forgets the address. Error `not_found` where there is none. */
export async function dropContact(deps: Deps, staff: StaffRow): Promise<void> {
  const act = staffEvent(staff.id, 'contact_set', { by: staff.id, state: 'dropped' });
  const result = await recorded(deps, act, (event) => deps.store.post.dropContact(event, staff.id));
  if (result === 'unknown') throw new AppError('not_found');
}
