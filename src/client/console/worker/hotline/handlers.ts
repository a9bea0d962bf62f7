import type { HandlersOf } from '../calls.ts';
import type { CallCalls, RecordingCalls } from '../hotline-calls.ts';

/** What the Worker does for calls. */
export const callHandlers: HandlersOf<CallCalls> = {
  sealCall: ({ hotline }, wish, report) => hotline.sealing.seal(wish, report),
  codeNotGiven: async ({ hotline }, { tip }) => {
    await hotline.sealing.codeNotGiven(tip);
    return null;
  },
  forgetCode: async ({ hotline }) => {
    hotline.sealing.forget();
    return null;
  },
  callerOpen: ({ hotline }, { code }) => hotline.caller.open(code),
  callerAnswer: async ({ hotline }, { text }) => {
    await hotline.caller.answer(text);
    return null;
  },
  callerEnd: async ({ hotline }) => {
    hotline.caller.end();
    return null;
  },
};

/** What it does for recordings. */
export const recordingHandlers: HandlersOf<RecordingCalls> = {
  openRecording: ({ hotline }, { id }) => hotline.recordings.open(id),
  recordingPart: ({ hotline }, { id, no }) => hotline.recordings.part(id, no),
  endRecording: async ({ hotline }, { id, end, reason }) => {
    await hotline.recordings.end(id, end, reason);
    return null;
  },
};
