import { AppError } from '../../domain/errors.ts';
import type { Seconds } from '../../domain/ids.ts';
import { roomOf } from '../../http/kit/citizen-room.ts';
import type { Deps } from '../../ports/deps.ts';
import type { MailboxView } from '../../ports/store/mailbox-store.ts';
import { fromBase64Url, toBase64Url } from '../../protocol/base64.ts';
import { loginMessage } from '../../protocol/login.ts';
import type { MailboxAnswer, MailboxNonce, MailboxRequest } from '../../protocol/wire.ts';
import { logOf } from './mailbox-log.ts';
import { createNonces } from './nonces.ts';

export interface Mailboxes {
  /** A nonce to sign; the same for a locator that does not exist. */
  challenge(locator: string): MailboxNonce;
  /**
   * What the holder of the code may see. Error `mailbox_refused` for every reason there is: unknown locator, wrong signature, nonce that
   * is forged, expired or used; `too_many`.
   */
  open(request: MailboxRequest): Promise<MailboxView>;
}

const opened = new WeakMap<Deps, Mailboxes>();

/** The mailboxes of these dependencies: one for all doors, because a nonce may be used once. */
export function mailboxesOf(deps: Deps): Mailboxes {
  const known = opened.get(deps);
  if (known) return known;
  const mailboxes = createMailboxes(deps);
  opened.set(deps, mailboxes);
  return mailboxes;
}

function createMailboxes(deps: Deps): Mailboxes {
  const nonces = createNonces(deps);
  // Any point that verification really works on, so that an unknown locator costs the same time as a wrong signature.
  const dummyKey = deps.ledger.publicKey;
  return {
    challenge(locator) {
      const { nonce, expires } = nonces.issue(locator);
      return { nonce: toBase64Url(nonce), expires };
    },
    async open({ locator, nonce, expires, signature }) {
      const nonceBytes = decode(nonce, 32);
      const genuine = nonces.isGenuine(locator, nonceBytes, expires);
      const keys = await deps.store.mailbox.keys(locator);
      const message = loginMessage({
        door: 'mailbox',
        origin: deps.instance.origin,
        instance: deps.instance.id,
        subject: locator,
        nonce: nonceBytes,
        expires: expires as Seconds,
      });
      const signed = await deps.crypto.verify(decode(signature, 64), message, keys?.loginKey ?? dummyKey);
      const allowed = signed && genuine && keys !== null && nonces.spend(nonceBytes, expires);
      const view = allowed ? await deps.store.mailbox.view(keys.tip) : null;
      if (!view) throw new AppError('mailbox_refused');
      return view;
    },
  };
}

function decode(text: string, length: number): Uint8Array {
  try {
    const bytes = fromBase64Url(text);
    if (bytes.length === length) return bytes;
  } catch {
    // An encoding with leftover bits: a value that nobody issued.
  }
  return new Uint8Array(length);
}

/** The view as it travels, with the room that is left in its thread and its place in the public log; see `MailboxAnswer`. */
export const answerOf = async (
  deps: Pick<Deps, 'store' | 'clock' | 'crypto' | 'ledger' | 'instance'>,
  view: MailboxView,
  sizes: readonly number[] = [],
): Promise<MailboxAnswer> => ({
  tip: view.tip,
  unit: view.unit,
  t0: view.t0,
  stage: view.stage,
  overlay: view.overlay,
  outcome: view.outcome,
  assurance: view.assurance,
  readers: view.readers,
  room: await roomOf(deps, view.tip, threadLength(view), deps.clock.now()),
  head: view.head,
  steps: view.steps.map(({ no, type, citizenPart, citizenSalt, leaf, day }) => ({
    no,
    type,
    citizenPart: toBase64Url(citizenPart),
    citizenSalt: toBase64Url(citizenSalt),
    leaf,
    ...(day === undefined ? {} : { day }),
  })),
  messages: view.messages.map(({ no, core, wraps, body, seal }) => ({
    no,
    core: toBase64Url(core),
    wraps: toBase64Url(wraps),
    body: toBase64Url(body),
    seal: toBase64Url(seal),
  })),
  log: await logOf(deps, view, sizes),
});

/** Envelopes of the thread: the tip, the unit's messages, and one for each message of the citizen, which is not in the view. */
const threadLength = ({ messages, steps }: MailboxView): number =>
  1 + messages.length + steps.filter(({ type }) => type === 'message_received').length;
