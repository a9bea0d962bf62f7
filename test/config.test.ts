import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tinkin-config-'));
  writeFileSync(join(folder, 'secret'), '0xSECRET\n');
  writeFileSync(join(folder, 'empty'), '\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const problems = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

test('an empty environment gives the demonstration on 127.0.0.1:8080', () => {
  expect(readConfig({})).toMatchObject({
    data: null,
    host: '127.0.0.1',
    port: 8080,
    challenge: { kind: 'pow', base: 50_000 },
    sealer: { workers: 1, queue: 16, perMinute: 60 },
    exitWithStdin: false,
  });
});

test('one message lists everything that is wrong', () => {
  const wrong = { PORT: 'abc', TINKIN_MODE: 'prod', TINKIN_POW_BASE: '0', TINKIN_ORIGIN: 'tin.example.vn' };
  expect(problems(wrong)).toHaveLength(4);
  expect(() => readConfig(wrong)).toThrow(/PORT[\s\S]*TINKIN_POW_BASE/);
});

test('a misspelt variable is named', () => {
  expect(problems({ TINKIN_ORGIN: 'https://a.vn' })).toEqual([
    'TINKIN_ORGIN is not a variable of this service',
  ]);
});

describe('production', () => {
  test('needs a public https origin', () => {
    expect(problems({ TINKIN_MODE: 'production' })).toHaveLength(1);
    expect(problems({ TINKIN_MODE: 'production', TINKIN_ORIGIN: 'http://tin.vn' })).toHaveLength(1);
    expect(problems({ TINKIN_MODE: 'production', TINKIN_ORIGIN: 'https://tin.vn' })).toEqual([]);
  });

  test('refuses a moved clock', () => {
    const environment = {
      TINKIN_MODE: 'production',
      TINKIN_ORIGIN: 'https://tin.vn',
      TINKIN_DEMO_CLOCK_OFFSET: '60',
    };
    expect(problems(environment)).toHaveLength(1);
  });
});

test.each(['https://tin.vn/', 'https://tin.vn/x', 'ftp://tin.vn', 'https://u:p@tin.vn', 'HTTPS://TIN.VN'])(
  'the origin %j is refused',
  (origin) => {
    expect(problems({ TINKIN_ORIGIN: origin })).toHaveLength(1);
  },
);

test('witnesses come as pairs of a key and an address, in a line or in several', () => {
  const text = 'mot.vn+01234567+BAA= https://mot.vn/witness\n  hai.vn+89abcdef+BBB= http://127.0.0.1:8739';
  expect(readConfig({ TINKIN_WITNESSES: text }).witnesses).toEqual([
    { vkey: 'mot.vn+01234567+BAA=', url: 'https://mot.vn/witness' },
    { vkey: 'hai.vn+89abcdef+BBB=', url: 'http://127.0.0.1:8739' },
  ]);
  for (const wrong of ['mot.vn+01234567+BAA=', 'https://mot.vn mot.vn+01234567+BAA=', 'a file:///etc b'])
    expect(problems({ TINKIN_WITNESSES: wrong })).not.toEqual([]);
});

describe('the neutral page', () => {
  test('is left to the language of the page when nothing is said', () => {
    expect(readConfig({}).neutralPage).toBeNull();
  });

  test('is any https address', () => {
    const page = 'https://thoitiet.example.vn/ngay-mai?noi=son-la';
    expect(readConfig({ TINKIN_NEUTRAL_PAGE: page }).neutralPage).toBe(page);
  });

  test.each(['http://example.vn/', 'example.vn', '/', 'javascript:alert(1)', 'https://u:p@example.vn/'])(
    'is refused when it is %j',
    (page) => {
      expect(problems({ TINKIN_NEUTRAL_PAGE: page })).toHaveLength(1);
    },
  );

  test('is refused when it is a page of this service', () => {
    const environment = { TINKIN_ORIGIN: 'https://tin.vn', TINKIN_NEUTRAL_PAGE: 'https://tin.vn/help' };
    expect(problems(environment)).toHaveLength(1);
  });
});

describe('what posters print', () => {
  test('is nothing when nothing is said', () => {
    expect(readConfig({})).toMatchObject({ hotline: '', onion: '' });
  });

  test('is a number and an onion address', () => {
    const onion = `${'a2'.repeat(28)}.onion`;
    expect(readConfig({ TINKIN_HOTLINE: '0212 385 2113', TINKIN_ONION: onion })).toMatchObject({
      hotline: '0212 385 2113',
      onion,
    });
  });

  test.each([
    { TINKIN_HOTLINE: 'call us' },
    { TINKIN_HOTLINE: '1'.repeat(41) },
    { TINKIN_ONION: 'tin.onion' },
    { TINKIN_ONION: 'https://tin.example.vn' },
  ])('is refused when it is %j', (environment) => {
    expect(problems(environment)).toHaveLength(1);
  });
});

describe('hCaptcha', () => {
  test('takes its secret from a file', () => {
    const config = readConfig({
      TINKIN_CHALLENGE: 'hcaptcha',
      TINKIN_HCAPTCHA_SITEKEY: '10000000-ffff',
      TINKIN_HCAPTCHA_SECRET_FILE: join(folder, 'secret'),
    });
    expect(config.challenge).toEqual({
      kind: 'hcaptcha',
      sitekey: '10000000-ffff',
      secret: '0xSECRET',
      timeout: 5000,
    });
  });

  test('without site key or with an empty or missing file is refused', () => {
    expect(problems({ TINKIN_CHALLENGE: 'hcaptcha' })).toHaveLength(2);
    for (const file of ['empty', 'missing']) {
      const environment = {
        TINKIN_CHALLENGE: 'hcaptcha',
        TINKIN_HCAPTCHA_SITEKEY: 'x',
        TINKIN_HCAPTCHA_SECRET_FILE: join(folder, file),
      };
      expect(problems(environment)).toHaveLength(1);
    }
  });
});

test('the script-less pages can be switched off', () => {
  expect(readConfig({ TINKIN_PLAIN_FORM: 'off' }).sealer).toBeNull();
});

describe('the mail server', () => {
  const withUrl = (url: string, more: Record<string, string> = {}) => {
    writeFileSync(join(folder, 'smtp'), `${url}\n`);
    return {
      TINKIN_SMTP_URL_FILE: join(folder, 'smtp'),
      TINKIN_SMTP_FROM: 'tin@example.vn',
      ...more,
    };
  };
  const off = { TINKIN_SMTP_TLS: 'off' };

  test('is none unless a file names it', () => {
    expect(readConfig({})).toMatchObject({ mail: null, digestHours: [27_000, 48_600] });
  });

  test.each([
    [
      'smtps://tin:m%C3%A1y%40a@mail.vn',
      {},
      { host: 'mail.vn', port: 465, tls: 'implicit', login: { user: 'tin', pass: 'máy@a' } },
    ],
    ['smtp://mail.vn', {}, { host: 'mail.vn', port: 587, tls: 'starttls', login: null }],
    ['smtp://127.0.0.1:2525', off, { host: '127.0.0.1', port: 2525, tls: 'off' }],
    ['smtp://[::1]:2525', off, { host: '::1', port: 2525, tls: 'off' }],
  ])('%s is read as its file says', (url, more, mail) => {
    expect(readConfig(withUrl(url, more)).mail).toMatchObject({ ...mail, from: 'tin@example.vn' });
  });

  test.each([
    ['http://mail.vn', {}],
    ['mail.vn', {}],
    ['smtp://mail.vn', off],
    ['smtps://127.0.0.1', off],
    ['smtp://mail.vn', { TINKIN_SMTP_FROM: 'tin' }],
    ['smtp://mail.vn', { TINKIN_SMTP_CA_FILE: '/none' }],
  ])('%s with %j is refused, and a password in it is not repeated', (url, more) => {
    const found = problems(withUrl(url.replace('://', '://tin:MATKHAU@'), more));
    expect(found).toHaveLength(1);
    expect(found.join()).not.toContain('MATKHAU');
  });

  test.each([
    '7:30',
    '24:00',
    '13:30,07:30',
    '07:30,08:00',
    '',
    'x',
    '01:00,02:00,03:00,04:00,05:00,06:00,07:00',
  ])('hours %j are refused or, where nothing is said, those that are usual', (hours) => {
    expect(problems({ TINKIN_DIGEST_HOURS: hours })).toHaveLength(hours === '' ? 0 : 1);
  });
});
