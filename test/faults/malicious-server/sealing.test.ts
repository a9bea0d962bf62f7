import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { TipSession } from '../../../src/client/worker/tip-session.ts';
import type { Seconds } from '../../../src/domain/ids.ts';
import { epochRow } from '../../../src/instance/statement-rows.ts';
import { fromBase64Url } from '../../../src/protocol/base64.ts';
import { decodeBundle, packBundle } from '../../../src/protocol/bundle.ts';
import { openEnvelope } from '../../../src/protocol/envelope.ts';
import { epochKeys } from '../../../src/protocol/epoch.ts';
import { ProtocolError } from '../../../src/protocol/errors.ts';
import type { Fetched } from '../../../src/protocol/fresh-target.ts';
import { parseRevocation } from '../../../src/protocol/revocation.ts';
import { MAX_SECONDS } from '../../../src/protocol/statement.ts';
import { decodeSubmission } from '../../../src/protocol/submission.ts';
import type { ChallengeAnswer } from '../../../src/protocol/wire.ts';
import type { Freshness } from '../../../src/protocol/wire-ledger.ts';
import { epochRecipient } from '../../../src/protocol/wraps.ts';
import { contentOf } from '../../client/console/worker/console-world.ts';
import { type MadeEpoch, makeEpoch, revocationRecord } from '../../fixtures/epochs.ts';
import { call, ok } from '../../fixtures/http.ts';
import { type Instance, openInstance, PROVINCE, TO_HIEU } from '../../fixtures/instance.ts';
import { withLog } from '../../fixtures/ledger.ts';

/** The check that the citizen's browser makes before it seals, which a test takes out. */
const browser = vi.hoisted(() => ({ compares: true }));
vi.mock('../../../src/protocol/freshness.ts', async (original) => {
  const real = await original<typeof import('../../../src/protocol/freshness.ts')>();
  const checkFreshness: typeof real.checkFreshness = (...given) =>
    browser.compares ? real.checkFreshness(...given) : null;
  return { ...real, checkFreshness };
});

interface World {
  readonly instance: Instance;
  /** What the service gave before the unit's first epoch ended, and what it gives now. */
  readonly before: Fetched;
  readonly now: Fetched;
  /** An epoch that two members were made to sign and that the log never saw. */
  readonly swapped: MadeEpoch;
}

const signers = (instance: Instance, ...who: readonly string[]) =>
  who.map((one) => instance.person(one).secrets.sign);

const fetched = async ({ app }: Instance): Promise<Fetched> => ({
  bundle: new Uint8Array(
    await (await app.request(`/api/directory?unit=${TO_HIEU}&epochs=live`)).arrayBuffer(),
  ),
  freshness: await ok<Freshness>(await app.request(`/api/freshness?unit=${TO_HIEU}`)),
});

/** A unit whose key was ended because somebody left with it, and that has a new one; all of it is in the log. */
async function makeWorld(): Promise<World> {
  const instance = await openInstance();
  const { round } = await withLog(instance);
  const before = await fetched(instance);
  const leaders = signers(instance, 'tohieu.truong', 'sonla.truong');
  const ended = fromBase64Url(revocationRecord(instance, TO_HIEU, { kind: 'epoch', n: 1 }, leaders));
  await instance.recorder.statement({
    ...{ hash: parseRevocation(instance.suite, ended).hash, kind: 'revocation', unit: TO_HIEU, person: '' },
    ...{ version: 1, from: instance.clock.now(), until: MAX_SECONDS as Seconds, record: ended },
  });
  const members = signers(instance, 'tohieu.truong', 'tohieu.canbo');
  const change = { from: instance.clock.now() };
  const next = await makeEpoch(instance, TO_HIEU, members, [], change);
  await instance.recorder.statement(epochRow(instance.suite, fromBase64Url(next.body.record)));
  await round();
  instance.clock.pass(20);
  const swapped = await makeEpoch(instance, TO_HIEU, members, [], { from: instance.clock.now() - 10 });
  return { instance, before, now: await fetched(instance), swapped };
}

/** Something that whoever runs the service does before a tip is sealed. */
interface Attack {
  /** As the end of the sentence "a service that …". */
  readonly name: string;
  readonly caughtAs: string;
  /** Seconds after the world was made. */
  readonly after?: number;
  readonly serve: (world: World) => Fetched;
  /** Whom the tip is sealed for where nobody compares: epoch and unit. */
  readonly reaches: (world: World) => { readonly unit: string; readonly epoch: number };
}

const ATTACKS: readonly Attack[] = [
  {
    name: 'swaps the unit’s key for one that it can open',
    caughtAs: 'freshness_mismatch',
    serve: ({ now, swapped }) => {
      const honest = decodeBundle(now.bundle);
      const epochs = [...honest.epochs, fromBase64Url(swapped.body.record)];
      return { ...now, bundle: packBundle({ ...honest, epochs }) };
    },
    reaches: ({ swapped }) => ({ unit: TO_HIEU, epoch: swapped.n }),
  },
  {
    name: 'replays the directory of before the key was ended',
    caughtAs: 'freshness_mismatch',
    serve: ({ before, now }) => ({ bundle: before.bundle, freshness: now.freshness }),
    reaches: () => ({ unit: TO_HIEU, epoch: 1 }),
  },
  {
    name: 'replays that directory with its old checkpoint, days later',
    caughtAs: 'checkpoint_stale',
    after: 49 * 3600,
    serve: ({ before }) => before,
    reaches: () => ({ unit: TO_HIEU, epoch: 1 }),
  },
  {
    name: 'hides the unit’s keys, so that the tip goes to the unit above',
    caughtAs: 'freshness_mismatch',
    serve: ({ now }) => {
      const honest = decodeBundle(now.bundle);
      const above = honest.epochs.filter((record) => !payloadOf(record).includes(`"${TO_HIEU}"`));
      return { ...now, bundle: packBundle({ ...honest, epochs: above }) };
    },
    reaches: () => ({ unit: PROVINCE, epoch: 1 }),
  },
  {
    name: 'says that nothing is published, to a build that asks for a witness',
    caughtAs: 'checkpoint_witnesses',
    serve: ({ before }) => ({ bundle: before.bundle, freshness: null }),
    reaches: () => ({ unit: TO_HIEU, epoch: 1 }),
  },
];

const payloadOf = (record: Uint8Array): string =>
  atob((JSON.parse(new TextDecoder().decode(record)) as { payload: string }).payload);

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterEach(() => {
  browser.compares = true;
});
afterAll(() => world.instance.close());

/** A citizen's browser that asks, and seals if it finds whom for; the sealed tip as it leaves the device. */
async function send(given: Fetched, { after = 0, minWitnesses = 0 } = {}) {
  const { suite, pins, clock } = world.instance;
  const session = new TipSession(suite, { ...pins, minWitnesses });
  session.prepare(false);
  session.findTarget({ ...given, unit: TO_HIEU, excluded: [] }, clock.now() + after);
  const content = contentOf('Họ giữ giấy tờ của các em');
  const { sealHash: seal } = session.seal({ content, urgent: false, conductGroup: 'other' });
  const challenge = await ok<ChallengeAnswer>(await call(world.instance, 'POST', '/api/challenge', { seal }));
  return decodeSubmission(session.prove(challenge, () => undefined));
}

/** The code with which the browser refuses; empty when it seals. */
async function refusal({ serve, after = 0, caughtAs }: Attack): Promise<string> {
  const minWitnesses = caughtAs === 'checkpoint_witnesses' ? 1 : 0;
  try {
    await send(serve(world), { after, minWitnesses });
    return '';
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return error.code;
  }
}

describe('an honest service', () => {
  test('has its tips sealed to the unit’s new key, by the log’s word', async () => {
    const { parsed } = await send(world.now);
    expect(parsed.core).toMatchObject({ unit: TO_HIEU });
    expect(parsed.core.epoch).toBe(world.swapped.n - 1);
  });
});

describe('a service that', () => {
  test.each(ATTACKS)('$name is caught by the citizen’s browser: $caughtAs', async (attack) => {
    expect(await refusal(attack)).toBe(attack.caughtAs);
  });

  test.each(ATTACKS)('$name goes unnoticed where the browser does not compare', async (attack) => {
    browser.compares = false;
    const { parsed } = await send(attack.serve(world), { after: attack.after ?? 0 });
    expect(parsed.core).toMatchObject(attack.reaches(world));
  });

  test('swaps the key would read the tip, were it not for the comparison', async () => {
    browser.compares = false;
    const [swap] = ATTACKS;
    const decoded = await send(swap!.serve(world));
    const { suite, pins } = world.instance;
    const reader = {
      id: epochRecipient(TO_HIEU, world.swapped.n),
      secretKey: epochKeys(suite, world.swapped.secret).kem.secretKey,
    };
    const place = { instance: pins.instance, tip: decoded.parsed.core.tip, seal: decoded.seal };
    const { content } = openEnvelope(suite, decoded, reader, place);
    expect(new TextDecoder().decode(content)).toContain('Họ giữ giấy tờ');
  });
});
