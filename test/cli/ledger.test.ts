import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileMark } from '../../src/adapters/mark/file-mark.ts';
import type { Seconds } from '../../src/domain/ids.ts';
import { instancePaths } from '../../src/instance/folder.ts';
import { openInstance } from '../../src/instance/open-instance.ts';
import { type Founded, foundedOnce } from './founded.ts';
import { type CliRun, tinkin } from './support.ts';

interface Status {
  readonly pending: number;
  readonly published: { readonly size: number; readonly age: number } | null;
}
interface Finding {
  readonly check: string;
  readonly status: string;
  readonly detail: string;
}

const ORIGIN = 'tin.example/so-cai';
/** Nobody listens there. */
const AWAY = 'http://127.0.0.1:9';
const founded = foundedOnce();

const on = ({ folder }: Founded, command: string, env: Record<string, string> = {}): Promise<CliRun> =>
  tinkin(['--data', folder, 'ledger', command, '--json'], { env });
const status = async (instance: Founded): Promise<Status> => (await on(instance, 'status')).json<Status>();
const doctor = async ({ folder }: Founded, env: Record<string, string> = {}) => {
  const run = await tinkin(['--data', folder, 'doctor', '--json'], { env });
  const { findings } = run.json<{ findings: readonly Finding[] }>();
  return (check: string) => findings.find((one) => one.check === check);
};
const publishedIn = async ({ folder }: Founded): Promise<number> => {
  const { store, close } = await openInstance(folder);
  return store.ledger
    .published()
    .then((batch) => batch?.size ?? 0)
    .finally(close);
};
const marked = ({ folder }: Founded, size: number): Promise<void> =>
  fileMark(instancePaths(folder).ledgerMark).write({
    origin: ORIGIN,
    size,
    root: new Uint8Array(32).fill(9),
  });
const witnessKey = async (folder: string): Promise<string> => {
  const run = await tinkin(['witness', 'init', 'xa.example', '--key', `${folder}/witness.key`, '--json']);
  return run.json<{ vkey: string }>().vkey;
};

describe('tinkin ledger', () => {
  it('takes what waits into the log by hand, and tells how the log stands before and after', async () => {
    const instance = founded();
    const before = await on(instance, 'status');
    expect(before.json()).toMatchObject({
      origin: ORIGIN,
      generation: 0,
      pending: null,
      published: null,
      witnesses: [],
      size: 0,
    });
    expect([before.exit, before.json()]).toMatchObject([0, { ok: true, oldest: null, wrong: [] }]);
    const run = await on(instance, 'sequence');
    expect([run.exit, run.err]).toEqual([0, '']);
    const size = await publishedIn(instance);
    expect(size).toBeGreaterThan(0);
    expect(run.json()).toMatchObject({ kind: 'appended', size, published: size, ok: true });
    expect((await on(instance, 'status')).json()).toMatchObject({
      ...{ origin: ORIGIN, generation: 1, former: [], size, behindMark: false, restored: false, pending: 0 },
      ...{ published: { size }, mark: { origin: ORIGIN, size }, cadence: 3600 },
    });
    expect((await status(instance)).published?.age).toBeGreaterThanOrEqual(0);
    const again = await on(instance, 'sequence');
    expect(again.json<{ size: number }>().size).toBeGreaterThan(size);
  });

  it('sequences nothing while a service holds the log', async () => {
    const instance = founded();
    await on(instance, 'sequence');
    const before = await publishedIn(instance);
    const { store, close } = await openInstance(instance.folder);
    const holder = new Uint8Array(16).fill(7);
    const held = await store.ledger.lease(holder, 8e9 as Seconds, 9e9 as Seconds).finally(close);
    expect(held).not.toBeNull();
    const run = await on(instance, 'sequence');
    expect([run.exit, run.json()]).toMatchObject([1, { error: { code: 'log_in_use' } }]);
    expect(await publishedIn(instance)).toBe(before);
  });

  it('says that a tree of which more was published is signed no further, and so does doctor', async () => {
    const instance = founded();
    await on(instance, 'sequence');
    const before = await publishedIn(instance);
    expect((await doctor(instance))('log mark')).toMatchObject({ status: 'ok' });
    await marked(instance, before + 256);
    const run = await on(instance, 'sequence');
    expect([run.exit, run.json()]).toMatchObject([1, { kind: 'rolled_back', published: before, ok: false }]);
    const told = await on(instance, 'status');
    const wrong = [{ check: 'log mark', status: 'fail' }];
    expect([told.exit, told.json()]).toMatchObject([1, { ok: false, behindMark: true, wrong }]);
    expect((await doctor(instance))('log mark')).toMatchObject({ status: 'fail' });
  });

  it('tells of a witness that has signed nothing and does not answer', async () => {
    const instance = founded();
    const vkey = await witnessKey(instance.folder);
    const env = { TINKIN_WITNESSES: `${vkey} ${AWAY}` };
    const run = await on(instance, 'sequence', env);
    expect(run.json()).toMatchObject({ kind: 'appended', witnesses: 0 });
    expect((await on(instance, 'status', env)).json()).toMatchObject({
      witnesses: [{ name: 'xa.example', vkey, asked: true, last: null }],
    });
    expect((await doctor(instance, env))('witness xa.example')).toMatchObject({ status: 'warn' });
    expect((await doctor(instance))('witness xa.example')).toBeUndefined();
  });

  it('counts as wrong in status when checkpoints wait for the witnesses that the pins ask for', async () => {
    const instance = founded();
    const { pins } = instancePaths(instance.folder);
    writeFileSync(pins, JSON.stringify({ ...JSON.parse(readFileSync(pins, 'utf8')), minWitnesses: 1 }));
    const env = { TINKIN_WITNESSES: `${await witnessKey(instance.folder)} ${AWAY}` };
    const first = await on(instance, 'sequence', env);
    expect([first.exit, first.json()]).toMatchObject([1, { kind: 'appended', published: 0, ok: false }]);
    const { size } = first.json<{ size: number }>();
    // One may be under way.
    const one = await on(instance, 'status', env);
    expect([one.exit, one.json()]).toMatchObject([0, { waiting: [size], oldest: { size }, wrong: [] }]);
    await on(instance, 'sequence', env);
    const two = await on(instance, 'status', env);
    expect([two.exit, two.json()]).toMatchObject([
      1,
      { published: null, oldest: { size }, wrong: [{ check: 'log', status: 'warn' }] },
    ]);
  });

  it('warns in doctor of a log that stands still', async () => {
    const instance = founded();
    expect((await doctor(instance))('log age')).toMatchObject({ status: 'ok' });
    await on(instance, 'sequence');
    expect((await doctor(instance))('log age')).toMatchObject({ status: 'ok' });
    const later = { TINKIN_DEMO_CLOCK_OFFSET: String(4 * 3600) };
    expect((await doctor(instance, later))('log age')).toMatchObject({ status: 'warn' });
  });

  it.each([
    ['a cadence that no production log has', { TINKIN_LEDGER_CADENCE: '7' }, 3, 'file_invalid'],
    ['a witness without a key', { TINKIN_WITNESSES: `nobody ${AWAY}` }, 1, 'witness_key'],
  ])('refuses %s', async (_, env, exit, code) => {
    const run = await on(founded(), 'sequence', env);
    expect([run.exit, run.json()]).toMatchObject([exit, { error: { code } }]);
  });

  it('says that a mark cannot be read instead of going on without it', async () => {
    const instance = founded();
    writeFileSync(instancePaths(instance.folder).ledgerMark, 'no mark');
    expect((await on(instance, 'sequence')).exit).toBe(1);
    expect(await publishedIn(instance)).toBe(0);
  });
});
