import { type CryptoWorker, WorkerError } from '../../../src/client/common/crypto-worker.ts';
import type { OpenedMailbox } from '../../../src/client/common/worker-api.ts';
import type { OpenMailbox } from '../../../src/client/mailbox/step-sender.ts';
import { revisit } from '../../../src/client/mailbox/visit.ts';
import { MailboxSession, unitsOf } from '../../../src/client/worker/mailbox-session.ts';
import { ProtocolError } from '../../../src/protocol/errors.ts';
import { deriveMailbox, generateReceiptCode, type MailboxKeys } from '../../../src/protocol/receipt-code.ts';
import type { MailboxAnswer } from '../../../src/protocol/wire.ts';
import { type SentTip, sendTip } from '../../fixtures/citizen.ts';
import { type Instance, ORIGIN } from '../../fixtures/instance.ts';

/** What becomes of a request: it is let through, never leaves, or is done and its answer lost. */
export type Fate = 'passes' | 'cut' | 'answer_lost';

/** A mailbox page without a browser: the real Worker session, the real service, and a line that can be cut. */
export interface Desk {
  readonly mailbox: OpenMailbox;
  readonly sent: SentTip;
  readonly code: string;
  readonly keys: MailboxKeys;
  box(): OpenedMailbox;
  open(code: string): Promise<OpenedMailbox>;
  /** Decides the fate of the next requests to an address, in turn. */
  fate(path: string, ...fates: Fate[]): void;
  /** Addresses that were asked since the last look. */
  asked(): readonly string[];
  close(): void;
}

/** A tip sent under a code, and its mailbox opened with it. */
export async function openDesk(instance: Instance): Promise<Desk> {
  const { suite, pins, app } = instance;
  const code = generateReceiptCode(suite);
  const keys = deriveMailbox(suite, code, pins.instance);
  const sent = await sendTip(instance, { keys });
  const session = new MailboxSession(suite, pins);
  const worker = workerOf(session);
  const fates = new Map<string, Fate[]>();
  let asked: string[] = [];
  const realFetch = globalThis.fetch;
  const realNow = Date.now;
  const line: typeof fetch = async (input, init) => {
    const path = String(input).split('?', 1)[0] ?? '';
    asked.push(path);
    const fate = fates.get(path)?.shift() ?? 'passes';
    if (fate === 'cut') throw new TypeError('the line is cut');
    const { method = 'GET', headers, body } = init ?? {};
    const response = await app.request(String(input), {
      method,
      headers: { ...(headers as Record<string, string>), 'sec-fetch-site': 'same-origin' },
      ...(body === undefined ? {} : { body }),
    });
    if (fate === 'answer_lost') throw new TypeError('the answer is lost');
    return response;
  };
  globalThis.fetch = line;
  Date.now = () => instance.clock.now() * 1000;
  Object.assign(globalThis, { location: { origin: ORIGIN } });
  let box: OpenedMailbox | null = null;
  const shown = (): OpenedMailbox => {
    if (box === null) throw new Error('the mailbox was not opened');
    return box;
  };
  const desk: Desk = {
    mailbox: {
      worker,
      lang: 'vi',
      readers: () => shown().readers,
      async refresh() {
        box = await revisit(worker, 'vi');
      },
    },
    sent,
    code,
    keys,
    box: shown,
    async open(with_) {
      await worker.call('unlock', [with_]);
      await desk.mailbox.refresh();
      return shown();
    },
    fate: (path, ...next) => fates.set(path, next),
    asked() {
      const seen = asked;
      asked = [];
      return seen;
    },
    close() {
      globalThis.fetch = realFetch;
      Date.now = realNow;
      Reflect.deleteProperty(globalThis, 'location');
    },
  };
  await desk.open(code);
  return desk;
}

/** The Worker's side of the mailbox without the thread between. */
function workerOf(session: MailboxSession): CryptoWorker {
  const methods: Record<string, (...args: never[]) => unknown> = {
    unlock: (code: string) => session.unlock(code),
    locator: () => session.locator(),
    login: (request: Parameters<MailboxSession['login']>[0]) => session.login(request),
    units: (answer: MailboxAnswer) => unitsOf(answer),
    sizes: () => session.sizes(),
    compare: (file: Uint8Array) => session.compare(file),
    renewed: () => session.renewed(),
    open: (request: Parameters<MailboxSession['open']>[0]) => session.open(request),
    compose: (message: Parameters<MailboxSession['compose']>[0]) => session.compose(message),
    consent: (answer: Parameters<MailboxSession['consent']>[0]) => session.consent(answer),
    makeCode: () => session.makeCode(),
    changeCode: (context: Parameters<MailboxSession['changeCode']>[0]) => session.changeCode(context),
    proveStep: (challenge: Parameters<MailboxSession['proveStep']>[0]) =>
      session.proveStep(challenge, () => undefined),
    checkStep: (request: Parameters<MailboxSession['checkStep']>[0]) => session.checkStep(request),
    unitNames: (request: Parameters<MailboxSession['unitNames']>[0]) => session.unitNames(request),
  };
  const call = async (method: string, args: readonly unknown[]): Promise<unknown> => {
    try {
      return structuredClone(await methods[method]?.(...(args as never[])));
    } catch (error) {
      throw error instanceof ProtocolError ? new WorkerError(error.code) : error;
    }
  };
  return { call: call as CryptoWorker['call'], end: () => session.forget() };
}
