import type { HandlersOf } from '../calls.ts';
import type { CallCalls } from '../hotline-calls.ts';

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
