import type { Store } from '../ports/store/store.ts';
import type { DirectoryAuditor } from '../protocol/directory.ts';
import { keyFingerprint } from '../protocol/member.ts';
import type { Suite } from '../protocol/suite.ts';
import { InstanceError } from './instance-error.ts';

/** An auditor whose account's keys the next directory is to name, and the digits that were compared with them by voice. */
export interface AdoptedAuditor {
  readonly id: string;
  /** 24 digits, blanks anywhere. */
  readonly fingerprint: string;
}

const digitsOf = (text: string): string => text.replaceAll(/\s/g, '');

/**
 * The directory's auditors with the keys of these people's own accounts, so that bundles open and statements are signed in the console. Throws
 * InstanceError `holder_unknown` (nobody whom the directory names, or no account of that name that has joined as an auditor), `other_keys`
 * (the account's keys are not those that were compared).
 */
export async function adoptAuditors(
  store: Pick<Store, 'accounts'>,
  suite: Suite,
  auditors: readonly DirectoryAuditor[],
  adopted: readonly AdoptedAuditor[],
): Promise<readonly DirectoryAuditor[]> {
  let named = auditors;
  for (const { id, fingerprint } of adopted) {
    if (!named.some((auditor) => auditor.id === id))
      throw new InstanceError('holder_unknown', `The directory names no auditor ${id}.`);
    const account = await store.accounts.byAccount(id);
    if (
      account?.status !== 'active' ||
      !account.roles.includes('auditor') ||
      account.signKey === null ||
      account.kemKey === null
    )
      throw new InstanceError('holder_unknown', `No auditor's account ${id} has joined yet.`);
    const { signKey, kemKey } = account;
    if (digitsOf(keyFingerprint(suite, signKey, kemKey)) !== digitsOf(fingerprint))
      throw new InstanceError('other_keys', `The keys of ${id} have other digits than these.`);
    named = named.map((auditor) => (auditor.id === id ? { ...auditor, signKey, kemKey } : auditor));
  }
  return named;
}
