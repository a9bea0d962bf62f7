import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBatcher, type ReadySubmission } from '../../../src/features/intake/batcher.ts';
import type { Deps } from '../../../src/ports/deps.ts';
import type { Submission, SubmissionResult } from '../../../src/ports/store/intake-store.ts';
import { openTestInstance, type TestInstance } from '../../http/instance.ts';

let instance: TestInstance;
beforeEach(async () => {
  instance = await openTestInstance();
});
afterEach(() => instance.close());

const ready = (n: number): ReadySubmission =>
  ({
    tip: String(n).padStart(32, '0'),
    sealHash: String(n).padStart(64, '0'),
    unit: '14-ca',
    t0: 498_696,
    assurance: 'e2ee',
    event: { record: new Uint8Array(10), openings: {} },
  }) as unknown as ReadySubmission;

/** A store that finishes a transaction only when it is told to. */
function slowStore(answer: (batch: readonly Submission[]) => readonly SubmissionResult[]) {
  const batches: (readonly Submission[])[] = [];
  const open: (() => void)[] = [];
  const accept = (batch: readonly Submission[]): Promise<readonly SubmissionResult[]> =>
    new Promise((resolve, reject) => {
      batches.push(batch);
      open.push(() => {
        try {
          resolve(answer(batch));
        } catch (error) {
          reject(error);
        }
      });
    });
  const deps = { ...instance.deps, store: { ...instance.deps.store, intake: { accept } } } as unknown as Deps;
  return { deps, batches, finish: () => open.shift()?.() };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
const accepted = (batch: readonly Submission[]) => batch.map((): SubmissionResult => ({ kind: 'accepted' }));

describe('group commit', () => {
  test('sends a lone submission at once', async () => {
    const { deps, batches } = slowStore(accepted);
    createBatcher(deps).add(ready(1));
    await turn();
    expect(batches.map((batch) => batch.length)).toEqual([1]);
  });

  test('takes everything that arrives while a transaction is written into the next one', async () => {
    const { deps, batches, finish } = slowStore(accepted);
    const batcher = createBatcher(deps);
    const all = [batcher.add(ready(1))];
    await turn();
    for (let n = 2; n <= 11; n++) all.push(batcher.add(ready(n)));
    await turn();
    expect(batches.length).toBe(1);
    finish();
    await turn();
    finish();
    await Promise.all(all);
    expect(batches.map((batch) => batch.length)).toEqual([1, 10]);
  });

  test('answers nobody before the transaction is on disk', async () => {
    const { deps, finish } = slowStore(accepted);
    let answered = false;
    const one = createBatcher(deps)
      .add(ready(1))
      .then(() => {
        answered = true;
      });
    await turn();
    expect(answered).toBe(false);
    finish();
    await one;
    expect(answered).toBe(true);
  });

  test('keeps a transaction within its size', async () => {
    const { deps, batches, finish } = slowStore(accepted);
    const batcher = createBatcher(deps, { maxBatch: 4 });
    const all = Array.from({ length: 10 }, (_, n) => batcher.add(ready(n)));
    for (let i = 0; i < 3; i++) {
      await turn();
      finish();
    }
    await Promise.all(all);
    expect(batches.map((batch) => batch.length)).toEqual([4, 4, 2]);
  });

  test('gives each submission the result of its own row', async () => {
    const { deps, finish } = slowStore((batch) =>
      batch.map(
        (_, i): SubmissionResult =>
          i === 1 ? { kind: 'refused', code: 'tip_conflict' } : { kind: 'accepted' },
      ),
    );
    const batcher = createBatcher(deps);
    const all = [1, 2, 3].map((n) => batcher.add(ready(n)));
    await turn();
    finish();
    expect((await Promise.all(all)).map(({ kind }) => kind)).toEqual(['accepted', 'refused', 'accepted']);
  });

  test('that fails as a whole fails for all in it, and for nobody after', async () => {
    let broken = true;
    const { deps, finish } = slowStore((batch) => {
      if (broken) throw new Error('disk');
      return accepted(batch);
    });
    const batcher = createBatcher(deps);
    const first = batcher.add(ready(1));
    const failed = expect(first).rejects.toThrow('disk');
    await turn();
    finish();
    await failed;
    broken = false;
    const second = batcher.add(ready(2));
    await turn();
    finish();
    expect((await second).kind).toBe('accepted');
  });

  test('refuses more than it can hold instead of growing without end', async () => {
    const { deps } = slowStore(accepted);
    const batcher = createBatcher(deps, { maxBatch: 1, maxWaiting: 3 });
    batcher.add(ready(0));
    await turn();
    for (let n = 1; n <= 3; n++) batcher.add(ready(n));
    expect(() => batcher.add(ready(4))).toThrow('unavailable');
  });
});
