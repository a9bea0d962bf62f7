import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Given } from '../../src/audit/environment.ts';
import type { Seconds } from '../../src/domain/ids.ts';
import { noteOf } from '../../src/features/ledger/plan-batch.ts';
import { type Round, Sequencer } from '../../src/features/ledger/sequencer.ts';
import { recordLaw } from '../../src/instance/law.ts';
import { type OpenInstance, openInstance } from '../../src/instance/open-instance.ts';
import { eventDeps } from '../../src/instance/recorder.ts';
import { nothingEmptied, restoredLog } from '../../src/instance/restore.ts';
import { sequencerOptions } from '../../src/instance/sequencing.ts';
import { shippedData } from '../../src/instance/shipped-data.ts';
import { audited } from '../faults/support/bundle.ts';
import { temporaryFolder } from '../instance/support.ts';
import { type Founded, foundedOnce, withKeys } from './founded.ts';
import { tinkin } from './support.ts';

const CADENCE = 10;
const founded = foundedOnce();
let now = Math.floor(Date.now() / 1000);

async function on<T>(folder: string, work: (instance: OpenInstance) => Promise<T>): Promise<T> {
  const instance = await openInstance(folder);
  return work(instance).finally(() => instance.close());
}

/** One round of a service that has no witness. */
const round = (folder: string): Promise<Round> =>
  on(folder, async ({ store, facts, secrets }) => {
    // Never behind the machine's clock, by which the commands between two rounds leave the lease.
    now = Math.max(now, Math.floor(Date.now() / 1000)) + CADENCE;
    const clock = { now: () => now as Seconds };
    const deps = eventDeps(store, facts.id, secrets.ledgerSeed, clock);
    const instance = { id: facts.id, logOrigin: facts.logOrigin };
    const configured = { ...facts, cadence: CADENCE, minWitnesses: 0 } as never;
    const options = sequencerOptions({ instance: configured, witnesses: [] }, folder);
    const sequencer = new Sequencer({ ...deps, instance }, options);
    const result = await sequencer.round(now as Seconds);
    // The service stops: its clock is ahead of the machine's here.
    await sequencer.rest(0 as Seconds);
    return result;
  });

/** What a service does at its start, before its first round. */
const start = (folder: string) =>
  on(folder, ({ store, facts, secrets }) =>
    recordLaw({
      ...eventDeps(store, facts.id, secrets.ledgerSeed, { now: () => now as Seconds }),
      ...{ store, data: shippedData() },
    }),
  );

/** The newest published checkpoint, as somebody may have kept it. */
const noteIn = (folder: string): Promise<Uint8Array> =>
  on(folder, async ({ store }) => {
    const batch = await store.ledger.published();
    return new TextEncoder().encode(batch === null ? '' : noteOf(batch));
  });

const found = async (folder: string, given: Given = {}): Promise<readonly string[]> =>
  (await audited(folder, given)).violations.map(({ check }) => check);

/** An instance whose log went on after its backup, and the backup, restored. */
interface RolledBack {
  readonly live: Founded;
  readonly again: Founded;
  /** What somebody keeps of the log that was lost. */
  readonly kept: Uint8Array;
}

async function rolledBack(home: string): Promise<RolledBack> {
  const live = founded(home);
  await start(live.folder);
  await round(live.folder);
  await tinkin(['--data', live.folder, 'backup', join(home, 'backup')]);
  await withKeys(live, 'keys', 'publish');
  await round(live.folder);
  const again = { ...live, folder: join(home, 'again') };
  await tinkin(['restore', join(home, 'backup'), again.folder]);
  await nothingEmptied(again.folder);
  return { live, again, kept: await noteIn(live.folder) };
}

const declare = (instance: Founded, ...more: readonly string[]) =>
  withKeys(
    instance,
    'ledger',
    'declare-rollback',
    '--reason',
    'Ổ đĩa hỏng, phải dùng bản lưu đêm trước.',
    ...more,
  );

const home = mkdtempSync(join(tmpdir(), 'tinkin-rolled-back-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('a log that a restore has rolled back', () => {
  let world: RolledBack;
  beforeAll(async () => {
    world = await rolledBack(home);
  });

  it('is signed no further before somebody declares it', async () => {
    const { again } = world;
    const before = await noteIn(again.folder);
    expect(await round(again.folder)).toMatchObject({ kind: 'restored' });
    expect(await noteIn(again.folder)).toEqual(before);
  });

  it('cannot be declared while a service holds it', async () => {
    const { folder } = world.again;
    const holder = new Uint8Array(16).fill(7);
    const lease = (until: number) =>
      on(folder, ({ store }) => store.ledger.lease(holder, 0 as Seconds, until as Seconds));
    await lease(now + 1_000_000);
    const run = await declare(world.again);
    await lease(0);
    expect([run.exit, run.json()]).toMatchObject([1, { error: { code: 'log_in_use' } }]);
  });

  it('begins once declared under a name of its own, and an auditor finds nothing wrong', async () => {
    const { again, kept } = world;
    const note = join(home, 'kept.note');
    writeFileSync(note, kept);
    const run = await declare(again, '--note', note);
    expect(run.err).toBe('');
    const told = run.json<{
      former: string;
      origin: string;
      own: { size: number };
      known: { size: number };
    }>();
    expect(told.former).toBe('tin.example/so-cai');
    expect(told.origin).toMatch(/^tin\.example\/so-cai\/since-\d{8}T\d{6}Z$/);
    expect(told.known.size).toBeGreaterThan(told.own.size);
    expect(await round(again.folder)).toMatchObject({ kind: 'appended' });
    expect(new TextDecoder().decode(await noteIn(again.folder))).toContain(`${told.origin}\n`);
    expect(await found(again.folder)).toEqual([]);
    expect(await found(again.folder, { notes: [kept] })).toEqual([]);
  });

  it('is declared once', async () => {
    const run = await declare(world.again);
    expect([run.exit, run.json()]).toMatchObject([1, { error: { code: 'log_unbroken' } }]);
  });

  it('that had more than was declared is named to an auditor whom somebody shows what it had', async () => {
    const { live, again } = world;
    for (let i = 0; i < 3; i++) await round(live.folder);
    expect(await found(again.folder, { notes: [await noteIn(live.folder)] })).toEqual(['rollBackDeclared']);
  });

  it('is a fork to an auditor when the service goes on as if nothing had been', async () => {
    const { again, kept } = await rolledBack(temporaryFolder());
    await restoredLog(again.folder).settle();
    await round(again.folder);
    await round(again.folder);
    expect(await found(again.folder)).toEqual([]);
    expect(await found(again.folder, { notes: [kept] })).toEqual(['fork']);
  });

  it('and begun under another name in silence is named as not declared', async () => {
    const { folder } = founded();
    await round(folder);
    await on(folder, ({ store, facts }) => store.ledger.begin(`${facts.logOrigin}x`, now as Seconds, null));
    await round(folder);
    expect(await found(folder)).toContain('rollBackDeclared');
  });
});

describe('declaring a roll-back', () => {
  it('is refused while nobody knows more of the log than the database', async () => {
    const instance = founded();
    await round(instance.folder);
    const run = await declare(instance);
    expect([run.exit, run.json()]).toMatchObject([1, { error: { code: 'log_unbroken' } }]);
  });

  it.each([['two\nlines'], [' '], ['x'.repeat(501)]])(
    'wants a reason of one line, not %j',
    async (reason) => {
      const run = await withKeys(founded(), 'ledger', 'declare-rollback', '--reason', reason);
      expect(run.exit).toBe(2);
    },
  );
});
