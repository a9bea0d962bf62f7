import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system.ts';
import { ensureDemo } from '../../src/instance/demo.ts';
import { instancePaths } from '../../src/instance/folder.ts';
import { restoredMark } from '../../src/instance/restore.ts';
import { CHEAP, SMALL_ROSTER, temporaryFolder } from '../instance/support.ts';
import { tinkin } from './support.ts';

/** A small demonstration on the machine's clock, made once a test. */
async function demo(): Promise<string> {
  const folder = join(temporaryFolder(), 'demo');
  await ensureDemo(folder, { clock: systemClock(), cost: CHEAP, roster: SMALL_ROSTER });
  return folder;
}

const change = (folder: string, sql: string): void => {
  const db = new Database(instancePaths(folder).database);
  db.exec(sql);
  db.close();
};

interface Findings {
  readonly ok: boolean;
  readonly findings: readonly { readonly check: string; readonly status: string; readonly detail: string }[];
}

const examined = async (folder: string, ...args: string[]) => {
  const run = await tinkin(['--data', folder, 'doctor', '--json', ...args]);
  const { findings } = run.json<Findings>();
  return { exit: run.exit, of: (check: string) => findings.find((one) => one.check === check) };
};

describe('tinkin doctor', () => {
  it('finds nothing wrong with a fresh demonstration', async () => {
    const run = await tinkin(['--data', await demo(), 'doctor', '--json']);
    expect(run.json<Findings>().findings.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(run.exit).toBe(0);
  });

  it('notices an event whose bytes were altered', async () => {
    const folder = await demo();
    change(
      folder,
      `DROP TRIGGER IF EXISTS event_is_never_changed;
       UPDATE event SET record = CAST(replace(CAST(record AS TEXT), 'sig', 'gis') AS BLOB) WHERE seq = 3`,
    );
    const { exit, of } = await examined(folder);
    expect(exit).toBe(1);
    expect(of('events')).toMatchObject({ status: 'fail', detail: expect.stringContaining('first: 3') });
  });

  it('notices a blob that was altered after it was committed', async () => {
    const folder = await demo();
    const shelf = join(instancePaths(folder).blobs, 'committed', 'ab');
    const key = `ab${'0'.repeat(30)}`;
    mkdirSync(shelf, { recursive: true });
    writeFileSync(join(shelf, key), 'other bytes');
    writeFileSync(join(shelf, `${key}.json`), JSON.stringify({ length: 11, sha256: 'f'.repeat(64) }));
    expect((await examined(folder)).of('blobs')).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining(key),
    });
  });

  it('says that the epochs and the clock are wrong when the clock stands seventy days later or earlier', async () => {
    const folder = await demo();
    const at = async (days: number) => {
      const env = { TINKIN_DEMO_CLOCK_OFFSET: String(days * 86_400) };
      return (await tinkin(['--data', folder, 'doctor', '--json'], { env })).json<Findings>().findings;
    };
    expect((await at(70)).find(({ check }) => check === 'epochs')?.status).toBe('fail');
    expect((await at(-70)).find(({ check }) => check === 'clock')?.status).toBe('fail');
  });

  it('says that secrets are readable by others', async () => {
    const folder = await demo();
    const { chmodSync } = await import('node:fs');
    chmodSync(instancePaths(folder).secrets, 0o644);
    expect((await examined(folder)).of('secrets')?.status).toBe('fail');
  });

  it.each(['database', 'blob'])('says that a %s is readable by others', async (what) => {
    const folder = await demo();
    const { chmodSync } = await import('node:fs');
    const { database, blobs } = instancePaths(folder);
    expect((await examined(folder)).of('modes')?.status).toBe('ok');
    mkdirSync(blobs, { recursive: true, mode: 0o700 });
    const blob = join(blobs, 'part');
    writeFileSync(blob, '', { mode: 0o600 });
    const open = what === 'database' ? database : blob;
    chmodSync(open, 0o640);
    expect((await examined(folder)).of('modes')).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining(open),
    });
  });

  it('warns of backups that are older than thirty days, and of none at all, where it is told to look', async () => {
    const folder = await demo();
    const backups = join(temporaryFolder(), 'backups');
    mkdirSync(backups);
    expect((await examined(folder)).of('backups')).toBeUndefined();
    const look = async () => (await examined(folder, '--backups', backups)).of('backups');
    expect(await look()).toMatchObject({ status: 'warn', detail: expect.stringContaining('no backup') });
    for (const name of ['new', 'old'])
      await tinkin(['--data', folder, 'backup', join(backups, name), '--without-secrets']);
    expect(await look()).toMatchObject({ status: 'ok', detail: expect.stringMatching(/^2,/) });
    const file = join(backups, 'old', 'backup.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { made: number };
    writeFileSync(file, JSON.stringify({ ...manifest, made: manifest.made - 31 * 86_400 }));
    const told = await look();
    expect(told?.status).toBe('warn');
    expect(told?.detail).toContain(join(backups, 'old'));
    expect(told?.detail).not.toContain(join(backups, 'new'));
    // Of another instance, and no backup at all.
    writeFileSync(file, JSON.stringify({ ...manifest, made: 1, instance: 'ab'.repeat(16) }));
    writeFileSync(join(backups, 'new', 'backup.json'), 'không phải JSON');
    expect(await look()).toMatchObject({ status: 'warn', detail: expect.stringContaining('no backup') });
  });

  it('refuses a database that lacks a migration', async () => {
    const folder = await demo();
    change(folder, 'DELETE FROM schema_migration WHERE number = (SELECT max(number) FROM schema_migration)');
    const { exit, of } = await examined(folder);
    expect(exit).toBe(1);
    expect(of('schema')?.status).toBe('fail');
  });
});

describe('tinkin duty holes', () => {
  it('names the stages of units for which nobody is there, and the doctor warns of them', async () => {
    const folder = await demo();
    expect((await examined(folder)).of('duties')?.status).toBe('ok');
    change(
      folder,
      `UPDATE focal_point SET valid_until = valid_from
        WHERE unit = '14-03646-ca' AND stage IN ('answer', 'intake') AND rank = 'active'`,
    );
    const run = await tinkin(['--data', folder, 'duty', 'holes', '--json']);
    expect(run.json<{ holes: object[] }>().holes).toEqual([
      expect.objectContaining({ unit: '14-03646-ca', stages: ['intake', 'answer'] }),
    ]);
    const { exit, of } = await examined(folder);
    expect(of('duties')).toMatchObject({ status: 'warn', detail: expect.stringContaining('intake, answer') });
    expect(exit).toBe(0);
  });
});

describe('tinkin demo', () => {
  it('prints the one-time code that stands now', async () => {
    const run = await tinkin(['--data', await demo(), 'demo', 'code', 'tohieu.canbo', '--json']);
    expect(run.json()).toMatchObject({ account: 'tohieu.canbo', code: expect.stringMatching(/^\d{6}$/) });
  });

  it('leaves with 2 for an account that nobody has', async () => {
    expect((await tinkin(['--data', await demo(), 'demo', 'code', 'nobody'])).exit).toBe(2);
  });
});

describe('tinkin migrate and rollup verify', () => {
  it('say that an up-to-date instance is in order', async () => {
    const folder = await demo();
    expect((await tinkin(['--data', folder, 'migrate', '--json'])).json()).toEqual({ applied: [] });
    expect((await tinkin(['--data', folder, 'rollup', 'verify'])).exit).toBe(0);
  });
});

describe('tinkin units import', () => {
  const HEADER = 'code,parent,kind,nameVi,nameEn,province,remote,from,until';

  async function imported(folder: string, rows: readonly string[], ...args: string[]) {
    const file = join(temporaryFolder(), 'units.csv');
    writeFileSync(file, `${[HEADER, ...rows].join('\n')}\n`);
    return tinkin(['--data', folder, 'units', 'import', file, '--json', ...args]);
  }

  it('adds a unit under a known parent', async () => {
    const folder = await demo();
    const run = await imported(folder, [
      '14-bp,14-ca,border_guard,"Bộ đội Biên phòng, Sơn La",Border Guard,14,0,2026-01-01,',
    ]);
    expect(run.json()).toMatchObject({ added: 1, changed: 0 });
    const { units } = (await tinkin(['--data', folder, 'units', 'list', '--json'])).json<{
      units: { code: string; nameVi: string }[];
    }>();
    expect(units.find(({ code }) => code === '14-bp')?.nameVi).toBe('Bộ đội Biên phòng, Sơn La');
  });

  it.each([
    ['14-bp,14-nowhere,border_guard,A,B,14,0,2026-01-01,', 'its parent 14-nowhere is nowhere'],
    ['14-bp,14-ca,pirates,A,B,14,0,2026-01-01,', 'kind "pirates"'],
    ['14-bp,14-ca,border_guard,A,B,14,0,2026-02-30,', 'from "2026-02-30"'],
    ['14-ca,14-03646-ca,provincial_police,A,B,14,0,2025-07-01,', 'lead back to itself'],
  ])('refuses %s and writes nothing', async (row, problem) => {
    const folder = await demo();
    const good = '14-hq,14-ca,customs,A,B,14,0,2026-01-01,';
    const run = await imported(folder, [good, row]);
    expect(run.exit).toBe(2);
    expect(run.json<{ error: { message: string } }>().error.message).toContain(problem);
    expect((await tinkin(['--data', folder, 'units', 'list'])).out).not.toContain('14-hq');
  });

  it('changes nothing with --check', async () => {
    const folder = await demo();
    await imported(folder, ['14-hq,14-ca,customs,A,B,14,0,2026-01-01,'], '--check');
    expect((await tinkin(['--data', folder, 'units', 'list'])).out).not.toContain('14-hq');
  });
});

describe('tinkin backup and restore', () => {
  it('give back an instance in which the doctor finds nothing wrong', async () => {
    const folder = await demo();
    const backup = join(temporaryFolder(), 'backup');
    const again = join(temporaryFolder(), 'again');
    expect((await tinkin(['--data', folder, 'backup', backup])).exit).toBe(0);
    expect((await tinkin(['restore', backup, again])).exit).toBe(0);
    expect((await examined(again)).exit).toBe(0);
  });

  it('refuse a backup of which one byte was altered, and leave nothing behind', async () => {
    const folder = await demo();
    const backup = join(temporaryFolder(), 'backup');
    const again = join(temporaryFolder(), 'again');
    await tinkin(['--data', folder, 'backup', backup]);
    const database = readFileSync(join(backup, 'tinkin.sqlite'));
    database[5_000] = (database[5_000] ?? 0) ^ 1;
    writeFileSync(join(backup, 'tinkin.sqlite'), database);
    const run = await tinkin(['restore', backup, again, '--json']);
    expect(run.exit).toBe(1);
    expect(run.json()).toMatchObject({
      error: { code: 'backup_invalid', message: expect.stringContaining('tinkin.sqlite') },
    });
    expect(existsSync(again)).toBe(false);
  });

  it('refuse a list that names a file outside the backup', async () => {
    const backup = temporaryFolder();
    const manifest = {
      format: 1,
      instance: 'a'.repeat(32),
      made: 1,
      files: [{ path: '../../etc/passwd', length: 1, sha256: '0'.repeat(64) }],
    };
    writeFileSync(join(backup, 'backup.json'), JSON.stringify(manifest));
    const run = await tinkin(['restore', backup, join(temporaryFolder(), 'again'), '--json']);
    expect(run.json()).toMatchObject({ error: { code: 'backup_invalid' } });
  });

  it('never write into a folder that holds something', async () => {
    const folder = await demo();
    const full = temporaryFolder();
    writeFileSync(join(full, 'letter.txt'), 'mine');
    expect((await tinkin(['--data', folder, 'backup', full])).exit).toBe(1);
  });

  it('say until when a backup may be kept, thirty days at most, and let one without secrets or words stay', async () => {
    const folder = await demo();
    const made = async (...args: string[]) => {
      const run = await tinkin(['--data', folder, 'backup', join(temporaryFolder(), 'b'), '--json', ...args]);
      return { exit: run.exit, ...run.json<{ kind: string; destroyBy: number | null }>() };
    };
    const now = Date.now() / 1000;
    expect((await made('--keep', '7')).destroyBy).toBeLessThan(now + 8 * 86_400);
    expect((await made()).destroyBy).toBeGreaterThan(now + 29 * 86_400);
    expect((await made('--keep', '31')).exit).toBe(2);
    expect(await made('--long')).toMatchObject({ exit: 0, kind: 'long', destroyBy: null });
  });

  it('keep a restored instance closed until somebody said what was emptied since', async () => {
    const folder = await demo();
    const backup = join(temporaryFolder(), 'backup');
    const again = join(temporaryFolder(), 'again');
    await tinkin(['--data', folder, 'backup', backup]);
    await tinkin(['restore', backup, again]);
    const reapply = (...args: string[]) =>
      tinkin(['--data', again, 'retention', 'reapply', '--json', ...args]);
    expect((await examined(again)).of('restore')).toMatchObject({ status: 'warn' });
    expect((await reapply()).json()).toMatchObject({ error: { code: 'not_emptied' } });
    expect((await reapply('--from', folder)).json()).toMatchObject({ emptied: 0 });
    expect(await restoredMark(again)).toMatchObject({ emptied: true });
    expect((await examined(again)).of('restore')).toBeUndefined();
    expect(
      (await tinkin(['--data', folder, 'retention', 'reapply', '--nothing', '--json'])).json(),
    ).toMatchObject({
      error: { code: 'not_restored' },
    });
  });

  it('leave the secrets out when asked to', async () => {
    const folder = await demo();
    const backup = join(temporaryFolder(), 'backup');
    await tinkin(['--data', folder, 'backup', backup, '--without-secrets']);
    expect(existsSync(join(backup, 'secrets.json'))).toBe(false);
  });
});
