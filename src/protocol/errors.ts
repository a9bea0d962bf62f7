/** Every way in which bytes of the protocol can be refused. Stable: shown in logs, tests and docs/protocol.md. */
export const PROTOCOL_ERROR_CODES = [
  // encodings
  'encoding',
  'field_invalid',
  // receipt code and credentials
  'code_malformed',
  'code_check',
  'receipt_malformed',
  'weak_parameters',
  'passphrase_malformed',
  'secrets_corrupt',
  // envelope
  'core_malformed',
  'core_mismatch',
  'wraps_malformed',
  'wrap_foreign',
  'commitment_mismatch',
  'body_malformed',
  'body_corrupt',
  'body_truncated',
  'body_trailing',
  'body_size',
  'part_size',
  'part_corrupt',
  'seal_malformed',
  'seal_mismatch',
  'manifest_malformed',
  'manifest_mismatch',
  'epoch_mismatch',
  'author_mismatch',
  'author_signature',
  'content_malformed',
  'content_too_large',
  // submission
  'frame_malformed',
  'frame_too_large',
  'facts_malformed',
  'facts_mismatch',
  'assurance_mismatch',
  // conversation
  'message_missing',
  // statements and events
  'statement_malformed',
  'event_malformed',
  'event_signature',
  'event_part',
  'event_mismatch',
  'decision_signers',
  // directory
  'root_threshold',
  'directory_keys_expired',
  'directory_threshold',
  'directory_expired',
  'directory_rollback',
  'directory_chain',
  'directory_instance',
  'shard_hash',
  'shard_malformed',
  'member_signers',
  'member_malformed',
  'revocation_signers',
  'epoch_signers',
  'epoch_chain',
  'unit_unknown',
  'epoch_unknown',
  'epoch_expired',
  'epoch_revoked',
  'epoch_missing',
  // recovery
  'share_corrupt',
  'shares_invalid',
  // hotline
  'recording_corrupt',
  // promise
  'promise_malformed',
  'promise_signature',
  'promise_path',
  'promise_leaf',
  'promise_mismatch',
  'promise_clock',
  // public log
  'checkpoint_malformed',
  'checkpoint_signature',
  'checkpoint_witnesses',
  'checkpoint_stale',
  'leaf_missing',
  'shown_mismatch',
  'state_mismatch',
  'log_fork',
  'head_went_back',
  'promise_missed',
  'freshness_mismatch',
  // auditor
  'audit_bundle_malformed',
  'auditor_signers',
  // login
  'login_malformed',
] as const;

export type ProtocolErrorCode = (typeof PROTOCOL_ERROR_CODES)[number];

/** The one error class of `protocol`. `field` names the offending part where there is one; never contains its value. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ProtocolErrorCode;
  readonly field: string | undefined;

  constructor(code: ProtocolErrorCode, field?: string) {
    super(field === undefined ? code : `${code}: ${field}`);
    this.code = code;
    this.field = field;
  }
}

/** Throws `ProtocolError(code, field)` unless the condition holds. */
export function ensure(condition: boolean, code: ProtocolErrorCode, field?: string): asserts condition {
  if (!condition) throw new ProtocolError(code, field);
}
