import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openVerifyThreads } from '../../src/adapters/crypto/verify-threads.ts';
import { openThreadedStore } from '../../src/adapters/store/threaded/open.ts';
import { directoryContract } from '../contract/store-directory.ts';
import { intakeContract } from '../contract/store-intake.ts';
import { mailboxContract } from '../contract/store-mailbox.ts';

const migrations = join(import.meta.dirname, '../../db/sqlite');

async function inFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'tinkin-threaded-'));
  const store = await openThreadedStore({ file: join(folder, 'tinkin.sqlite'), migrations });
  const close = async (): Promise<void> => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { store, folder, close };
}

// The adapter behind is the one that keeps the whole contract; here it is the way there and back that is tried: the packed batch, plain
// arguments, bytes, errors.
describe('the embedded store on its own thread keeps the contract', () => {
  describe('intake', () => intakeContract(inFolder));
  describe('mailbox', () => mailboxContract(inFolder));
  describe('directory', () => directoryContract(inFolder));
});

test('a file that cannot be opened is refused where it was asked for', async () => {
  const opening = openThreadedStore({ file: '/nowhere/at/all.sqlite', migrations });
  await expect(opening).rejects.toThrow(/directory/);
});

test('after closing, every call is refused instead of left waiting', async () => {
  const { store, close } = await inFolder();
  await close();
  await expect(store.ping()).rejects.toThrow('ended');
  await expect(store.close()).resolves.toBeUndefined();
});

test('closing it is no loss that anybody is told of', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tinkin-threaded-'));
  const lost: string[] = [];
  const store = await openThreadedStore({ file: join(folder, 'tinkin.sqlite'), migrations }, () =>
    lost.push('store'),
  );
  const threads = openVerifyThreads(1, () => lost.push('verify'));
  await store.close();
  await threads.close();
  await new Promise((resolve) => setImmediate(resolve));
  expect(lost).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});
