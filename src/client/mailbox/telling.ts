import { fill } from '../../i18n/index.ts';
import type { MailboxTexts } from '../../i18n/vi/mailbox.ts';
import { WorkerError } from '../common/crypto-worker.ts';
import { NetworkError, RefusedError } from '../common/http.ts';
import type { PromiseResult } from '../common/worker-api.ts';
import { Stop } from '../form/stop.ts';
import type { Phase } from './step-sender.ts';

/** One sentence for where a step stands. */
export const phaseText = (texts: MailboxTexts, phase: Phase): string => {
  const text = texts.writing.phases[phase.kind];
  return phase.kind === 'waiting' ? fill(text, { seconds: phase.seconds }) : text;
};

/** One sentence for what kept a step from being taken. `maybeThere`: it may have arrived all the same. */
export function troubleText(texts: MailboxTexts, error: unknown, maybeThere: boolean): string {
  const { writing } = texts;
  if (error instanceof Stop) return error.trouble.text;
  if (error instanceof NetworkError) return maybeThere ? writing.lost : writing.offline;
  if (error instanceof RefusedError) {
    if (error.code === 'stale') return writing.moved;
    if (error.code === 'mailbox_refused') return writing.codeGone;
    return error.sentence;
  }
  if (error instanceof WorkerError) {
    const key = error.code.startsWith('epoch_') || error.code === 'unit_unknown';
    return fill(key ? writing.keysRefused : writing.failed, { code: error.code });
  }
  return fill(writing.failed, { code: 'internal' });
}

/** What is said after a step was taken: that it was, and what its promise was worth. */
export const takenText = (texts: MailboxTexts, done: string, promise: PromiseResult): string => {
  if (promise.result === 'good') return done;
  const { promiseClock, promiseBad } = texts.writing;
  return `${done} ${fill(promise.result === 'clock' ? promiseClock : promiseBad, { code: promise.code })}`;
};
