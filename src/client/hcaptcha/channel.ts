import { isHcaptchaToken } from '../../protocol/hcaptcha.ts';

/** Address of the check's page, without language. */
export const CHECK_PATH = '/challenge/hcaptcha';

/**
 * What the two tabs tell each other. The check's tab runs a third party's script, so the form takes whatever comes from there as
 * something that anybody may have written.
 */
export type CheckMessage =
  /** The check's tab is there. */
  | { readonly kind: 'opened' }
  | { readonly kind: 'token'; readonly token: string }
  /** The form has taken the token; the one message that the form's tab alone sends. */
  | { readonly kind: 'taken' }
  /** The third party's script did not come, or reports an error. */
  | { readonly kind: 'failed' }
  /** Time for the answer has run out. */
  | { readonly kind: 'expired' }
  /** The check's tab goes away. */
  | { readonly kind: 'closed' }
  /** The person leaves in a hurry; goes both ways. */
  | { readonly kind: 'leave' };

const BARE = ['opened', 'taken', 'failed', 'expired', 'closed', 'leave'] as const;
const ID = /^[0-9a-f]{32}$/;

/** A message as it was heard; `unfit` stands for a token that cannot be one. */
export type HeardMessage = CheckMessage | { readonly kind: 'unfit' };

/** Reads what came over the channel: one of the messages above and nothing beside it; null for anything else. */
export function readMessage(value: unknown): HeardMessage | null {
  if (typeof value !== 'object' || value === null) return null;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const names = Object.keys(fields).toSorted().join();
  const bare = BARE.find((kind) => kind === fields.kind);
  if (bare !== undefined) return names === 'kind' ? { kind: bare } : null;
  if (fields.kind !== 'token') return null;
  const { token } = fields;
  return names === 'kind,token' && isHcaptchaToken(token) ? { kind: 'token', token } : { kind: 'unfit' };
}

/** A fresh id, by which the form's tab and the check's find each other: 32 hex digits. */
export const newCheckId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/** The id in an address's fragment, which no request carries; null when there is none. */
export function checkIdOf(fragment: string): string | null {
  const id = fragment.startsWith('#') ? fragment.slice(1) : '';
  return ID.test(id) ? id : null;
}

/** Name of the channel between the two tabs. */
export const channelName = (id: string): string => `tinkin-check-${id}`;
