import { z } from 'zod';
import type { StaffId, UnitId } from '../domain/ids.ts';
import { isStaffId, isUnitId } from '../domain/ids.ts';
import { ROLES, type Role } from '../domain/terms.ts';
import { fromBase64Url, toBase64Url } from '../protocol/base64.ts';
import { instancePaths, readChecked, writeJson } from './folder.ts';

const WARNING = 'DEMO ONLY. Whoever reads this file is everybody in the demonstration.';

/** A login of the demonstration, as `npm start` prints it and the canary uses it. */
export interface DemoLogin {
  readonly staff: StaffId;
  readonly account: string;
  readonly name: string;
  readonly unit: UnitId;
  readonly unitName: string;
  readonly roles: readonly Role[];
  /** Seven words. */
  readonly passphrase: string;
  /** One-time-code secret in base32, as an authenticator application takes it. */
  readonly totp: string;
}

const loginSchema = z.object({
  staff: z.string().refine(isStaffId),
  account: z.string().min(1),
  name: z.string(),
  unit: z.string().refine(isUnitId),
  unitName: z.string(),
  roles: z.array(z.enum(ROLES)).min(1),
  passphrase: z.string().min(1),
  totp: z.string().regex(/^[A-Z2-7]+$/),
});
/** The code of an invented tip, so that its answer can be read. */
export interface DemoCode {
  readonly code: string;
  /** How the tip begins. */
  readonly about: string;
}

const loginsSchema = z.object({
  warning: z.string(),
  logins: z.array(loginSchema),
  codes: z.array(z.object({ code: z.string(), about: z.string() })).default([]),
});

/** Private keys by which the demonstration renews itself; seeds of 32 bytes. */
export interface DemoSecrets {
  readonly directoryKeys: readonly Uint8Array[];
  readonly recoveryHolders: readonly DemoHolder[];
  readonly auditors: readonly DemoHolder[];
  readonly staff: readonly { readonly id: StaffId; readonly sign: Uint8Array; readonly kem: Uint8Array }[];
}

/** A key holder outside the units with the seed of their X-Wing key. */
export interface DemoHolder {
  readonly id: string;
  readonly name: string;
  readonly seed: Uint8Array;
}

const seed = z.string().transform((text) => fromBase64Url(text));
const holder = z.object({ id: z.string(), name: z.string(), seed });
const secretsSchema = z.object({
  warning: z.string(),
  directoryKeys: z.array(seed).min(1),
  recoveryHolders: z.array(holder),
  auditors: z.array(holder),
  staff: z.array(z.object({ id: z.string().refine(isStaffId), sign: seed, kem: seed })),
});

/** Logins from a file in the form of demo-logins.json. Throws InstanceError `no_instance`, `file_invalid`. */
export async function readLogins(file: string): Promise<readonly DemoLogin[]> {
  return (await readChecked(file, loginsSchema, file)).logins;
}

/** Codes of invented tips in the same file. */
export async function readCodes(file: string): Promise<readonly DemoCode[]> {
  return (await readChecked(file, loginsSchema, file)).codes;
}

export const writeLogins = (
  folder: string,
  logins: readonly DemoLogin[],
  codes: readonly DemoCode[] = [],
): Promise<void> => writeJson(instancePaths(folder).demoLogins, { warning: WARNING, logins, codes }, 0o600);

export const readDemoSecrets = (folder: string): Promise<DemoSecrets> =>
  readChecked(instancePaths(folder).demoSecrets, secretsSchema, folder);

export function writeDemoSecrets(folder: string, secrets: DemoSecrets): Promise<void> {
  const holders = (list: readonly DemoHolder[]) =>
    list.map((one) => ({ ...one, seed: toBase64Url(one.seed) }));
  const value = {
    warning: WARNING,
    directoryKeys: secrets.directoryKeys.map(toBase64Url),
    recoveryHolders: holders(secrets.recoveryHolders),
    auditors: holders(secrets.auditors),
    staff: secrets.staff.map(({ id, sign, kem }) => ({ id, sign: toBase64Url(sign), kem: toBase64Url(kem) })),
  };
  return writeJson(instancePaths(folder).demoSecrets, value, 0o600);
}
