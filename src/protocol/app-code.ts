import { AppError, type ErrorCode } from '../domain/errors.ts';
import { ProtocolError, type ProtocolErrorCode } from './errors.ts';

/** Protocol errors that a client of the service is told by a code of their own; all others are `bad_request`. */
const TOLD: Partial<Record<ProtocolErrorCode, ErrorCode>> = {
  code_malformed: 'code_malformed',
  code_check: 'code_malformed',
  weak_parameters: 'weak_credential',
  passphrase_malformed: 'weak_credential',
  frame_malformed: 'frame_malformed',
  frame_too_large: 'body_too_large',
  facts_malformed: 'frame_malformed',
  core_malformed: 'frame_malformed',
  wraps_malformed: 'frame_malformed',
  seal_malformed: 'frame_malformed',
  body_malformed: 'frame_malformed',
  body_size: 'frame_malformed',
  part_size: 'frame_malformed',
  part_corrupt: 'frame_malformed',
  manifest_malformed: 'frame_malformed',
  seal_mismatch: 'seal_mismatch',
  manifest_mismatch: 'seal_mismatch',
  core_mismatch: 'seal_mismatch',
  facts_mismatch: 'seal_mismatch',
  epoch_mismatch: 'seal_mismatch',
  assurance_mismatch: 'seal_mismatch',
  wrap_foreign: 'seal_mismatch',
  author_signature: 'author_signature',
  author_mismatch: 'author_signature',
  unit_unknown: 'unit_unknown',
  epoch_unknown: 'epoch_unknown',
  epoch_missing: 'epoch_unknown',
  epoch_expired: 'epoch_expired',
  epoch_revoked: 'epoch_revoked',
  member_signers: 'member_signers',
  revocation_signers: 'member_signers',
  epoch_signers: 'epoch_signers',
  shares_invalid: 'share_invalid',
  share_corrupt: 'share_invalid',
  event_malformed: 'event_invalid',
  statement_malformed: 'event_invalid',
  event_mismatch: 'event_invalid',
  event_part: 'event_invalid',
  event_signature: 'event_signature',
  decision_signers: 'two_people',
};

/** The service's error for bytes that the protocol refused, with the offending field. Other errors come back as they are. */
export function asAppError(error: unknown): unknown {
  if (!(error instanceof ProtocolError)) return error;
  const code = TOLD[error.code] ?? 'bad_request';
  return new AppError(code, { ...(error.field === undefined ? {} : { field: error.field }), cause: error });
}
