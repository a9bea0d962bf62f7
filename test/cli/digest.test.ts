import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answer, type MailServer, openMailServer } from '../fixtures/mail-server.ts';
import { tinkin } from './support.ts';

let folder = '';
let server: MailServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tinkin-digest-'));
  server = await openMailServer({
    onRcptTo: ({ address }, _session, done) =>
      address.startsWith('nobody') ? done(answer(550, 'no such box')) : done(),
  });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const send = (address: string, port = server.options.port) => {
  writeFileSync(join(folder, 'smtp'), `smtp://127.0.0.1:${port}\n`);
  const env = {
    TINKIN_SMTP_URL_FILE: join(folder, 'smtp'),
    TINKIN_SMTP_FROM: 'tin@tin.example.vn',
    TINKIN_SMTP_TLS: 'off',
  };
  return tinkin(['digest', 'send', '--test', address], { env });
};

test('one letter goes to the address that is tried, and no other', async () => {
  const run = await send('ban@example.vn');
  expect([run.exit, run.err]).toEqual([0, '']);
  expect(server.letters.map(({ to }) => to)).toEqual(['ban@example.vn']);
});

test('an address that the server refuses, and a server that is not there, end with 1', async () => {
  const refused = await send('nobody@example.vn');
  expect([refused.exit, refused.out]).toEqual([1, expect.stringContaining('refuses this address')]);
  const { port } = server.options;
  await server.close();
  const gone = await send('ban@example.vn', port);
  expect([gone.exit, gone.out]).toEqual([1, expect.stringContaining('did not leave')]);
});

test('what is no address, and an instance without a mail server, are told so', async () => {
  expect((await send('khong')).exit).toBe(2);
  const run = await tinkin(['digest', 'send', '--test', 'ban@example.vn']);
  expect([run.exit, run.err]).toEqual([2, expect.stringContaining('TINKIN_SMTP_URL_FILE')]);
});
