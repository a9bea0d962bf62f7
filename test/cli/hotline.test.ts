import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system.ts';
import { ensureDemo } from '../../src/instance/demo.ts';
import { openInstance } from '../../src/instance/open-instance.ts';
import { wavFile } from '../fixtures/sounds.ts';
import { CHEAP, SMALL_ROSTER, temporaryFolder } from '../instance/support.ts';
import { tinkin } from './support.ts';

const UNIT = '14-ca';

/** A small demonstration and a folder for recordings beside it. */
async function place() {
  const root = temporaryFolder();
  const folder = join(root, 'demo');
  await ensureDemo(folder, { clock: systemClock(), cost: CHEAP, roster: SMALL_ROSTER });
  const sounds = join(root, 'sounds');
  mkdirSync(sounds);
  return { folder, sounds };
}

const hotline = (folder: string, ...args: string[]) =>
  tinkin(['--data', folder, 'hotline', ...args, '--json']);

async function recordingsOf(folder: string) {
  const instance = await openInstance(folder);
  try {
    return await instance.store.hotline.recordings(
      UNIT as Parameters<typeof instance.store.hotline.recordings>[0],
    );
  } finally {
    await instance.close();
  }
}

describe('tinkin hotline switchboard', () => {
  it('adds one whose token is told once and kept nowhere, lists it, and revokes it', async () => {
    const { folder } = await place();
    const added = (await hotline(folder, 'switchboard', 'add', '--unit', UNIT, '--name', 'Tổng đài 1')).json<{
      switchboard: string;
      token: string;
    }>();
    expect(added.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const listed = await hotline(folder, 'switchboard', 'list');
    const one = { id: added.switchboard, unit: UNIT, name: 'Tổng đài 1', revoked: false };
    expect(listed.json()).toEqual({ switchboards: [one] });
    for (const name of readdirSync(folder).filter((file) => statSync(join(folder, file)).isFile())) {
      const bytes = readFileSync(join(folder, name));
      expect([name, bytes.includes(added.token)]).toEqual([name, false]);
      expect([name, bytes.includes(Buffer.from(added.token, 'base64url'))]).toEqual([name, false]);
    }
    expect((await hotline(folder, 'switchboard', 'revoke', added.switchboard)).exit).toBe(0);
    expect((await hotline(folder, 'switchboard', 'list')).json()).toEqual({
      switchboards: [{ ...one, revoked: true }],
    });
    expect((await hotline(folder, 'switchboard', 'revoke', added.switchboard)).exit).toBe(2);
  });

  it.each([
    ['a unit that is none', ['--unit', 'khong-co', '--name', 'x']],
    ['an empty name', ['--unit', UNIT, '--name', ' ']],
    ['an endless name', ['--unit', UNIT, '--name', 'x'.repeat(101)]],
  ])('refuses %s', async (_, args) => {
    const { folder } = await place();
    expect((await hotline(folder, 'switchboard', 'add', ...args)).exit).toBe(2);
    expect((await hotline(folder, 'switchboard', 'list')).json()).toEqual({ switchboards: [] });
  });
});

describe('tinkin hotline import', () => {
  it('seals every whole recording of a folder, says what is wrong with the others, and leaves all of them there', async () => {
    const { folder, sounds } = await place();
    writeFileSync(join(sounds, 'a.wav'), wavFile(3));
    writeFileSync(join(sounds, 'b.wav'), wavFile(3).subarray(0, 20_000));
    writeFileSync(join(sounds, 'c.mp3'), 'no sound at all');
    writeFileSync(join(sounds, 'ghi-chu.txt'), 'not a recording');
    const run = await hotline(folder, 'import', sounds, '--unit', UNIT);
    expect(run.exit).toBe(1);
    expect(run.json()).toMatchObject({
      taken: [{ file: 'a.wav', seconds: 3 }],
      refused: [
        { file: 'b.wav', code: 'recording_cut' },
        { file: 'c.mp3', code: 'recording_format' },
      ],
    });
    expect(readdirSync(sounds)).toHaveLength(4);
    expect(await recordingsOf(folder)).toHaveLength(1);
    const examined = await tinkin(['--data', folder, 'doctor', '--json']);
    const { findings } = examined.json<{ findings: { check: string; status: string }[] }>();
    expect(findings.filter(({ status }) => status === 'fail')).toEqual([]);
  });

  it('overwrites and deletes, when asked to, only what was sealed', async () => {
    const { folder, sounds } = await place();
    writeFileSync(join(sounds, 'a.wav'), wavFile(1));
    writeFileSync(join(sounds, 'b.wav'), wavFile(1).subarray(0, 9000));
    const run = await hotline(folder, 'import', sounds, '--unit', UNIT, '--delete');
    expect(run.json()).toMatchObject({
      taken: [{ file: 'a.wav' }],
      refused: [{ file: 'b.wav' }],
      deleted: true,
    });
    expect(readdirSync(sounds)).toEqual(['b.wav']);
  });

  it('refuses a unit without operators for every file, and keeps the files', async () => {
    const { folder, sounds } = await place();
    writeFileSync(join(sounds, 'a.wav'), wavFile(1));
    const run = await hotline(folder, 'import', sounds, '--unit', '14-03646-ca', '--delete');
    expect(run.json()).toMatchObject({ taken: [], refused: [{ code: 'operator_missing' }] });
    expect(existsSync(join(sounds, 'a.wav'))).toBe(true);
  });

  it('refuses a line that is no name of a line, and a folder that is none', async () => {
    const { folder, sounds } = await place();
    expect((await hotline(folder, 'import', sounds, '--unit', UNIT, '--line', 'x'.repeat(41))).exit).toBe(2);
    expect((await hotline(folder, 'import', join(sounds, 'nope'), '--unit', UNIT)).exit).toBe(2);
  });
});

const speaks = spawnSync('espeak-ng', ['--version']).status === 0;

test.skipIf(!speaks)(
  'a Vietnamese voicemail spoken by espeak-ng is taken (skipped where espeak-ng is missing)',
  async () => {
    const { folder, sounds } = await place();
    const words = 'Tôi muốn báo có người bán ma túy ở nhà nghỉ cuối phố';
    expect(spawnSync('espeak-ng', ['-v', 'vi', '-w', join(sounds, 'loi-nhan.wav'), words]).status).toBe(0);
    const run = await hotline(folder, 'import', sounds, '--unit', UNIT);
    expect(run.json()).toMatchObject({ taken: [{ file: 'loi-nhan.wav' }], refused: [] });
  },
);
