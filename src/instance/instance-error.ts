export type InstanceErrorCode =
  | 'no_instance'
  | 'file_invalid'
  | 'law_invalid'
  | 'exists'
  | 'demo_only'
  | 'demo_in_production'
  | 'unit_unknown'
  | 'keys_insufficient'
  | 'key_file'
  | 'epoch_unknown'
  | 'no_readers'
  | 'holder_unknown'
  | 'same_holder'
  | 'share_missing'
  | 'share_wrong'
  | 'backup_invalid'
  | 'not_restored'
  | 'not_emptied'
  | 'not_concluded'
  | 'other_instance'
  | 'other_keys'
  | 'witness_key'
  | 'log_in_use'
  | 'log_unbroken'
  | 'store_refused';

/** What the operator of an instance is told: one plain sentence, with a stable code for `--json`. */
export class InstanceError extends Error {
  override readonly name = 'InstanceError';
  readonly code: InstanceErrorCode;

  constructor(code: InstanceErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
