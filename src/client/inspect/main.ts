import '../common/older-browsers.ts';
import type { InspectReply, InspectRequest } from './api.ts';
import { lookInto } from './look.ts';

/**
 * The Worker that takes strangers' formats apart: it has no key, no code and no network, looks into one file, and is ended. What its parsers
 * might be led to do happens here.
 */
interface WorkerScope {
  postMessage(reply: InspectReply): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<InspectRequest>) => void): void;
}
const scope = globalThis as unknown as WorkerScope;

scope.addEventListener('message', ({ data: { file, name } }) => {
  lookInto(file, name).then(
    (looked) => scope.postMessage(looked),
    () => scope.postMessage('not_loaded'),
  );
});
scope.postMessage('ready');
