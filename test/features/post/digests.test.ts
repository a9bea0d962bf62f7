import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { smtpPoster } from '../../../src/adapters/mail/smtp.ts';
import type { Seconds } from '../../../src/domain/ids.ts';
import { serveHour } from '../../../src/features/post/digests.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { type Delivered, type MailServer, openMailServer } from '../../fixtures/mail-server.ts';

const HOUR = 13.5 * 3600;
/** 13:30 in Vietnam on the instance's first day, a Monday. */
const SLOT = Date.UTC(2026, 10, 23, 6, 30) / 1000;
const DAY = 86_400;

let server: MailServer;
let instance: Instance;

beforeEach(async () => {
  server = await openMailServer();
  instance = await openInstance(() => ({ poster: smtpPoster(server.options), digestHours: [HOUR] }));
  instance.clock.set(SLOT);
});
afterEach(async () => {
  await instance.close();
  await server.close();
});

/** Lets people have letters, without the way that proves their addresses: `contact.test.ts` goes it. */
function wants(accounts: readonly string[], lang: 'vi' | 'en' = 'vi'): void {
  const insert = instance.store.connection.prepare(
    'INSERT INTO staff_contact (staff, email, lang, confirmed) VALUES (unhex(?), ?, ?, 1)',
  );
  for (const account of accounts) insert.run(instance.person(account).id, `${account}@example.vn`, lang);
}

/** A letter's bytes, but for its receiver's own address. */
const wire = ({ raw, to }: Delivered): string => raw.replaceAll(to, '');
const bodyOf = ({ raw }: Delivered): Buffer =>
  Buffer.from(raw.slice(raw.indexOf('\r\n\r\n')).replaceAll('\r\n', ''), 'base64');
const withoutOwn = (raw: string): string => raw.replace(/^(?:Message-ID|Date): .*\r\n(?: .*\r\n)*/gim, '');

test('a day with forty overdue tips and one without any look the same from outside, byte for byte', async () => {
  wants(['tohieu.canbo', 'sonla.canbo']);
  expect(await serveHour(instance.deps)).toBe(2);
  await Promise.all(Array.from({ length: 40 }, () => sendTip(instance)));
  instance.clock.pass(14 * DAY);
  const overdue = instance.store.connection
    .prepare('SELECT count(*) AS n FROM tip WHERE due < ?')
    .get(instance.clock.now()) as { readonly n: number };
  expect(overdue.n).toBe(40);
  expect(await serveHour(instance.deps)).toBe(2);
  const [first, ...others] = server.letters.map(wire);
  expect(others).toHaveLength(3);
  for (const other of others) {
    expect(other.length).toBe(first?.length);
    expect(withoutOwn(other)).toBe(withoutOwn(first ?? ''));
  }
});

test('letters in both languages are of one length, headers and body', async () => {
  wants(['tohieu.canbo'], 'vi');
  wants(['tohieu.truong'], 'en');
  await serveHour(instance.deps);
  const [one, other] = server.letters;
  if (one === undefined || other === undefined) throw new Error('two letters were wanted');
  expect(wire(one).length).toBe(wire(other).length);
  expect([bodyOf(one).length, bodyOf(other).length]).toEqual([1536, 1536]);
  expect(bodyOf(one).equals(bodyOf(other))).toBe(false);
});

test('an hour is served once, and once more the next day', async () => {
  wants(['tohieu.canbo']);
  expect(await serveHour(instance.deps)).toBe(1);
  instance.clock.pass(600);
  expect(await serveHour(instance.deps)).toBe(null);
  instance.clock.set(SLOT + DAY);
  expect(await serveHour(instance.deps)).toBe(1);
  expect(server.letters).toHaveLength(2);
});

test('an hour that passed more than an hour ago is left out', async () => {
  wants(['tohieu.canbo']);
  instance.clock.set(SLOT - 1);
  expect(await serveHour(instance.deps)).toBe(null);
  instance.clock.set(SLOT + 3600);
  expect(await serveHour(instance.deps)).toBe(null);
  expect(server.letters).toEqual([]);
});

test('what did not leave is counted, and the hour stays served', async () => {
  wants(['tohieu.canbo', 'sonla.canbo']);
  await server.close();
  expect(await serveHour(instance.deps)).toBe(0);
  const rows = instance.store.connection.prepare('SELECT slot, sent, failed FROM digest_slot').all();
  expect(rows).toEqual([{ slot: HOUR, sent: 0, failed: 2 }]);
  server = await openMailServer();
});

test('a service that is killed in the middle of an hour sends nobody two letters', async () => {
  const accounts = [
    'tohieu.canbo',
    'tohieu.truong',
    'tohieu.pho',
    'sonla.canbo',
    'sonla.truong',
    'sonla.pho',
  ];
  wants(accounts);
  await server.close();
  const reached = Promise.withResolvers<void>();
  let taken = 0;
  const slow = await openMailServer({
    onMailFrom: (_address, _session, done) => {
      // The third letter has begun and never ends; its sender dies meanwhile.
      if (taken++ < 2) done();
      else reached.resolve();
    },
  });
  const program = join(import.meta.dirname, 'serve-hour.ts');
  const place = [join(instance.folder, 'tinkin.sqlite'), join(import.meta.dirname, '../../../db/sqlite')];
  const given = [...place, String(slow.options.port), String(SLOT), String(HOUR)];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...given], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  await Promise.race([reached.promise, ended]);
  child.kill('SIGKILL');
  await ended;
  const before = slow.letters.map(({ to }) => to);
  await slow.close();

  server = await openMailServer();
  const poster = smtpPoster(server.options);
  instance.clock.set(SLOT + 60);
  expect(await serveHour({ ...instance.deps, poster })).toBe(null);
  expect(server.letters).toEqual([]);
  expect(new Set(before).size).toBe(2);
  // The next hour is served as ever.
  instance.clock.set((SLOT + DAY) as Seconds);
  expect(await serveHour({ ...instance.deps, poster })).toBe(accounts.length);
});
