/**
 * Every error that a person or a program can be told, by stable code. The HTTP status belongs to the code; the Vietnamese and
 * English sentences are in the i18n catalogues (`errors`), where a missing one fails the type check.
 */
export const ERROR_STATUS = {
  // shape of the request
  bad_request: 400,
  field_invalid: 400,
  frame_malformed: 400,
  body_too_large: 413,
  content_type: 415,
  not_found: 404,
  method_not_allowed: 405,
  // citizen's submission
  tip_conflict: 409,
  seal_mismatch: 400,
  author_signature: 400,
  unit_unknown: 400,
  epoch_unknown: 400,
  epoch_expired: 409,
  epoch_revoked: 409,
  mailbox_taken: 409,
  challenge_missing: 400,
  challenge_invalid: 400,
  challenge_expired: 409,
  challenge_spent: 409,
  challenge_unavailable: 503,
  sealer_busy: 503,
  sealer_quota: 503,
  sealer_off: 404,
  form_token: 409,
  form_spent: 409,
  storage_full: 507,
  too_many: 429,
  // citizen's mailbox
  code_malformed: 400,
  mailbox_refused: 403,
  // staff
  login_refused: 403,
  login_slow_down: 429,
  session_required: 401,
  session_expired: 401,
  forbidden: 403,
  cross_site: 403,
  member_unknown: 400,
  member_signers: 403,
  epoch_signers: 403,
  share_invalid: 400,
  account_taken: 409,
  last_leader: 409,
  last_administrator: 409,
  invite_unknown: 404,
  weak_credential: 400,
  mail_code: 400,
  two_people: 403,
  // steps on a tip
  tip_unknown: 404,
  stale: 409,
  step_not_allowed: 409,
  step_forbidden: 403,
  event_invalid: 400,
  event_signature: 403,
  same_person: 409,
  outside_person: 409,
  document_number: 400,
  merge_target: 409,
  excluded_unit: 409,
  wrap_missing: 409,
  // attachments and uploads
  upload_unknown: 404,
  upload_conflict: 409,
  upload_closed: 409,
  upload_incomplete: 409,
  uploads_full: 503,
  attachment_missing: 409,
  attachment_unknown: 404,
  not_read: 409,
  // conversation
  thread_muted: 403,
  thread_full: 409,
  consent_missing: 409,
  // hotline
  operator_missing: 409,
  switchboard_refused: 403,
  recording_unknown: 404,
  recording_format: 415,
  recording_cut: 400,
  recording_long: 413,
  box_count: 409,
  // the public log, auditors, retention
  ledger_empty: 409,
  checkpoint_unknown: 404,
  auditor_key: 409,
  auditor_signature: 403,
  canary_known: 409,
  canary_unknown: 409,
  retention_not_due: 409,
  not_audited: 409,
  not_concluded: 409,
  shred_too_long: 409,
  // law
  extension_late: 409,
  extension_order: 409,
  extension_kind: 409,
  extension_until: 400,
  no_right_to_settle: 403,
  above_level: 409,
  supervisor_unit: 400,
  identity_needed: 409,
  evidence_test: 409,
  merged_elsewhere: 409,
  notice_possible: 409,
  divert_target: 400,
  divert_forbidden: 403,
  post_check_open: 409,
  post_check_day: 400,
  focal_same: 409,
  absence_period: 400,
  absence_overlaps: 409,
  withdrawal_missing: 409,
  check_first: 409,
  right_period: 400,
  right_unit: 403,
  holiday_line: 400,
  acknowledgement: 400,
  // service
  unavailable: 503,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** The one error class that crosses layers; everything else that is thrown is a defect and becomes `internal`. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  /** Name of the offending field, in dotted form, when there is one. */
  readonly field: string | undefined;
  /** Seconds after which a retry may succeed, for 429 and 503. */
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, options: { field?: string; retryAfter?: number; cause?: unknown } = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.field = options.field;
    this.retryAfter = options.retryAfter;
  }

  /** HTTP status that belongs to the code. */
  get status(): number {
    return ERROR_STATUS[this.code];
  }
}
