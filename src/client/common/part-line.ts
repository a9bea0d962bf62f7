import type { PartLineAsk, PartLineEnd, PartLineReply } from '../line/api.ts';
import { startScript } from './crypto-worker.ts';
import { NetworkError, RefusedError } from './http.ts';
import { browserLine, type Line, type LineRequest } from './upload-line.ts';

/** Requests after which a Worker is replaced: what it leaves in memory is a few times the bytes that went through it. */
const PARTS_A_WORKER = 16;

type PartRequest = LineRequest & { readonly body: { readonly bytes: Uint8Array<ArrayBuffer> } };

interface Waiting {
  readonly sent: ((bytes: number) => void) | undefined;
  readonly over: (end: PartLineEnd) => void;
}

/** One Worker and the requests that go through it. It ends itself after the last of them. */
class Carrier {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private given = 0;

  constructor(script: string, broken: () => void) {
    this.worker = startScript(script);
    this.worker.addEventListener('message', ({ data }: MessageEvent<PartLineReply>) => {
      const one = this.waiting.get(data.id);
      if (data.kind === 'sent') one?.sent?.(data.bytes);
      else one?.over(data);
    });
    this.worker.addEventListener('error', () => {
      broken();
      for (const [id, { over }] of [...this.waiting]) over({ id, kind: 'lost' });
      this.worker.terminate();
    });
  }

  get full(): boolean {
    return this.given >= PARTS_A_WORKER;
  }

  send(
    request: PartRequest,
    lang: 'vi' | 'en',
    sent: Waiting['sent'],
    signal: AbortSignal | undefined,
  ): Promise<PartLineEnd> {
    const id = ++this.given;
    const ask = (message: PartLineAsk, given: Transferable[] = []): void =>
      this.worker.postMessage(message, given);
    const stop = (): void => ask({ id, stop: true });
    return new Promise((resolve) => {
      const over = (end: PartLineEnd): void => {
        signal?.removeEventListener('abort', stop);
        this.waiting.delete(id);
        if (this.full && this.waiting.size === 0) this.worker.terminate();
        resolve(end);
      };
      this.waiting.set(id, { sent, over });
      signal?.addEventListener('abort', stop, { once: true });
      ask({ id, request, lang }, [request.body.bytes.buffer]);
    });
  }
}

/**
 * The line of an upload: its parts through Workers that are replaced every few parts, so that no film is ever in memory because of bodies that
 * the browser has not let go of yet; everything else, and everything where the Worker's script did not come, directly. A part's bytes are gone
 * from the page once they were sent.
 */
export function uploadLine(script: string, lang: 'vi' | 'en'): Line {
  const direct = browserLine(lang);
  let carrier: Carrier | null = null;
  let works = true;
  const carrierForOne = (): Carrier | null => {
    if (!works) return null;
    try {
      if (carrier === null || carrier.full)
        carrier = new Carrier(script, () => {
          works = false;
        });
    } catch {
      works = false;
    }
    return works ? carrier : null;
  };
  return {
    async send(request, sent, signal) {
      const through = isPart(request) && signal?.aborted !== true ? carrierForOne() : null;
      if (through === null || !isPart(request)) return direct.send(request, sent, signal);
      const end = await through.send(request, lang, sent, signal);
      if (end.kind === 'done') return { json: end.json };
      throw end.kind === 'refused' ? new RefusedError(end.code, end.sentence, end.later) : new NetworkError();
    },
    wait: direct.wait,
  };
}

const isPart = (request: LineRequest): request is PartRequest => request.body?.bytes instanceof Uint8Array;
