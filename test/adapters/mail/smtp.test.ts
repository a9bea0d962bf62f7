import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { type SmtpOptions, smtpPoster } from '../../../src/adapters/mail/smtp.ts';
import { nodeRandom } from '../../../src/adapters/random/node.ts';
import { digestLetter } from '../../../src/features/post/letters.ts';
import { answer, type MailServer, openMailServer } from '../../fixtures/mail-server.ts';

let server: MailServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const letterTo = (name: string) => digestLetter(nodeRandom(), `${name}@example.vn`, 'vi');
const open = async (change: SMTPServerOptions = {}, tls: SmtpOptions['tls'] = 'off'): Promise<MailServer> => {
  server = await openMailServer(change, tls);
  return server;
};
const post = (options: SmtpOptions, ...names: readonly string[]) =>
  smtpPoster(options).send(names.map(letterTo));

const WITH_LOGIN: SMTPServerOptions = {
  authOptional: false,
  onAuth: ({ username, password }, _session, done) =>
    username === 'tinkin' && password === 'đúng/@:'
      ? done(null, { user: 'tinkin' })
      : done(answer(535, 'no')),
};

test('letters leave encrypted after STARTTLS, with the login, over one connection', async () => {
  let connections = 0;
  const counted: SMTPServerOptions = {
    ...WITH_LOGIN,
    onConnect: (_session, done) => {
      connections++;
      done();
    },
  };
  const { options, letters } = await open(counted, 'starttls');
  const login = { user: 'tinkin', pass: 'đúng/@:' };
  expect(await post({ ...options, login }, 'an', 'binh')).toEqual(['sent', 'sent']);
  expect(letters.map(({ to, encrypted, user }) => [to, encrypted, user])).toEqual([
    ['an@example.vn', true, 'tinkin'],
    ['binh@example.vn', true, 'tinkin'],
  ]);
  expect(connections).toBe(1);
});

test('letters leave over a line that is encrypted from its first byte', async () => {
  const { options, letters } = await open({}, 'implicit');
  expect(await post(options, 'an')).toEqual(['sent']);
  expect(letters.map(({ encrypted }) => encrypted)).toEqual([true]);
});

describe('nothing leaves', () => {
  test('where the server offers no encryption', async () => {
    const { options, letters } = await open({}, 'off');
    expect(await post({ ...options, tls: 'starttls' }, 'an', 'binh')).toEqual(['failed', 'failed']);
    expect(letters).toEqual([]);
  });

  test('where nobody vouches for the server’s certificate', async () => {
    const { options, letters } = await open({}, 'starttls');
    expect(await post({ ...options, ca: null }, 'an')).toEqual(['failed']);
    expect(letters).toEqual([]);
  });

  test('where the login is wrong', async () => {
    const { options, letters } = await open(WITH_LOGIN, 'starttls');
    const login = { user: 'tinkin', pass: 'sai' };
    expect(await post({ ...options, login }, 'an')).toEqual(['failed']);
    expect(letters).toEqual([]);
  });

  test('where nobody listens', async () => {
    const { options } = await open();
    await server?.close();
    server = undefined;
    expect(await post(options, 'an', 'binh')).toEqual(['failed', 'failed']);
  });
});

test('one address that the server refuses keeps no letter from the others', async () => {
  const { options, letters } = await open({
    onRcptTo: ({ address }, _session, done) =>
      address.startsWith('nobody') ? done(answer(550, 'no such box')) : done(),
  });
  expect(await post(options, 'an', 'nobody', 'binh')).toEqual(['sent', 'refused', 'sent']);
  expect(letters.map(({ to }) => to)).toEqual(['an@example.vn', 'binh@example.vn']);
});

test('a letter that the server puts off is not tried again, and the others leave', async () => {
  let asked = 0;
  const { options, letters } = await open({
    onRcptTo: ({ address }, _session, done) => {
      if (!address.startsWith('later')) return done();
      asked++;
      return done(answer(451, 'try again later'));
    },
  });
  expect(await post(options, 'later', 'an')).toEqual(['failed', 'sent']);
  expect([asked, letters.map(({ to }) => to)]).toEqual([1, ['an@example.vn']]);
});

test('a server that hangs costs one wait, not one a letter', async () => {
  let asked = 0;
  const { options, letters } = await open({
    onRcptTo: () => {
      asked++;
    },
  });
  expect(await post({ ...options, timeout: 300 }, 'an', 'binh', 'chi')).toEqual([
    'failed',
    'failed',
    'failed',
  ]);
  expect([asked, letters]).toEqual([1, []]);
});

test('a letter that was taken while the line broke is not sent again', async () => {
  const taken: string[] = [];
  const { options } = await open({
    onData(stream, session) {
      stream.resume();
      stream.on('end', () => {
        taken.push(session.envelope.rcptTo[0]?.address ?? '');
        // Taken, but the answer never comes.
      });
    },
  });
  expect(await post({ ...options, timeout: 300 }, 'an', 'binh')).toEqual(['failed', 'failed']);
  expect(taken).toEqual(['an@example.vn']);
});

test('a letter tells the server this service’s domain and nothing of the machine', async () => {
  const greeted: string[] = [];
  const { options, letters } = await open({
    onMailFrom: (_address, session, done) => {
      greeted.push(session.hostNameAppearsAs);
      done();
    },
  });
  await post(options, 'an');
  expect(greeted).toEqual(['tin.example.vn']);
  const headers = (letters[0]?.raw.split('\r\n\r\n')[0] ?? '')
    .split(/\r\n(?! )/)
    .map((line) => line.split(':')[0]);
  expect(headers.sort()).toEqual([
    'Content-Transfer-Encoding',
    'Content-Type',
    'Date',
    'From',
    'MIME-Version',
    'Message-ID',
    'Subject',
    'To',
  ]);
});
