import type { Act } from './life-cycle-types.ts';

/**
 * True for an act that brings the citizen an envelope in the same operation: messages, questions, and notices but for those that cannot be given
 * (TT 28/2020/TT-BCA Đ17: none is owed to whoever refused their identity and took no code).
 */
export const bringsMessage = (act: Act): boolean => {
  switch (act.step) {
    case 'message_posted':
    case 'question_posted':
    case 'consent_asked':
      return true;
    case 'receipt_noticed':
    case 'notified':
    case 'suspension_noticed':
      return act.impossible === null;
    default:
      return false;
  }
};
