import type { TipId } from '../../../domain/ids.ts';

/** What a tip's page asks of the Worker about the conversation, beside the steps themselves. */
export interface ConversationCalls {
  /** Says that everything up to this envelope of the thread has been on this person's screen. */
  seen: { readonly in: { readonly tip: TipId; readonly no: number }; readonly out: null };
}
