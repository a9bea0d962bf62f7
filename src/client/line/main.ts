import '../common/older-browsers.ts';
import { RefusedError } from '../common/http.ts';
import { browserLine } from '../common/upload-line.ts';
import type { PartLineAsk, PartLineEnd, PartLineReply } from './api.ts';

/**
 * The Worker that sends sealed parts. Browsers keep the body of each request until some later collection; everything that a Worker held goes
 * when it is ended, which the page does every few parts. It sees ciphertext only.
 */
interface WorkerScope {
  postMessage(reply: PartLineReply): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<PartLineAsk>) => void): void;
}
const scope = globalThis as unknown as WorkerScope;
const running = new Map<number, AbortController>();

async function send(ask: Extract<PartLineAsk, { readonly lang: string }>): Promise<PartLineEnd> {
  const { id, request, lang } = ask;
  const stop = new AbortController();
  running.set(id, stop);
  try {
    const sent = (bytes: number): void => scope.postMessage({ id, kind: 'sent', bytes });
    const { json } = await browserLine(lang).send(request, sent, stop.signal);
    return { id, kind: 'done', json };
  } catch (error) {
    if (!(error instanceof RefusedError)) return { id, kind: 'lost' };
    const { code, sentence, later } = error;
    return { id, kind: 'refused', code, sentence, later };
  } finally {
    running.delete(id);
  }
}

scope.addEventListener('message', ({ data }) => {
  if ('stop' in data) running.get(data.id)?.abort();
  else void send(data).then((end) => scope.postMessage(end));
});
