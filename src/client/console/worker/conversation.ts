import { SEEN_EVENT, seenPartsOf } from '../../../domain/reader-parts.ts';
import { sendJson } from '../http.ts';
import type { HandlersOf } from './calls.ts';
import type { ConversationCalls } from './conversation-calls.ts';
import { readerEvent } from './reader-event.ts';
import { onceMore } from './signing.ts';

/** What the Worker does about the conversation, beside the steps themselves. */
export const conversationHandlers: HandlersOf<ConversationCalls> = {
  seen: (state, { tip, no }) =>
    state.reads.inTurn(() =>
      onceMore(async () => {
        const { staff, unit } = state.keyring.me;
        const event = await readerEvent(state, SEEN_EVENT, seenPartsOf({ staff, unit }, tip, no));
        await sendJson('POST', `/api/staff/tips/${tip}/seen`, { event, no });
        return null;
      }),
    ),
};
