import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CanarySetFile, changed, readSet, writeSet } from '../../src/cli/canaries/set-file.ts';
import { parsePins } from '../../src/protocol/root.ts';
import { temporaryFolder } from '../instance/support.ts';
import { tinkin } from './support.ts';

const SET = {
  type: 'tinkin-canary-set',
  v: 1,
  instance: 'demo',
  auditor: 'doc-lap',
  statement: 'ab'.repeat(32),
  canaries: [{ tip: 'cd'.repeat(16), salt: 'ef'.repeat(32), sent: false, code: null, revealed: false }],
} as unknown as CanarySetFile;
const TEXT = {
  unit: '14-03646-ca',
  place: { province: '14', commune: '03646', name: 'Phường Tô Hiệu' },
  conduct: 'other',
  what: 'Một quán nước mở đến khuya.',
};
const NOWHERE = ['--url', 'http://127.0.0.1:1'];

/** A file of this content in a folder of the test's own. */
function file(name: string, content: unknown): string {
  const place = join(temporaryFolder(), name);
  writeFileSync(place, typeof content === 'string' ? content : JSON.stringify(content));
  return place;
}
const send = (set: string, texts: string) =>
  tinkin(['audit', 'canaries', 'send', set, '--texts', texts, ...NOWHERE]);

describe('a file with a set of test tips', () => {
  it('is its owner’s alone and holds what was written', async () => {
    const place = join(temporaryFolder(), 'set.json');
    await writeSet(place, SET);
    await writeSet(place, changed(SET, 0, { sent: true }));
    expect(statSync(place).mode & 0o077).toBe(0);
    expect((await readSet(place)).canaries[0]).toMatchObject({ sent: true, revealed: false });
  });

  it('is never overwritten by another set', async () => {
    const place = file('set.json', SET);
    const args = ['--account', 'doc-lap', '--n', '2', ...NOWHERE];
    const run = await tinkin(['audit', 'canaries', 'prepare', place, ...args], { answers: ['x', '1'] });
    expect(run.exit).toBe(2);
    expect(JSON.parse(readFileSync(place, 'utf8'))).toEqual(SET);
  });

  it.each([
    ['nothing', ''],
    ['something else', { type: 'tinkin-credential' }],
    ['a tip without a salt', { ...SET, canaries: [{ ...SET.canaries[0], salt: 'x' }] }],
    ['no tips', { ...SET, canaries: [] }],
  ])('is refused when it holds %s', async (_name, content) => {
    const run = await send(file('set.json', content), file('texts.json', [TEXT]));
    expect([run.exit, run.err]).toEqual([2, expect.stringContaining('holds no set of test tips')]);
  });
});

describe('the texts of test tips', () => {
  it.each([
    ['no list', 'tin', 'holds no JSON list of tips'],
    ['no unit', [{ ...TEXT, unit: undefined }], 'tip 1: unit is missing or wrong'],
    ['no words', [TEXT, { ...TEXT, what: ' ' }], 'tip 2: what is missing or wrong'],
    ['a conduct that there is not', [{ ...TEXT, conduct: 'flying' }], 'tip 1: there is no conduct flying'],
    ['a field that no tip has', [{ ...TEXT, canary: true }], 'tip 1'],
    ['more tips than the set has left', [TEXT, TEXT], 'The set has 1 tips left, not 2'],
  ])('are refused with %s, and nothing is sent', async (_name, texts, told) => {
    const set = file('set.json', SET);
    const run = await send(set, file('texts.json', texts));
    expect([run.exit, run.err]).toEqual([2, expect.stringContaining(told)]);
    expect((await readSet(set)).canaries[0]?.sent).toBe(false);
  });

  it('stay unsent where the service cannot be reached, and can be sent another day', async () => {
    const { instance } = parsePins(__TINKIN_PINS__);
    const set = file('set.json', { ...SET, instance });
    expect((await send(set, file('texts.json', [TEXT]))).exit).toBe(1);
    expect((await readSet(set)).canaries[0]).toMatchObject({ sent: false, code: null });
  });

  it('are not sent to another instance than the set is of', async () => {
    const run = await send(file('set.json', SET), file('texts.json', [TEXT]));
    expect([run.exit, run.err]).toEqual([2, expect.stringContaining('another instance')]);
  });
});
