/** One letter to a member of staff. Never anything about a tip. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  /** UTF-8, of one length for all letters of a kind. */
  readonly body: Uint8Array;
  /** Random, of one length. */
  readonly messageId: string;
}

/** Sends letters through the mail server of the instance. */
export interface Poster {
  /** One after the other; what could not be handed over is `refused` (the address) or `failed` (the server; not tried again). */
  send(letters: readonly Letter[]): Promise<readonly ('sent' | 'refused' | 'failed')[]>;
  close(): Promise<void>;
}
