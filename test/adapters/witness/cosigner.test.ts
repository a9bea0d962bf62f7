import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { witnessFolder } from '../../../src/adapters/witness/witness-folder.ts';
import { utf8 } from '../../../src/ledger/note.ts';
import { encodeWitnessRequest } from '../../../src/ledger/witness.ts';
import { asked, cosignerOver, LOG_KEY, NOW, stateFolder, timeOf } from './world.ts';

const body = (...of: Parameters<typeof asked>) => encodeWitnessRequest(asked(...of));
const evidenceIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /evidence.*\.note$/.test(name));

test('a witness signs a tree with the time at which it saw it, and goes on from there after a new start', async () => {
  const folder = stateFolder(onTestFinished);
  const first = await cosignerOver(folder)(body(0, 8));
  expect(first.status === 200 && timeOf(asked(0, 8).note.text, first.line)).toBe(NOW);
  const next = cosignerOver(folder);
  expect(await next(body(0, 24))).toMatchObject({ status: 409, size: 8, fork: false });
  expect(await next(body(8, 24))).toMatchObject({ status: 200 });
});

test('a witness that was killed before its answer signs the same tree again, and no other of that size', async () => {
  const folder = stateFolder(onTestFinished);
  await cosignerOver(folder)(body(0, 8));
  const again = cosignerOver(folder);
  expect(await again(body(8, 8))).toMatchObject({ status: 200 });
  expect(await again(body(8, 8, 100))).toMatchObject({ status: 409, size: 8, fork: true });
});

test('of two trees that arrive at once one is signed, by one program or by two over one folder', async () => {
  for (const two of [false, true]) {
    const folder = stateFolder(onTestFinished);
    const one = cosignerOver(folder);
    const other = two ? cosignerOver(folder) : one;
    const answers = await Promise.all([one(body(0, 8)), other(body(0, 8, 100))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  }
});

test('two trees of one size, and a tree that does not go on from what was seen, are kept as evidence once', async () => {
  const folder = stateFolder(onTestFinished);
  const cosigner = cosignerOver(folder);
  await cosigner(body(0, 8));
  for (let twice = 0; twice < 2; twice++) {
    expect(await cosigner(body(8, 8, 100))).toMatchObject({ status: 409 });
    expect(await cosigner(body(8, 24, 100))).toEqual({ status: 422, origin: LOG_KEY.name });
  }
  expect(evidenceIn(folder)).toHaveLength(4);
  const seen = evidenceIn(folder).filter((name) => name.endsWith('.seen.note'));
  expect(readFileSync(join(folder, seen[0] ?? ''), 'utf8')).toContain(asked(0, 8).note.text);
});

test('nobody fills the room for evidence by asking badly about honest checkpoints', async () => {
  const folder = stateFolder(onTestFinished);
  const cosigner = cosignerOver(folder);
  await cosigner(body(0, 8));
  const { old, proof, note } = asked(8, 24);
  for (let i = 0; i < 5; i++) {
    const junk = { name: 'junk.example', id: new Uint8Array(4), signature: new Uint8Array(64).fill(i) };
    const lined = { ...note, signatures: [...note.signatures, junk] };
    const bad = encodeWitnessRequest({ old, proof: [...proof, new Uint8Array(32).fill(i)], note: lined });
    expect(await cosigner(bad)).toEqual({ status: 422, origin: LOG_KEY.name });
    const same = asked(8, 8);
    const again = { ...same.note, signatures: [...same.note.signatures, junk] };
    const badly = encodeWitnessRequest({ old: 8, proof: [new Uint8Array(32).fill(i)], note: again });
    expect(await cosigner(badly)).toEqual({ status: 422, origin: LOG_KEY.name });
  }
  expect(evidenceIn(folder)).toHaveLength(2);
});

test('nothing is kept of who is not a known log, and nothing malformed is looked at', async () => {
  const folder = stateFolder(onTestFinished);
  const cosigner = cosignerOver(folder);
  const text = new TextDecoder().decode(body(0, 8));
  expect(await cosigner(utf8(text.replaceAll('tin.example.vn/', 'other.example/')))).toEqual({ status: 404 });
  expect(await cosigner(utf8(text.replace('\n8\n', '\n9\n')))).toEqual({ status: 403 });
  expect(await cosigner(utf8(text.slice(1)))).toEqual({ status: 400 });
  expect(readdirSync(folder)).toEqual([]);
});

test('a witness whose memory is damaged signs nothing', async () => {
  const folder = stateFolder(onTestFinished);
  const cosigner = cosignerOver(folder);
  await cosigner(body(0, 8));
  const [name = ''] = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) =>
    one.endsWith('.note'),
  );
  writeFileSync(join(folder, name), '');
  await expect(cosigner(body(8, 24))).rejects.toThrow('damaged');
  await expect(cosigner(body(0, 24))).rejects.toThrow('damaged');
});

test('of what was cosigned the newest stay, so that the folder does not grow for ever', async () => {
  const folder = stateFolder(onTestFinished);
  const state = witnessFolder(folder);
  const note = new TextEncoder().encode(
    `${asked(0, 8).note.text}\n\u2014 ${LOG_KEY.name} ${Buffer.alloc(68).toString('base64')}\n`,
  );
  for (let i = 0; i < 70; i++) await state.keep(LOG_KEY.name, await state.newest(LOG_KEY.name), note);
  expect((await state.newest(LOG_KEY.name))?.no).toBe(70);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  expect(files.filter((name) => name.endsWith('.note'))).toHaveLength(64);
  expect(files.filter((name) => name.endsWith('.new'))).toEqual([]);
});
