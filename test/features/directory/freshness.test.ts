import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Hash, Seconds, UnitId } from '../../../src/domain/ids.ts';
import { directoryRow, epochRow } from '../../../src/instance/statement-rows.ts';
import { fromBase64Url } from '../../../src/protocol/base64.ts';
import { decodeBundle } from '../../../src/protocol/bundle.ts';
import { parseDirectory, signDirectory } from '../../../src/protocol/directory.ts';
import { ProtocolError } from '../../../src/protocol/errors.ts';
import { freshTarget } from '../../../src/protocol/fresh-target.ts';
import { parseRevocation } from '../../../src/protocol/revocation.ts';
import { MAX_SECONDS } from '../../../src/protocol/statement.ts';
import type { Freshness } from '../../../src/protocol/wire-ledger.ts';
import { makeEpoch, revocationRecord } from '../../fixtures/epochs.ts';
import { call, ok, refusal } from '../../fixtures/http.ts';
import { COMMITTEE, type Instance, openInstance, PROVINCE, TO_HIEU } from '../../fixtures/instance.ts';
import { type WithLog, withLog } from '../../fixtures/ledger.ts';

let instance: Instance;
beforeEach(async () => {
  instance = await openInstance();
});
afterEach(() => instance.close());

const freshnessOf = async (unit: UnitId = TO_HIEU): Promise<Freshness> =>
  ok(await call(instance, 'GET', `/api/freshness?unit=${unit}`));

const bundleOf = async (unit: UnitId = TO_HIEU): Promise<Uint8Array> =>
  new Uint8Array(
    await (await call(instance, 'GET', `/api/directory?unit=${unit}&epochs=live`)).arrayBuffer(),
  );

/** What a browser finds that asks now. */
async function target(unit: UnitId = TO_HIEU, minWitnesses = 0) {
  const bundle = await bundleOf(unit);
  const freshness = await freshnessOf(unit);
  const pins = { ...instance.pins, minWitnesses };
  const request = { bundle, freshness, unit, excluded: [] };
  return freshTarget(instance.suite, pins, request, instance.clock.now());
}

const codeOf = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => '',
    (error: unknown) => (error instanceof ProtocolError ? error.code : String(error)),
  );

const signers = () => ['tohieu.truong', 'tohieu.canbo'].map((who) => instance.person(who).secrets.sign);

/** Ends an epoch of the unit, as its head and the one above do at once when somebody left. */
async function revoke(n: number): Promise<void> {
  const leaders = ['tohieu.truong', 'sonla.truong'].map((who) => instance.person(who).secrets.sign);
  const record = fromBase64Url(revocationRecord(instance, TO_HIEU, { kind: 'epoch', n }, leaders));
  await instance.recorder.statement({
    ...{ hash: parseRevocation(instance.suite, record).hash, kind: 'revocation', unit: TO_HIEU, person: '' },
    ...{ version: n, from: instance.clock.now(), until: MAX_SECONDS as Seconds, record },
  });
}

/** Another epoch that two members signed and that begins at once. */
async function addEpoch(): Promise<number> {
  const { body, n } = await makeEpoch(instance, TO_HIEU, signers(), [], { from: instance.clock.now() });
  await instance.recorder.statement(epochRow(instance.suite, fromBase64Url(body.record)));
  return n;
}

/** So long that no answer is kept in memory any more. */
const forget = () => instance.clock.pass(20);

describe('before the first checkpoint', () => {
  test('nothing is compared', async () => {
    expect(await freshnessOf()).toBeNull();
    expect(await target()).toMatchObject({ checkpoint: null, target: { unit: TO_HIEU } });
  });

  test('a build that asks for a witness seals nothing', async () => {
    expect(await codeOf(target(TO_HIEU, 1))).toBe('checkpoint_witnesses');
  });
});

describe('a unit’s freshness', () => {
  let log: WithLog;
  beforeEach(async () => {
    log = await withLog(instance);
  });

  test('is confirmed by the newest checkpoint, and small', async () => {
    const found = await target();
    expect(found).toMatchObject({ target: { unit: TO_HIEU, fallback: false }, checkpoint: { witnessed: 0 } });
    const response = await call(instance, 'GET', `/api/freshness?unit=${TO_HIEU}`, undefined, {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect((await response.arrayBuffer()).byteLength).toBeLessThan(4096);
  });

  test('is not confirmed without the witnesses that the build asks for', async () => {
    expect(await codeOf(target(TO_HIEU, 1))).toBe('checkpoint_witnesses');
  });

  test('shows of a unit without statements that the log has none', async () => {
    const { absent, states } = await freshnessOf(COMMITTEE);
    expect(states.map(({ unit }) => unit)).toContain('');
    expect([...states.map(({ unit }) => unit), ...absent.map(({ unit }) => unit)].sort()).toEqual(
      ['', COMMITTEE].sort(),
    );
    expect(await codeOf(target(COMMITTEE))).toBe('epoch_missing');
  });

  test('leaves a key to the next checkpoint that came after this one', async () => {
    const n = await addEpoch();
    forget();
    expect((await target()).target.epoch).toBeLessThan(n);
    await log.round();
    forget();
    expect((await target()).target.epoch).toBe(n);
  });

  test('lets a revocation count at once, and the unit above takes the tip', async () => {
    await revoke((await target()).target.epoch);
    forget();
    expect((await freshnessOf()).later).toHaveLength(1);
    expect((await target()).target).toMatchObject({ unit: PROVINCE, fallback: true });
    await log.round();
    forget();
    expect((await freshnessOf()).later).toEqual([]);
    expect((await target()).target).toMatchObject({ unit: PROVINCE, fallback: true });
  });

  test('goes by the directory that the log knows until it knows the newer one', async () => {
    const { suite, pins, store, directoryKeys } = instance;
    const before = parseDirectory(suite, (await store.directory.latest('directory'))!.record);
    const fields = {
      ...before,
      version: before.version + 1,
      prev: before.hash,
      issued: instance.clock.now(),
    };
    const record = signDirectory(suite, pins.instance, fields, directoryKeys);
    await instance.recorder.statement(directoryRow(suite, record));
    forget();
    expect((await target()).directory.version).toBe(before.version);
    expect(parseDirectory(suite, decodeBundle(await bundleOf()).directory).version).toBe(before.version);
    await log.round();
    forget();
    expect((await target()).directory.version).toBe(before.version + 1);
  });

  test('is refused once the log has stood still for two days', async () => {
    const { at } = (await target()).checkpoint!;
    instance.clock.set(at + 48 * 3600 + 1);
    expect(await codeOf(target())).toBe('checkpoint_stale');
  });
});

describe('a service that keeps a browser from the truth', () => {
  test('by a key that the log does not have, or an old bundle, is refused', async () => {
    const log = await withLog(instance);
    const old = await bundleOf();
    const { epoch } = (await target()).target;
    await revoke(epoch);
    await log.round();
    forget();
    const request = { unit: TO_HIEU, excluded: [] };
    const now = instance.clock.now();
    const freshness = await freshnessOf();
    const ask = (bundle: Uint8Array, said: Freshness) => async () =>
      freshTarget(instance.suite, instance.pins, { ...request, bundle, freshness: said }, now);
    expect(await codeOf(ask(old, freshness)())).toBe('freshness_mismatch');
    const hidden = { ...freshness, later: ['ab'.repeat(32) as Hash] };
    expect(await codeOf(ask(old, hidden)())).toBe('freshness_mismatch');
    expect(await codeOf(ask(await bundleOf(), freshness)())).toBe('');
  });
});

describe('what is asked wrongly', () => {
  test('is answered with its error', async () => {
    expect(await refusal(await call(instance, 'GET', '/api/freshness?unit=nobody'))).toMatchObject({
      status: 400,
      code: 'unit_unknown',
    });
    expect(await refusal(await call(instance, 'GET', '/api/freshness'))).toMatchObject({
      status: 400,
      code: 'field_invalid',
      field: 'unit',
    });
  });
});
