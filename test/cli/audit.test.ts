import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/audit/report.ts';
import { encodePins } from '../../src/protocol/root.ts';
import { type AuditWorld, auditWorld } from '../audit/world.ts';
import { apart, signedNote } from '../faults/malicious-server/forging.ts';
import { BundleSealer } from './sealing.ts';
import { type CliRun, tinkin } from './support.ts';

let world: AuditWorld;
let sealer: BundleSealer;
const at = (name: string) => join(world.instance.folder, name);
const text = () => world.lines.map((line) => `${line}\n`).join('');
const verify = (file: string, args: readonly string[] = [], answers?: readonly string[]): Promise<CliRun> =>
  tinkin(['audit', 'verify', at(file), '--pins', at('pins.json'), ...args], answers ? { answers } : {});

beforeAll(async () => {
  world = await auditWorld();
  const { suite, pins } = world.instance;
  sealer = new BundleSealer(suite, pins.instance);
  await writeFile(at('pins.json'), encodePins({ ...pins, minWitnesses: 0 }));
  await writeFile(at('plain.ndjson'), text());
  await writeFile(at('sealed.tk1b'), sealer.seal(text()));
  await writeFile(at('key.json'), sealer.credentialFile());
});
afterAll(() => world.instance.close());

describe('tinkin audit verify', () => {
  it('proves a bundle and prints the figures, in either language', async () => {
    const english = await verify('plain.ndjson');
    expect(english.err).toBe('');
    expect(english.exit).toBe(0);
    expect(english.out).toContain('Checked to the last line: nothing is wrong.');
    expect(english.out).toMatch(/All units: received \d+\/\d+\/\d+/);
    const vietnamese = await verify('plain.ndjson', ['--lang', 'vi']);
    expect(vietnamese.out).toContain('Đã kiểm tra đến dòng cuối: không có sai lệch nào.');
  });

  it('names what is wrong with a bundle from which an event was taken, and says no', async () => {
    const last = world.lines.findLastIndex((line) => line.startsWith('{"t":"event"'));
    const without = world.lines.toSpliced(last, 1);
    await writeFile(at('less.ndjson'), without.map((line) => `${line}\n`).join(''));
    const run = await verify('less.ndjson', ['--json']);
    expect(run.exit).toBe(1);
    const { ok, violations } = run.json<AuditReport>();
    expect([ok, violations.map(({ check }) => check)]).toEqual([
      false,
      expect.arrayContaining(['bundleShape', 'leafUnopened']),
    ]);
  });

  it('wants as many witnesses as the trust anchors do', async () => {
    const { pins } = world.instance;
    await writeFile(at('other-pins.json'), encodePins({ ...pins, minWitnesses: 1 }));
    const run = await tinkin(['audit', 'verify', at('plain.ndjson'), '--pins', at('other-pins.json')]);
    expect(run.exit).toBe(1);
    expect(run.out).toContain('checkpointWitnessed');
  });

  it('holds what people have kept against the bundle: checkpoints of this log, and of another', async () => {
    const { header, batches } = apart(world.lines);
    const kept = async (folder: string, note: string) => {
      await mkdir(at(folder));
      await writeFile(join(at(folder), 'kept.note'), note);
      const run = await verify('plain.ndjson', ['--json', '--evidence', at(folder)]);
      return [run.exit, run.json<AuditReport>().violations.map(({ check }) => check)];
    };
    expect(await kept('same', batches.at(-1)?.note ?? '')).toEqual([0, []]);
    const another = signedNote(world.instance, header.origin, header.size, new Uint8Array(32));
    expect(await kept('another', another)).toEqual([1, ['fork']]);
  });

  it('takes nothing for an alarm that is none', async () => {
    await mkdir(at('junk'));
    await writeFile(join(at('junk'), 'alarm.json'), '{}');
    expect((await verify('plain.ndjson', ['--evidence', at('junk')])).exit).toBe(1);
  });

  it('wants the key file for a sealed bundle, and goes no further with another passphrase', async () => {
    expect((await verify('sealed.tk1b')).exit).toBe(2);
    const wrong = await verify('sealed.tk1b', ['--key', at('key.json')], [sealer.otherPassphrase]);
    expect([wrong.exit, wrong.err]).toEqual([1, 'tinkin: refused: secrets_corrupt']);
  });
});

describe('tinkin audit open', () => {
  it('opens a sealed bundle into its lines, and never over a file that is there', async () => {
    const open = () =>
      tinkin(['audit', 'open', at('sealed.tk1b'), at('opened.ndjson'), '--key', at('key.json')], {
        answers: [sealer.passphrase],
      });
    expect((await open()).exit).toBe(0);
    expect(await readFile(at('opened.ndjson'), 'utf8')).toBe(text());
    expect((await open()).exit).toBe(1);
  });
});
