import { z } from 'zod';
import { bytesOf, bytesUpTo, hashHex, seconds, staffId } from '../../http/kit/fields.ts';

/** As typed; what is no account name is answered like an unknown one. */
const account = z.string().min(1).max(64);
const code = z.string().max(12);

export const loginStart = z.strictObject({ account });

export const login = z.strictObject({
  account,
  nonce: bytesOf(32),
  expires: seconds,
  signature: bytesOf(64),
  code,
});

const cost = {
  memoryKiB: z.number().int().min(1).max(4_194_304),
  passes: z.number().int().min(1).max(100),
};

const newCredential = {
  salt: bytesOf(16),
  ...cost,
  loginKey: bytesOf(32),
  wrappedSecrets: bytesUpTo(1024),
};

export const credentialChange = z.strictObject({ ...newCredential, at: seconds, signature: bytesOf(64) });

export const joinStart = z.strictObject({ token: bytesOf(32) });

export const joinFinish = z.strictObject({
  token: bytesOf(32),
  ...newCredential,
  signKey: bytesOf(32),
  kemKey: bytesOf(1216),
  /** By the new signing key over `joiningMessage`. */
  proof: bytesOf(64),
  code,
});

export const secondFactorProposal = z.strictObject({ staff: staffId });

export const secondFactorFetch = z.strictObject({
  account,
  nonce: bytesOf(32),
  expires: seconds,
  signature: bytesOf(64),
  token: bytesOf(32),
});

export const sessionId = hashHex;

export type Login = z.output<typeof login>;
export type CredentialChangeRequest = z.output<typeof credentialChange>;
export type JoinFinish = z.output<typeof joinFinish>;
export type SecondFactorFetch = z.output<typeof secondFactorFetch>;
