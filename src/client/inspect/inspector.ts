import { startScript } from '../common/crypto-worker.ts';
import type { InspectReply, InspectRequest, Looked } from './api.ts';

/** Seconds for a small file, and bytes that one more second is for. */
const SECONDS = 20;
const BYTES_A_SECOND = 2 * 1024 * 1024;

/** The script that looks into files did not come through the line: nothing is known of the file, and nothing may be assumed. */
export class NotLoaded extends Error {
  override readonly name = 'NotLoaded';
}

/** What is told of a file whose reading crashed or took too long. */
const BROKEN: Looked = {
  inspection: {
    type: 'application/octet-stream',
    lies: false,
    findings: [],
    ways: ['original'],
    obstacle: 'broken',
  },
  made: null,
};

/** Looks into one file in a Worker of its own, which is ended afterwards. Throws `NotLoaded`. */
export function lookIn(script: string, request: InspectRequest, gone: AbortSignal): Promise<Looked> {
  return new Promise((resolve, reject) => {
    let worker: Worker;
    try {
      worker = startScript(script);
    } catch {
      reject(new NotLoaded());
      return;
    }
    let runs = false;
    let alarm: ReturnType<typeof setTimeout> | undefined;
    const over = (settle: () => void): void => {
      clearTimeout(alarm);
      worker.terminate();
      settle();
    };
    const failed = (): void => over(() => (runs ? resolve(BROKEN) : reject(new NotLoaded())));
    worker.addEventListener('error', failed);
    worker.addEventListener('messageerror', failed);
    worker.addEventListener('message', ({ data }: MessageEvent<InspectReply>) => {
      if (data === 'ready') {
        runs = true;
        const seconds = SECONDS + request.file.size / BYTES_A_SECOND;
        alarm = setTimeout(failed, seconds * 1000);
        worker.postMessage(request);
      } else if (data === 'not_loaded') over(() => reject(new NotLoaded()));
      else over(() => resolve(data));
    });
    gone.addEventListener('abort', () => over(() => reject(new NotLoaded())), { once: true });
  });
}
