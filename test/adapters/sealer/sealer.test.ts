import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSealer, type SealerOptions } from '../../../src/adapters/sealer/sealer.ts';
import { AppError } from '../../../src/domain/errors.ts';
import { hourOf, type Seconds } from '../../../src/domain/ids.ts';
import type { PlainTip, Sealer } from '../../../src/ports/sealer.ts';
import { encodeBundle } from '../../../src/protocol/bundle.ts';
import { utf8 } from '../../../src/protocol/bytes.ts';
import { openEnvelope } from '../../../src/protocol/envelope.ts';
import { epochKeys } from '../../../src/protocol/epoch.ts';
import { deriveMailbox } from '../../../src/protocol/receipt-code.ts';
import { loadSodiumSuite } from '../../../src/protocol/sodium.ts';
import { checkSubmission, decodeSubmission } from '../../../src/protocol/submission.ts';
import type { Suite } from '../../../src/protocol/suite.ts';
import { epochRecipient } from '../../../src/protocol/wraps.ts';
import { COMMUNE, makeWorld, NOW, PROVINCE, unit, type World } from '../../protocol/world.ts';

let suite: Suite;
let world: World;
beforeAll(async () => {
  suite = await loadSodiumSuite();
  world = makeWorld(suite);
});

const open: Sealer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((sealer) => sealer.close()));
});

function sealerWith(change: Partial<SealerOptions> = {}): Sealer {
  const sealer = createSealer({
    pins: world.pins,
    clock: { now: () => NOW as Seconds },
    workers: 1,
    queue: 2,
    perMinute: 1000,
    bundleFor: async () => encodeBundle(world.bundle),
    ...change,
  });
  open.push(sealer);
  return sealer;
}
const tip = (change: Partial<PlainTip> = {}): PlainTip => ({
  content: new Uint8Array(utf8(JSON.stringify({ what: 'Quán cuối phố' }))),
  seed: suite.randomBytes(32) as Uint8Array<ArrayBuffer>,
  candidates: [COMMUNE],
  excluded: [],
  urgent: false,
  conductGroup: 'other',
  ...change,
});
const T0 = hourOf(NOW);
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'fulfilled',
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );

describe('sealing for browsers without script', () => {
  test('gives a frame that says server-sealed and that the unit can open, and a code that opens its mailbox', async () => {
    const sealed = await sealerWith().seal(tip(), T0);
    const decoded = decodeSubmission(sealed.frame);
    const checked = checkSubmission(suite, decoded, { instance: 'demo', assurances: ['server-sealed'] });
    expect(checked).toMatchObject({ t0: T0, tip: sealed.tip });
    expect(checked.facts.mailbox.locator).toBe(deriveMailbox(suite, sealed.code, 'demo').locator);
    const { content } = openEnvelope(
      suite,
      decoded,
      { id: epochRecipient(COMMUNE, 1), secretKey: epochKeys(suite, world.epochSecret).kem.secretKey },
      { instance: 'demo', tip: sealed.tip, seal: decoded.seal },
    );
    expect(JSON.parse(new TextDecoder().decode(content))).toEqual({ what: 'Quán cuối phố' });
  });

  test('makes the same tip with the same code from the same seed, and another from another', async () => {
    const sealer = sealerWith();
    const made = [1, 1, 2].map((n) => sealer.seal(tip({ seed: new Uint8Array(32).fill(n) }), T0));
    const [first, again, other] = await Promise.all(made);
    expect(again).toEqual(first);
    expect([other?.code === first?.code, other?.tip === first?.tip]).toEqual([false, false]);
  });

  test('leaves no readable copy of the content with the caller, nor the seed', async () => {
    const given = tip();
    await sealerWith().seal(given, T0);
    expect(given.content.length).toBe(0);
    expect(given.seed).toEqual(new Uint8Array(32));
  });

  test('tries the next candidate with the same content when one has no key', async () => {
    const sealed = await sealerWith().seal(tip({ candidates: [unit('14-99999-ca'), PROVINCE] }), T0);
    expect(sealed).toMatchObject({ unit: PROVINCE, fallback: true });
  });

  test('goes to the unit above when the unit itself has no key, unless that one is kept out', async () => {
    const bundle = encodeBundle({ ...world.bundle, epochs: world.bundle.epochs.slice(1) });
    const sealer = sealerWith({ bundleFor: async () => bundle });
    expect(await sealer.seal(tip(), T0)).toMatchObject({ unit: PROVINCE, fallback: true });
    expect(await codeOf(sealer.seal(tip({ excluded: [PROVINCE] }), T0))).toBe('epoch_unknown');
  });

  test('refuses what is beyond its queue at once, and does the rest', async () => {
    const sealer = sealerWith({ workers: 1, queue: 1 });
    const results = await Promise.all(Array.from({ length: 4 }, () => codeOf(sealer.seal(tip(), T0))));
    expect(results.toSorted()).toEqual(['fulfilled', 'fulfilled', 'sealer_busy', 'sealer_busy']);
    expect(await codeOf(sealer.seal(tip(), T0))).toBe('fulfilled');
  });

  test('lets reading and sending wait apart, so that a full queue of one does not refuse the other', async () => {
    const sealer = sealerWith({ workers: 1, queue: 1 });
    const code = (await sealer.seal(tip(), T0)).code;
    const done: string[] = [];
    const sends = [0, 1, 2].map(async () => done.push(`send ${await codeOf(sealer.seal(tip(), T0))}`));
    await new Promise(setImmediate);
    const read = sealer.unlock(code).then(() => done.push('read'));
    await Promise.all([...sends, read]);
    expect(done.toSorted()).toEqual(['read', 'send fulfilled', 'send fulfilled', 'send sealer_busy']);
  });

  test('takes turns: a reader waits for one tip, not for all that were there before', async () => {
    const sealer = sealerWith({ workers: 1, queue: 8 });
    const code = (await sealer.seal(tip(), T0)).code;
    const done: string[] = [];
    const sends = Array.from({ length: 5 }, async () => {
      await sealer.seal(tip(), T0);
      done.push('send');
    });
    await new Promise(setImmediate);
    await Promise.all([...sends, sealer.unlock(code).then(() => done.push('read'))]);
    expect(done.indexOf('read')).toBeLessThanOrEqual(2);
  });

  test('seals so many tips in a minute and no more, whoever sends, and says when the next minute begins', async () => {
    let now = NOW - (NOW % 60) + 45;
    const sealer = sealerWith({ perMinute: 2, clock: { now: () => now as Seconds } });
    for (const wanted of ['fulfilled', 'fulfilled', 'sealer_quota'])
      expect(await codeOf(sealer.seal(tip(), T0))).toBe(wanted);
    await expect(sealer.seal(tip(), T0)).rejects.toMatchObject({ retryAfter: 15 });
    expect(await codeOf(sealer.unlock('1'.repeat(28)))).toBe('code_malformed');
    now += 15;
    expect(await codeOf(sealer.seal(tip(), T0))).toBe('fulfilled');
  });

  test('does not seal under a directory that does not verify', async () => {
    const other = makeWorld(suite, 'another root');
    const sealer = sealerWith({ bundleFor: async () => encodeBundle(other.bundle) });
    await expect(sealer.seal(tip(), T0)).rejects.toMatchObject({ code: 'root_threshold' });
  });

  test('after closing it takes nothing more', async () => {
    const sealer = sealerWith();
    await sealer.close();
    expect(await codeOf(sealer.seal(tip(), T0))).toBe('unavailable');
  });
});

describe('unlocking for browsers without script', () => {
  let sealer: Sealer;
  beforeAll(() => {
    sealer = createSealer({
      pins: world.pins,
      clock: { now: () => NOW as Seconds },
      workers: 1,
      queue: 2,
      perMinute: 1000,
      bundleFor: async () => encodeBundle(world.bundle),
    });
  });
  afterAll(() => sealer.close());

  test('finds the locator and login key of a code, however it is spaced', async () => {
    const { code } = await sealer.seal(tip(), T0);
    const keys = deriveMailbox(suite, code, 'demo');
    const unlocked = await sealer.unlock(code.replace(/(.{4})/g, '$1 '));
    expect(unlocked.locator).toBe(keys.locator);
    expect(unlocked.loginKey).toEqual(keys.login.publicKey);
  });

  test('refuses a mistyped code without giving it to a thread', async () => {
    expect(await codeOf(sealer.unlock('1234'))).toBe('code_malformed');
    expect(await codeOf(sealer.unlock('0'.repeat(28)))).toBe('code_malformed');
  });
});
