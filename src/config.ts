import { type Environment, EnvironmentReader } from './config/environment.ts';
import { type MailConfig, readHours, readMail } from './config/mail.ts';
import type { FileLimits } from './ports/deps.ts';

/**
 * Configuration, read once from the environment by the entries. Every variable:
 *
 * | variable | default | meaning |
 * |---|---|---|
 * | `TINKIN_DATA` | `data/demo` of the project | folder of the instance |
 * | `TINKIN_MODE` | the instance's own | `production` refuses demonstration keys and data; must agree with the instance |
 * | `TINKIN_ORIGIN` | `http://HOST:PORT` | public origin as browsers see it; `https:` in production |
 * | `HOST` | `127.0.0.1` | address to listen on |
 * | `PORT` | `8080` | port to listen on; 0 takes a free one |
 * | `TINKIN_LEDGER_CADENCE` | `10` in the demonstration, `3600` | seconds between two checkpoints of the log: 1–600 in the demonstration; in production whole hours, at most six (3600–21600) |
 * | `TINKIN_INCLUDE_WITHIN` | `3600`, or twice the cadence | seconds within which an accepted tip must be in the log (60–86400): at least twice the cadence |
 * | `TINKIN_WITNESSES` | | witnesses of the log: verifier key and address of each, all separated by blanks (`name+hash+key https://…`) |
 * | `TINKIN_NEUTRAL_PAGE` | Wikipedia's first page | where "leave quickly" leads: an `https:` page of another site that anybody may have open |
 * | `TINKIN_HOTLINE` | | number of the hotline, for posters and cards (at most 40 characters) |
 * | `TINKIN_ONION` | | onion address of the service, for posters and cards |
 * | `TINKIN_CHALLENGE` | `pow` | `pow` (own proof of work) or `hcaptcha` (a third party's; opt-in) |
 * | `TINKIN_POW_BASE` | `50000` | hashes searched at most while the service is calm (1–10000000) |
 * | `TINKIN_POW_CALM` | `120` | challenges a minute that still count as calm |
 * | `TINKIN_POW_CEILING` | `64` | how many times harder it may become when many tips are accepted; asking for challenges alone makes it at most 4 times harder |
 * | `TINKIN_HCAPTCHA_SITEKEY` | | site key, with `TINKIN_CHALLENGE=hcaptcha` |
 * | `TINKIN_HCAPTCHA_SECRET_FILE` | | file with the account's secret, with `TINKIN_CHALLENGE=hcaptcha` |
 * | `TINKIN_HCAPTCHA_TIMEOUT` | `5000` | milliseconds to wait for hCaptcha (100–30000) |
 * | `TINKIN_PLAIN_FORM` | `on` | `off` removes the script-less pages |
 * | `TINKIN_SEALER_WORKERS` | `1` | threads that seal for browsers without script (1–16) |
 * | `TINKIN_SEALER_QUEUE` | `16` | tips that may wait for them, and as many readers; beyond it 503 (1–1000) |
 * | `TINKIN_SEALER_PER_MINUTE` | `60` | tips taken without script in a minute, from everybody together; beyond it 503 (1–100000) |
 * | `TINKIN_ATTACHMENT_MIB` | `500` | largest attached file, in MiB (1–500) |
 * | `TINKIN_UPLOADS_GIB` | `20` | room for attached files that no tip carries yet, in GiB (1–10000); beyond it 503 |
 * | `TINKIN_RECORDING_MIB` | `128` | largest recording of a switchboard, in MiB (1–350) |
 * | `TINKIN_DISK_RESERVE_MIB` | `1024` | free disk that files never take, so that tips keep their room, in MiB (0–1000000) |
 * | `TINKIN_TRANSCRIBER_PORT` | `0` | port of `tinkin transcriber` on operators' own machines, which their consoles may then call; 0: none |
 * | `TINKIN_SMTP_URL_FILE` | | file with the address of the mail server, `smtps://USER:PASSWORD@HOST` or, with STARTTLS, `smtp://…`; without it nobody gets a letter |
 * | `TINKIN_SMTP_FROM` | | address that letters come from, with `TINKIN_SMTP_URL_FILE` |
 * | `TINKIN_SMTP_CA_FILE` | | PEM file of the authority behind the mail server's certificate, where it is one of your own |
 * | `TINKIN_SMTP_TLS` | `on` | `off` sends unencrypted: only to a mail server on this machine |
 * | `TINKIN_DIGEST_HOURS` | `07:30,13:30` | hours of the day (UTC+7) at which letters go to those who asked for them; at most 6, an hour or more apart |
 * | `TINKIN_MARKS_EVERY` | `60` | seconds between two looks for deadlines whose marks have come (1–3600) |
 * | `TINKIN_LOG_LEVEL` | `info` | `debug`, `info`, `warn`, `error`, `silent` |
 * | `TINKIN_EXIT_WITH_STDIN` | | `1`: stop when standard input closes (tests, supervisors) |
 * | `TINKIN_DEMO_CLOCK_OFFSET` | `0` | seconds by which the demonstration's clock is moved; refused in production |
 */
export interface Config {
  /** Null: the demonstration's folder. */
  readonly data: string | null;
  /** Null: whatever the instance says. */
  readonly mode: 'demo' | 'production' | null;
  /** Null: built from host and the port that was really taken. */
  readonly origin: string | null;
  readonly host: string;
  readonly port: number;
  /** Null: by the instance's mode. */
  readonly cadence: number | null;
  /** Null: by the cadence. */
  readonly includeWithin: number | null;
  /** Verifier key and address of each; keys are read where they are used. */
  readonly witnesses: readonly { readonly vkey: string; readonly url: string }[];
  /** Null: the page of each language. */
  readonly neutralPage: string | null;
  /** Both are printed on posters; empty where there is none. */
  readonly hotline: string;
  readonly onion: string;
  /** 0: operators have none. */
  readonly transcriberPort: number;
  readonly challenge:
    | {
        readonly kind: 'pow';
        readonly base: number;
        readonly calmPerMinute: number;
        readonly ceiling: number;
      }
    | {
        readonly kind: 'hcaptcha';
        readonly sitekey: string;
        readonly secret: string;
        readonly timeout: number;
      };
  /** Null: no script-less pages. */
  readonly sealer: { readonly workers: number; readonly queue: number; readonly perMinute: number } | null;
  /** Bytes. */
  readonly limits: FileLimits;
  /** Null: nobody gets a letter. */
  readonly mail: MailConfig | null;
  /** Seconds after 00:00 UTC+7, rising. */
  readonly digestHours: readonly number[];
  /** Seconds. */
  readonly marksEvery: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly exitWithStdin: boolean;
  readonly clockOffset: number;
}

/** The environment says something that cannot be; the message lists everything wrong, a line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not valid:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const KNOWN = new Set([
  ...['DATA', 'MODE', 'ORIGIN', 'INCLUDE_WITHIN', 'CHALLENGE', 'POW_BASE', 'POW_CALM', 'POW_CEILING'],
  ...['HCAPTCHA_SITEKEY', 'HCAPTCHA_SECRET_FILE', 'HCAPTCHA_TIMEOUT', 'PLAIN_FORM', 'SEALER_WORKERS'],
  ...[
    'SEALER_QUEUE',
    'SEALER_PER_MINUTE',
    'LOG_LEVEL',
    'EXIT_WITH_STDIN',
    'DEMO_CLOCK_OFFSET',
    'NEUTRAL_PAGE',
    'HOTLINE',
    'ONION',
    'ATTACHMENT_MIB',
    'UPLOADS_GIB',
    'RECORDING_MIB',
    'TRANSCRIBER_PORT',
    'DISK_RESERVE_MIB',
    'LEDGER_CADENCE',
    'WITNESSES',
    'SMTP_URL_FILE',
    'SMTP_FROM',
    'SMTP_CA_FILE',
    'SMTP_TLS',
    'DIGEST_HOURS',
    'MARKS_EVERY',
  ],
  // Read by the build and the tests, not by the service.
  ...['PINS', 'OUT', 'FULL'],
]);

/** Reads the whole configuration. Throws ConfigError, whose one message lists everything that is wrong. */
export function readConfig(environment: Environment): Config {
  const env = new EnvironmentReader(environment);
  const mode = env.oneOf('TINKIN_MODE', ['demo', 'production'], null);
  const config: Config = {
    data: env.text('TINKIN_DATA'),
    mode,
    origin: readOrigin(env, mode),
    host: env.text('HOST') ?? '127.0.0.1',
    port: env.whole('PORT', 8080, 0, 65_535),
    cadence: env.wholeOrNull('TINKIN_LEDGER_CADENCE', 1, 21_600),
    includeWithin: env.wholeOrNull('TINKIN_INCLUDE_WITHIN', 60, 86_400),
    witnesses: readWitnesses(env),
    neutralPage: readNeutralPage(env),
    hotline: readPrinted(env, 'TINKIN_HOTLINE', /^[\d +().-]{3,40}$/, 'a telephone number'),
    onion: readPrinted(
      env,
      'TINKIN_ONION',
      /^[a-z2-7]{56}\.onion$/,
      'an address of 56 letters and digits and .onion',
    ),
    transcriberPort: env.whole('TINKIN_TRANSCRIBER_PORT', 0, 0, 65_535),
    challenge: readChallenge(env),
    sealer: readSealer(env),
    limits: readLimits(env),
    mail: readMail(env),
    digestHours: readHours(env),
    marksEvery: env.whole('TINKIN_MARKS_EVERY', 60, 1, 3600),
    logLevel: env.oneOf('TINKIN_LOG_LEVEL', ['debug', 'info', 'warn', 'error', 'silent'], 'info'),
    exitWithStdin: env.oneOf('TINKIN_EXIT_WITH_STDIN', ['0', '1'], '0') === '1',
    clockOffset: env.whole('TINKIN_DEMO_CLOCK_OFFSET', 0, -10_000_000_000, 10_000_000_000),
  };
  if (mode === 'production' && config.clockOffset !== 0) {
    env.problems.push('TINKIN_DEMO_CLOCK_OFFSET is for the demonstration alone');
  }
  env.unknown(KNOWN);
  if (env.problems.length > 0) throw new ConfigError(env.problems);
  return config;
}

function readOrigin(env: EnvironmentReader, mode: Config['mode']): string | null {
  const text = env.text('TINKIN_ORIGIN');
  if (text === null) {
    if (mode === 'production') env.problems.push('TINKIN_ORIGIN is missing: the public https address');
    return null;
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.origin !== text || !/^https?:$/.test(url.protocol)) {
    env.problems.push(`TINKIN_ORIGIN must be an origin such as https://tin.example.vn, not "${text}"`);
  } else if (mode === 'production' && url.protocol !== 'https:') {
    env.problems.push('TINKIN_ORIGIN must begin with https: in production');
  }
  return text;
}

function readNeutralPage(env: EnvironmentReader): string | null {
  const text = env.text('TINKIN_NEUTRAL_PAGE');
  if (text === null) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || text.length > 500) {
    env.problems.push(
      `TINKIN_NEUTRAL_PAGE must be an https address such as https://example.vn/, not "${text}"`,
    );
  } else if (url.origin === env.text('TINKIN_ORIGIN')) {
    env.problems.push('TINKIN_NEUTRAL_PAGE must lead to another site than TINKIN_ORIGIN');
  }
  return url?.href ?? null;
}

/** Pairs of a verifier key and an address. */
function readWitnesses(env: EnvironmentReader): Config['witnesses'] {
  const words = env.text('TINKIN_WITNESSES')?.split(/\s+/) ?? [];
  const witnesses = [];
  for (let i = 0; i < words.length; i += 2) {
    const [vkey = '', url = ''] = words.slice(i, i + 2);
    if (URL.canParse(url) && /^https?:\/\//.test(url)) witnesses.push({ vkey, url });
    else env.problems.push(`TINKIN_WITNESSES: after "${vkey}" an address must follow, not "${url}"`);
  }
  return witnesses;
}

/** What is printed on paper as it stands here; empty when nothing is said. */
function readPrinted(env: EnvironmentReader, name: string, form: RegExp, what: string): string {
  const text = env.text(name) ?? '';
  if (text !== '' && !form.test(text)) env.problems.push(`${name} must be ${what}, not "${text}"`);
  return text;
}

function readChallenge(env: EnvironmentReader): Config['challenge'] {
  if (env.oneOf('TINKIN_CHALLENGE', ['pow', 'hcaptcha'], 'pow') === 'pow') {
    return {
      kind: 'pow',
      base: env.whole('TINKIN_POW_BASE', 50_000, 1, 10_000_000),
      calmPerMinute: env.whole('TINKIN_POW_CALM', 120, 1, 1_000_000_000),
      ceiling: env.whole('TINKIN_POW_CEILING', 64, 1, 1024),
    };
  }
  const sitekey = env.text('TINKIN_HCAPTCHA_SITEKEY');
  if (sitekey === null) env.problems.push('TINKIN_HCAPTCHA_SITEKEY is missing');
  return {
    kind: 'hcaptcha',
    sitekey: sitekey ?? '',
    secret: env.secretFile('TINKIN_HCAPTCHA_SECRET_FILE'),
    timeout: env.whole('TINKIN_HCAPTCHA_TIMEOUT', 5000, 100, 30_000),
  };
}

function readSealer(env: EnvironmentReader): Config['sealer'] {
  const workers = env.whole('TINKIN_SEALER_WORKERS', 1, 1, 16);
  const queue = env.whole('TINKIN_SEALER_QUEUE', 16, 1, 1000);
  const perMinute = env.whole('TINKIN_SEALER_PER_MINUTE', 60, 1, 100_000);
  return env.oneOf('TINKIN_PLAIN_FORM', ['on', 'off'], 'on') === 'on' ? { workers, queue, perMinute } : null;
}

const MIB = 1024 * 1024;

function readLimits(env: EnvironmentReader): FileLimits {
  return {
    attachmentBytes: env.whole('TINKIN_ATTACHMENT_MIB', 500, 1, 500) * MIB,
    uploadRoom: env.whole('TINKIN_UPLOADS_GIB', 20, 1, 10_000) * 1024 * MIB,
    recordingBytes: env.whole('TINKIN_RECORDING_MIB', 128, 1, 350) * MIB,
    diskReserve: env.whole('TINKIN_DISK_RESERVE_MIB', 1024, 0, 1_000_000) * MIB,
  };
}
