import '../common/older-browsers.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import type { Suite } from '../../protocol/suite.ts';
import type { Method, WorkerApi, WorkerReply, WorkerRequest } from '../common/worker-api.ts';
import type { MailboxSession } from './mailbox-session.ts';
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
  /** Fetched at the first visit with a code: who only sends a tip pays nothing for it. */
  mailbox(): Promise<MailboxSession>;
  /** Overwrites what a visit holds, where there was one. */
  forgetMailbox(): Promise<void>;
  readonly files: OutgoingFiles;
}

/** The part of a dedicated Worker's scope that is used here. */
interface WorkerScope {
  postMessage(reply: WorkerReply, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<WorkerRequest>) => void): void;
}
const scope = globalThis as unknown as WorkerScope;

/** What each method gives, at once or later. */
type Handlers = {
  readonly [M in Method]: (
    ...args: Parameters<WorkerApi[M]>
  ) => ReturnType<WorkerApi[M]> | Promise<Awaited<ReturnType<WorkerApi[M]>>>;
};

const loaded: Promise<Sessions> = loadSuite().then((suite) => {
  const pins = buildPins();
  let mailbox: Promise<MailboxSession> | null = null;
  return {
    suite,
    tip: new TipSession(suite, pins),
    mailbox() {
      mailbox ??= import('./mailbox-session.ts')
        .then(({ MailboxSession }) => new MailboxSession(suite, pins))
        .catch((error: unknown) => {
          // It did not come through the line: the next call tries again.
          mailbox = null;
          throw error;
        });
      return mailbox;
    },
    async forgetMailbox() {
      (await mailbox)?.forget();
    },
    files: new OutgoingFiles(suite),
  };
});
// A failure is told to whoever calls; without a caller it is nobody's.
loaded.catch(() => undefined);

const api = (sessions: Sessions, progress: (share: number) => void): Handlers => {
  const { suite, tip, files } = sessions;
  const mailbox = sessions.mailbox;
  return {
    start: () => ({ suite: suite.name }),
    prepare: (again) => tip.prepare(again),
    target: ({ now, ...request }) => tip.findTarget(request, now),
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
    unlock: async (code) => (await mailbox()).unlock(code),
    login: async (request) => (await mailbox()).login(request),
    units: async (answer) => (await import('./mailbox-session.ts')).unitsOf(answer),
    open: async (request) => (await mailbox()).open(request),
    sizes: async () => (await mailbox()).sizes(),
    compare: async (file) => (await mailbox()).compare(file),
    renewed: async () => (await mailbox()).renewed(),
    locator: async () => (await mailbox()).locator(),
    compose: async (message) => (await mailbox()).compose(message, files.sealed()),
    withdraw: async (context) => (await mailbox()).withdraw(context),
    consent: async (answer) => (await mailbox()).consent(answer),
    makeCode: async () => (await mailbox()).makeCode(),
    changeCode: async (context) => (await mailbox()).changeCode(context),
    proveStep: async (challenge) => (await mailbox()).proveStep(challenge, progress),
    checkStep: async (request) => {
      // They are the message's now, which was taken; the next one begins without any.
      files.forget();
      return (await mailbox()).checkStep(request);
    },
    unitNames: async (request) => (await mailbox()).unitNames(request),
    forget: async () => {
      tip.forget();
      files.forget();
      await sessions.forgetMailbox();
      return null;
    },
  };
};

scope.addEventListener('message', ({ data: { id, method, args } }) => {
  const progress = (share: number): void => scope.postMessage({ id, kind: 'progress', share });
  loaded
    .then(async (sessions) => {
      const run: (...args: never) => unknown = api(sessions, progress)[method];
      const value = await run(...(args as never));
      // A part goes over whole: copied once more, every part of a film would wait for the collector twice.
      const given = method === 'part' && value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : [];
      scope.postMessage({ id, kind: 'done', value }, given);
    })
    .catch((error: unknown) => {
      const code = error instanceof ProtocolError ? error.code : 'worker_failed';
      scope.postMessage({ id, kind: 'failed', code });
    });
});
