import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needlesOf } from './needles.ts';
import { searchFolder, searchMemory } from './places.ts';

const PORT = 21_877;
const secret = `Chim én bay thấp ${randomBytes(9).toString('hex')} quán cà phê Ngọc Lan`;
const needles = needlesOf(secret);

describe('the search for leaks, tried on a server that leaks on purpose', () => {
  let folder: string;
  let server: ChildProcess;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'leaky-'));
    server = spawn(process.execPath, [join(import.meta.dirname, 'leaky-server.mjs'), folder, String(PORT)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => server.stdout?.once('data', resolve));
    await fetch(`http://127.0.0.1:${PORT}/tip`, { method: 'POST', body: `…${secret}…` });
  });

  afterAll(() => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['leaky.sqlite-wal', 'UTF-16LE NFC'],
    ['blobs/a', 'UTF-8 NFD'],
    ['server.log', 'base64 NFC'],
    ['access.log', 'percent NFC'],
  ])('finds what was written to %s as %s', (file, encoding) => {
    const finding = searchFolder(folder, needles).find((found) => found.place === join(folder, file));
    expect(finding?.encodings.join(', ')).toContain(encoding);
  });

  test("finds the text in the process's memory", () => {
    expect(searchMemory(server.pid as number, needles)).toHaveLength(1);
  });

  test('finds nothing of a text that the server never saw', () => {
    const other = needlesOf(`Chưa từng gửi ${randomBytes(12).toString('hex')}`);
    expect([...searchFolder(folder, other), ...searchMemory(server.pid as number, other)]).toEqual([]);
  });
});
