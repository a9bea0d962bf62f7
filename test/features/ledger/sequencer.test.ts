import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Seconds } from '../../../src/domain/ids.ts';
import { logKey } from '../../../src/features/ledger/log-key.ts';
import { noteOf } from '../../../src/features/ledger/plan-batch.ts';
import { Sequencer, startSequencer } from '../../../src/features/ledger/sequencer.ts';
import { logProofs } from '../../../src/http/kit/log-proofs.ts';
import { parseCheckpoint } from '../../../src/ledger/checkpoint.ts';
import { witnessesOf } from '../../../src/ledger/cosignature.ts';
import { isSignedBy, parseNote } from '../../../src/ledger/note.ts';
import { verifyConsistency } from '../../../src/ledger/proofs.ts';
import { STATE_AHEAD } from '../../../src/ledger/state-tree.ts';
import { entryHash, verifyInclusion } from '../../../src/ledger/tree.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { testWitness, withLog } from '../../fixtures/ledger.ts';

let instance: Instance;
beforeEach(async () => {
  instance = await openInstance();
});
afterEach(() => instance.close());

const sha256 = (data: Uint8Array) => instance.deps.crypto.sha256(data);
const newest = async () => {
  const batch = await instance.store.ledger.published();
  if (batch === null) throw new Error('nothing is published');
  return batch;
};

describe('a round of the sequencer', () => {
  test('takes everything that waits and publishes a checkpoint that the log signed', async () => {
    const { mark } = await withLog(instance);
    const batch = await newest();
    const note = parseNote(new TextEncoder().encode(noteOf(batch)));
    if (note === null) throw new Error('the note cannot be read');
    const key = logKey(instance.deps, instance.deps.instance.logOrigin);
    expect(isSignedBy(note, key, (...job) => instance.suite.verify(...job))).toBe(true);
    expect(parseCheckpoint(note.text)).toEqual({ origin: key.name, size: batch.size, root: batch.root });
    expect(mark.value).toEqual({ origin: key.name, size: batch.size, root: batch.root });
    expect((await instance.store.ledger.next(10))?.pending).toEqual([]);
  });

  test('seals every tip at a place that its proof leads to', async () => {
    const tip = (await sendTip(instance)).tip;
    await withLog(instance);
    const batch = await newest();
    const [index] = await instance.store.ledger.indicesOf(1, tip);
    if (index === null || index === undefined) throw new Error('the tip is not in the log');
    const row = await instance.store.ledger.entries(1, Math.floor(index / 256));
    const entry = row?.subarray((index % 256) * 64, (index % 256) * 64 + 64) ?? new Uint8Array(0);
    const path = await logProofs(instance.deps).inclusion(1, index, batch.size);
    expect(verifyInclusion(sha256, entryHash(sha256, entry), index, batch.size, path, batch.root)).toBe(true);
  });

  test('makes a batch of the ladder’s smallest size even when nothing happened', async () => {
    const { round } = await withLog(instance);
    const before = await newest();
    expect(await round()).toMatchObject({ kind: 'appended', size: before.size + 8 });
  });

  test('makes as many batches as it takes', async () => {
    for (let i = 0; i < 5; i++) await sendTip(instance);
    const { options, mark } = await withLog(instance, { rounds: 0 });
    const small = new Sequencer(instance.deps, { ...options, ladder: [8], mark });
    await small.round(instance.deps.clock.now() as Seconds);
    expect((await instance.store.ledger.next(10))?.pending).toEqual([]);
    expect((await newest()).size % 8).toBe(0);
  });

  test('makes every tree begin with the one before', async () => {
    const { round } = await withLog(instance);
    const old = await newest();
    await sendTip(instance);
    await round();
    const now = await newest();
    const proof = await logProofs(instance.deps).consistency(1, old.size, now.size);
    expect(verifyConsistency(sha256, old.size, old.root, now.size, now.root, proof)).toBe(true);
  });

  test('says in its last leaf what directory stood, and which checkpoint was published before', async () => {
    const { round } = await withLog(instance);
    const first = await newest();
    await round();
    const [, second] = await instance.store.ledger.openedOf(1, 'log', 1, 10);
    const part = JSON.parse(new TextDecoder().decode(second?.restrictedPart)) as Record<string, never>;
    expect(part).toMatchObject({
      v: 1,
      from: first.size,
      size: first.size + 8,
      published: { size: first.size, root: Buffer.from(first.root).toString('hex') },
    });
    expect(second?.index).toBe(first.size + 7);
    const states = await instance.store.ledger.unitStates(
      1_000_000,
      instance.deps.clock.now() as Seconds,
      STATE_AHEAD,
    );
    expect(part).toMatchObject({ directory: { units: states.length } });
    expect(states[0]?.unit).toBe('');
  });

  test('leaves everything to the process that has the lease', async () => {
    const { options } = await withLog(instance);
    const other = new Sequencer(instance.deps, options);
    expect(await other.round(instance.deps.clock.now() as Seconds)).toMatchObject({ kind: 'not_holder' });
    instance.clock.pass(3);
    expect(await other.round(instance.deps.clock.now() as Seconds)).toMatchObject({ kind: 'appended' });
  });
});

describe('a service that starts', () => {
  /** How many leaves a start adds, so many seconds after the last checkpoint. */
  const addedByStart = async (seconds: number): Promise<number> => {
    const { options } = await withLog(instance);
    const { size } = await newest();
    instance.clock.pass(seconds);
    const running = startSequencer(instance.deps, { ...options, cadence: 3600 });
    // Its first round has ended when it has stopped.
    await running.stop();
    return (await newest()).size - size;
  };

  test('leaves the next checkpoint to the clock', async () => {
    expect(await addedByStart(3600)).toBe(0);
  });

  test('makes the next one at once when the newest is so old that browsers would soon refuse it', async () => {
    expect(await addedByStart(86_401)).toBe(8);
  });
});

describe('witnesses', () => {
  test('are waited for: nothing is published before enough have signed', async () => {
    const witness = testWitness(instance);
    witness.down = true;
    const { round } = await withLog(instance, { witnesses: [witness] });
    expect(await instance.store.ledger.published()).toBeNull();
    witness.down = false;
    const { published, size, witnesses } = await round();
    expect([published, witnesses]).toEqual([size, 1]);
    const note = parseNote(new TextEncoder().encode(noteOf(await newest())));
    if (note === null) throw new Error('the note cannot be read');
    expect(witnessesOf(note, [witness.key], (...job) => instance.suite.verify(...job))).toHaveLength(1);
  });

  test('are asked again after a restart, from the size that they name', async () => {
    const witness = testWitness(instance);
    const { options, round } = await withLog(instance, { witnesses: [witness] });
    await round();
    instance.clock.pass(120);
    const again = new Sequencer(instance.deps, options);
    expect(await again.round(instance.deps.clock.now() as Seconds)).toMatchObject({ witnesses: 1 });
  });

  test('finish what a kill broke off, without a new batch', async () => {
    const witness = testWitness(instance);
    witness.down = true;
    const { options } = await withLog(instance, { witnesses: [witness] });
    witness.down = false;
    instance.clock.pass(120);
    const again = new Sequencer(instance.deps, options);
    const now = instance.deps.clock.now() as Seconds;
    const { kind, size, published } = await again.round(now, { append: false });
    expect([kind, published]).toEqual(['idle', size]);
  });

  test('who lie in their line count for nothing', async () => {
    const [witness, other] = [testWitness(instance), testWitness(instance, 2)];
    const liar = { ...other, key: witness.key };
    await withLog(instance, { witnesses: [liar] });
    expect(await instance.store.ledger.published()).toBeNull();
  });

  test('who know a greater tree stop the log', async () => {
    const witness = testWitness(instance);
    witness.seen.set(instance.deps.instance.logOrigin, { size: 10_000, root: new Uint8Array(32) });
    const { round } = await withLog(instance, { rounds: 0, witnesses: [witness] });
    expect(await round()).toMatchObject({ kind: 'rolled_back', published: 0 });
  });

  test('are asked before anything is signed, of what they signed before the restart too: a restored log signs nothing new', async () => {
    const witness = testWitness(instance);
    const { options } = await withLog(instance, { witnesses: [witness] });
    const { size } = await newest();
    witness.seen.set(instance.deps.instance.logOrigin, { size: size + 8, root: new Uint8Array(32) });
    instance.clock.pass(120);
    const restored = new Sequencer(instance.deps, options);
    for (let round = 0; round < 2; round++) {
      instance.clock.pass(10);
      const told = await restored.round(instance.deps.clock.now() as Seconds);
      expect(told).toMatchObject({ kind: 'rolled_back', size });
    }
  });
});

test('a service that is stopped leaves the log to the next one at once', async () => {
  const { options, sequencer } = await withLog(instance);
  const now = instance.deps.clock.now() as Seconds;
  const next = new Sequencer(instance.deps, options);
  expect((await next.round(now)).kind).toBe('not_holder');
  await sequencer.rest(now);
  expect((await next.round(now)).kind).toBe('appended');
});

test('a database that knows less than the mark beside it signs nothing', async () => {
  const { mark, round } = await withLog(instance);
  const { size } = await newest();
  mark.value = { origin: instance.deps.instance.logOrigin, size: size + 8, root: new Uint8Array(32) };
  expect(await round()).toMatchObject({ kind: 'rolled_back', size, published: size });
});
