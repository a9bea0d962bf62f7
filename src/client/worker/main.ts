import '../common/older-browsers.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import type { Suite } from '../../protocol/suite.ts';
import type { WorkerApi, WorkerReply, WorkerRequest } from '../common/worker-api.ts';
import { MailboxSession, unitsOf } from './mailbox-session.ts';
import { OutgoingFiles } from './outgoing-files.ts';
import { buildPins } from './pins.ts';
import { loadSuite } from './suite.ts';
import { TipSession } from './tip-session.ts';

/**
 * The citizen's crypto Worker: keys and code live here and nowhere else, and end with it. It talks to nobody but its page; the page
 * fetches and sends, and sees ciphertext only.
 */
interface Sessions {
  readonly suite: Suite;
  readonly tip: TipSession;
  readonly mailbox: MailboxSession;
  readonly files: OutgoingFiles;
}

/** The part of a dedicated Worker's scope that is used here. */
interface WorkerScope {
  postMessage(reply: WorkerReply): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<WorkerRequest>) => void): void;
}
const scope = globalThis as unknown as WorkerScope;

const loaded: Promise<Sessions> = loadSuite().then((suite) => {
  const pins = buildPins();
  return {
    suite,
    tip: new TipSession(suite, pins),
    mailbox: new MailboxSession(suite, pins),
    files: new OutgoingFiles(suite),
  };
});
// A failure is told to whoever calls; without a caller it is nobody's.
loaded.catch(() => undefined);

const api = ({ suite, tip, mailbox, files }: Sessions, progress: (share: number) => void): WorkerApi => ({
  start: () => ({ suite: suite.name }),
  prepare: (again) => tip.prepare(again),
  target: ({ bundle, unit, excluded, now }) => tip.findTarget(bundle, unit, excluded, now),
  attach: (file) => files.attach(file),
  part: (request) => files.part(request),
  partDone: (request) => files.partDone(request),
  attached: (request) => files.attached(request),
  detach: (id) => files.detach(id),
  solve: (challenge) => files.solve(challenge, progress),
  seal: (input) => tip.seal(input, files.sealed()),
  prove: (challenge, token) => tip.prove(challenge, progress, token),
  check: ({ answer, now }) => tip.check(answer, now),
  code: () => tip.shownCode(),
  receipt: () => tip.receipt(),
  unlock: (code) => mailbox.unlock(code),
  login: (request) => mailbox.login(request),
  units: (answer) => unitsOf(answer),
  open: (request) => mailbox.open(request),
  locator: () => mailbox.locator(),
  compose: (message) => mailbox.compose(message, files.sealed()),
  consent: (answer) => mailbox.consent(answer),
  makeCode: () => mailbox.makeCode(),
  changeCode: (context) => mailbox.changeCode(context),
  proveStep: (challenge) => mailbox.proveStep(challenge, progress),
  checkStep: (request) => {
    // They are the message's now, which was taken; the next one begins without any.
    files.forget();
    return mailbox.checkStep(request);
  },
  unitNames: (request) => mailbox.unitNames(request),
  forget: () => {
    tip.forget();
    mailbox.forget();
    files.forget();
    return null;
  },
});

scope.addEventListener('message', ({ data: { id, method, args } }) => {
  const progress = (share: number): void => scope.postMessage({ id, kind: 'progress', share });
  loaded
    .then(async (sessions) => {
      const run: (...args: never) => unknown = api(sessions, progress)[method];
      scope.postMessage({ id, kind: 'done', value: await run(...(args as never)) });
    })
    .catch((error: unknown) => {
      const code = error instanceof ProtocolError ? error.code : 'worker_failed';
      scope.postMessage({ id, kind: 'failed', code });
    });
});
