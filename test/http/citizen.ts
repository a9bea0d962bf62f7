import type { Hour, UnitId } from '../../src/domain/ids.ts';
import { epochKeys } from '../../src/protocol/epoch.ts';
import { answerPow } from '../../src/protocol/pow.ts';
import {
  finishSubmission,
  type PreparedSubmission,
  type SealedTip,
  sealTip,
} from '../../src/protocol/prepare.ts';
import { type MailboxKeys, mailboxFromMaster } from '../../src/protocol/receipt-code.ts';
import type { ChallengeAnswer } from '../../src/protocol/wire.ts';
import { COMMUNE } from '../protocol/world.ts';
import type { TestInstance } from './instance.ts';

export const SUBMISSION_TYPE = 'application/vnd.tinkin.submission';

/** A citizen's browser without the browser: real keys, real sealing, real proof of work, real routes. */
export interface Citizen {
  readonly keys: MailboxKeys;
  readonly sealed: SealedTip;
}

export interface CitizenOptions {
  readonly unit?: UnitId;
  readonly epoch?: number;
  readonly text?: string;
  readonly urgent?: boolean;
  readonly instance?: string;
  readonly assurance?: 'e2ee' | 'server-sealed';
  /** 32 bytes from which all keys come; the same master is the same mailbox. */
  readonly master?: Uint8Array;
  /** Tip id in hex; random unless told. */
  readonly tip?: string;
  /** Exact manifest of what it carries. */
  readonly manifest?: Uint8Array;
}

export function newCitizen({ world }: TestInstance, options: CitizenOptions = {}): Citizen {
  const { suite: random } = world;
  const fixed = Buffer.from(options.tip ?? '', 'hex');
  const suite = options.tip
    ? { ...random, randomBytes: (n: number) => (n === 16 ? fixed : random.randomBytes(n)) }
    : random;
  const keys = mailboxFromMaster(suite, options.master ?? suite.randomBytes(32));
  const sealed = sealTip(suite, {
    instance: options.instance ?? world.pins.instance,
    target: {
      unit: options.unit ?? COMMUNE,
      epoch: options.epoch ?? 1,
      publicKey: epochKeys(suite, world.epochSecret).kem.publicKey,
      directoryHash: 'cd'.repeat(32) as SealedTip['sealHash'],
    },
    content: new TextEncoder().encode(JSON.stringify({ what: options.text ?? 'Nhà nghỉ ở đầu bản' })),
    ...(options.manifest === undefined ? {} : { manifest: options.manifest }),
    keys,
    urgent: options.urgent ?? false,
    conductGroup: 'prostitution',
    channel: 'web',
    assurance: options.assurance ?? 'e2ee',
  });
  return { keys, sealed };
}

/** A post as the citizen's page makes it. */
export const postJson = (
  instance: Pick<TestInstance, 'app'>,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
) =>
  instance.app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

export async function askChallenge(instance: TestInstance, citizen: Citizen): Promise<ChallengeAnswer> {
  const response = await postJson(instance, '/api/challenge', { seal: citizen.sealed.sealHash });
  if (response.status !== 200) throw new Error(`challenge: ${response.status}`);
  return (await response.json()) as ChallengeAnswer;
}

export function finish(
  { world }: TestInstance,
  { keys, sealed }: Citizen,
  challenge: ChallengeAnswer,
  change: { readonly t0?: number; readonly solution?: Uint8Array } = {},
): PreparedSubmission {
  const solution = change.solution ?? answerPow((data) => world.suite.sha256(data), challenge);
  return finishSubmission(world.suite, sealed, keys, { t0: (change.t0 ?? challenge.t0) as Hour, solution });
}

export const postFrame = (
  instance: TestInstance,
  frame: Uint8Array,
  headers: Record<string, string> = {},
): Response | Promise<Response> =>
  instance.app.request('/api/tips', {
    method: 'POST',
    headers: { 'content-type': SUBMISSION_TYPE, 'sec-fetch-site': 'same-origin', ...headers },
    body: new Uint8Array(frame),
  });

/** The whole way of one honest submission. */
export async function submit(instance: TestInstance, options: CitizenOptions = {}) {
  const citizen = newCitizen(instance, options);
  const prepared = finish(instance, citizen, await askChallenge(instance, citizen));
  const response = await postFrame(instance, prepared.frame);
  return { citizen, prepared, response };
}

/** Code of a JSON error answer, with a check that it speaks both languages. */
export async function errorOf(response: Response): Promise<{ status: number; code: string; field?: string }> {
  const body = (await response.json()) as {
    error: { code: string; field?: string; message: { vi: string; en: string } };
  };
  if (!body.error.message.vi || !body.error.message.en) throw new Error('an error must speak both languages');
  const { code, field } = body.error;
  return { status: response.status, code, ...(field === undefined ? {} : { field }) };
}

/** How many tips, events, envelopes, mailboxes and spent challenges are stored. */
export function stored({ connection }: TestInstance): Record<string, number> {
  const count = (table: string): number =>
    (connection.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;
  return Object.fromEntries(
    ['tip', 'envelope', 'mailbox', 'acceptance', 'spent_challenge', 'tip_clock'].map((table) => [
      table,
      count(table),
    ]),
  );
}
