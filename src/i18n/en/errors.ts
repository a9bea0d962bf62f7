import type { ErrorCode } from '../../domain/errors.ts';

/** One sentence for every error code: what happened, and what to do. */
export const errors: Record<ErrorCode, string> = {
  bad_request:
    'The request was not well formed, so nothing was stored. Please reload the page and try again.',
  field_invalid: 'One entry is not right yet. Please check it and send again.',
  frame_malformed: 'The sealed tip did not arrive whole, so it was not taken. Please send it again.',
  body_too_large: 'What was sent is too large. Please shorten it and send again.',
  content_type: 'This kind of content is not accepted at this address.',
  not_found: 'There is no page at this address.',
  method_not_allowed: 'This address does not take that kind of request.',
  tip_conflict: "This tip's number was already used for other content. Please write and seal it again.",
  seal_mismatch: 'The seal does not fit the content, so the tip was not taken. Please send it again.',
  author_signature:
    'The signature that came with the tip is not right, so it was not taken. Please send it again.',
  unit_unknown: 'The receiving unit is not in the directory. Please choose the place again.',
  epoch_unknown: "The receiving unit's key is not in the directory. Please reload the page and send again.",
  epoch_expired:
    "The receiving unit's key has expired. Your text is still on your device; please send again to seal it with the new key.",
  epoch_revoked:
    "The receiving unit's key was revoked. Your text is still on your device; please send again to seal it with the new key.",
  mailbox_taken: 'This code already belongs to another tip. Please send again to get a new code.',
  challenge_missing: 'The proof that this was not sent by a machine is missing. Please send again.',
  challenge_invalid: 'The proof that this was not sent by a machine is not right. Please send again.',
  challenge_expired:
    'The proof that this was not sent by a machine has expired. Please send again; your text is not lost.',
  challenge_spent:
    'The proof that this was not sent by a machine was already used. Please send again; your text is not lost.',
  challenge_unavailable:
    'The proof that this was not sent by a machine cannot be checked right now. Please try again in a few minutes.',
  sealer_busy: 'Sealing is busy at the moment. Please try again in a few minutes.',
  sealer_quota: 'Many tips came through the simple page this minute. Please wait a minute and send again.',
  sealer_off: 'The page for browsers without JavaScript is switched off on this service.',
  form_token: 'This page was open for too long. Please open it again and send again.',
  form_spent: 'The tip of this page has arrived already.',
  storage_full:
    'The server has no room left, so the tip was not taken. Your text is still on your device; please try again later.',
  too_many: 'There are too many requests right now. Please try again in a few minutes.',
  code_malformed:
    'The code is not right: it has 28 digits, and the last two catch typing mistakes. Please check each group.',
  mailbox_refused: 'This code does not open anything. Please check each group of digits and try again.',
  login_refused: 'Account name, passphrase or one-time code is not right.',
  login_slow_down: 'There were several failed tries. Please wait a moment and try again.',
  session_required: 'Please log in to continue.',
  session_expired: 'Your session has expired. Please log in again.',
  forbidden: 'You may not do this.',
  cross_site: 'The request came from another site and was refused.',
  member_unknown: 'This person is not an active member of the unit.',
  last_leader: 'Nobody would be left to lead the unit. Give somebody else that role first.',
  last_administrator: 'No administrator would be left. Let another one in first.',
  member_signers: 'The membership does not have all the signatures it needs.',
  epoch_signers: 'A new key of the unit needs the signatures of two different members.',
  share_invalid: 'The recovery share is not valid.',
  account_taken: 'This account name is already taken.',
  invite_unknown:
    'This invitation does not exist, was used or is over. Ask the head of the unit for a new one.',
  weak_credential: "The passphrase's protection is weaker than the minimum.",
  two_people: 'This must be done by two different people.',
  tip_unknown: "There is no such tip within your unit's reach.",
  stale: 'Somebody else changed this just before you. Please reload and do it again.',
  step_not_allowed: 'This step is not possible at the stage that the tip is in.',
  step_forbidden: 'This step is not yours to take.',
  event_invalid: "The step's record is not well formed, so it was not stored.",
  event_signature: "The signature on the step's record is not right, so it was not stored.",
  same_person: 'This step must be taken by somebody other than the person who proposed it.',
  outside_person: 'This step needs the confirmation of somebody from outside the unit.',
  document_number: 'Please enter the document number of the outcome.',
  merge_target:
    'A duplicate must be merged into another tip that your unit holds and that is itself neither merged nor set apart.',
  excluded_unit: 'The sender asked that this unit should not get the tip.',
  wrap_missing: 'The key that opens the tip is missing for the receiving unit.',
  upload_unknown: 'There is no upload at this address. Please choose the file again and send again.',
  upload_conflict:
    'This part is already on the server with other content. Please choose the file again and send again.',
  upload_closed: 'This file has arrived and takes nothing more.',
  upload_incomplete: 'The file has not arrived whole yet. What is missing will be sent.',
  uploads_full:
    'The server has no room for more files at the moment. They are still on your device; please try again in a few minutes.',
  attachment_missing:
    'An attached file is no longer on the server, so the tip was not taken. The file will be sent again.',
  not_read: 'Please open this file again: it was opened too long ago.',
  attachment_unknown: "There is no such attachment within your unit's reach.",
  thread_muted: 'The unit takes no more messages here. The tip that you sent is still being handled.',
  thread_full: 'This conversation has reached its limit. To tell more, please send a new tip.',
  consent_missing: 'The sender has not agreed that this unit gets the tip.',
  operator_missing: 'This unit has no hotline operator yet, so the recording was not taken.',
  switchboard_refused: 'This telephone system may not hand in recordings.',
  recording_unknown: 'There is no such recording, or it was deleted.',
  recording_format: 'Only WAV, MP3, OGG and Opus recordings are taken.',
  recording_cut: 'The recording breaks off, so it was not taken. Please hand it in again.',
  recording_long: 'The recording is longer than 30 minutes.',
  box_count: 'All letters of this opening have been entered.',
  unavailable: 'The service is not available right now. Please try again in a few minutes.',
  internal:
    'Something went wrong on our side. What you just did was not stored; please try again in a few minutes.',
};
