import * as account from './account.ts';
import { attachmentHandlers } from './attachments.ts';
import { auditHandlers } from './audit.ts';
import type { Calls, HandlersOf } from './calls.ts';
import { conversationHandlers } from './conversation.ts';
import { copyHandlers } from './copies.ts';
import { signEpochs, wrapMissing } from './epochs.ts';
import { boxHandlers } from './hotline/boxes.ts';
import { callHandlers, recordingHandlers } from './hotline/handlers.ts';
import { removeMember, signMember } from './membership.ts';
import { openNotes, sealNote } from './notes.ts';
import { retentionHandlers } from './retention.ts';
import { putBack, rewrapOpen } from './rewrap.ts';
import { rightsHandlers } from './rights.ts';
import { changeRoles } from './role-change.ts';
import { login, refresh, unlock } from './session.ts';
import { fetchTip, takeStep, transferTarget } from './steps.ts';
import { linesOf, openWhole, summariesOf } from './tip.ts';
import { unitView } from './unit.ts';

/** What the Worker does for the page, by name. */
export const handlers: HandlersOf<Calls> = {
  ...conversationHandlers,
  ...attachmentHandlers,
  ...copyHandlers,
  ...callHandlers,
  ...recordingHandlers,
  ...boxHandlers,
  ...retentionHandlers,
  ...rightsHandlers,
  ...auditHandlers,
  login,
  unlock,
  refresh,
  lines: (state, { tips }) => linesOf(state, tips),
  summaries: (state, { tips }) => summariesOf(state, tips),
  open: (state, { tip }) => openWhole(state, tip),
  step: takeStep,
  transferTarget: async (state, { tip, unit }) => transferTarget(state, await fetchTip(tip), unit),
  sealNote: async (state, { text }) => {
    await sealNote(state, text);
    return null;
  },
  openNotes: (state, { notes }) => openNotes(state, notes),
  unit: unitView,
  signMember,
  removeMember,
  changeRoles,
  signEpochs,
  wrapMissing,
  rewrapOpen,
  putBack,
  fingerprint: async (state) => account.ownFingerprint(state),
  newPassphrase: async (state) => account.newPassphrase(state),
  changePassphrase: account.changePassphrase,
  joinStart: (state, { token }) => account.startJoining(state, token),
  joinFinish: account.finishJoining,
  fetchSecondFactor: account.fetchSecondFactor,
};
