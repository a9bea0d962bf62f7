import { isMailAddress } from '../domain/mail-address.ts';
import type { EnvironmentReader } from './environment.ts';

/** How letters leave this instance. */
export interface MailConfig {
  readonly host: string;
  readonly port: number;
  readonly tls: 'implicit' | 'starttls' | 'off';
  readonly login: { readonly user: string; readonly pass: string } | null;
  readonly from: string;
  /** PEM; null: the authorities that Node knows. */
  readonly ca: string | null;
}

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** How letters leave this instance; null when `TINKIN_SMTP_URL_FILE` names no file. */
export function readMail(env: EnvironmentReader): MailConfig | null {
  if (env.text('TINKIN_SMTP_URL_FILE') === null) return null;
  const text = env.secretFile('TINKIN_SMTP_URL_FILE');
  const from = env.text('TINKIN_SMTP_FROM') ?? '';
  if (!isMailAddress(from)) env.problems.push('TINKIN_SMTP_FROM must be an address such as tin@example.vn');
  const encrypted = env.oneOf('TINKIN_SMTP_TLS', ['on', 'off'], 'on') === 'on';
  const ca = env.text('TINKIN_SMTP_CA_FILE') === null ? null : env.secretFile('TINKIN_SMTP_CA_FILE');
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    // What the file says holds a password: it is never repeated.
    if (text !== '')
      env.problems.push('TINKIN_SMTP_URL_FILE: the file must hold an address smtps://… or smtp://…');
    return null;
  }
  const secure = url.protocol === 'smtps:';
  if (!encrypted && (secure || !LOOPBACK.includes(url.hostname)))
    env.problems.push('TINKIN_SMTP_TLS=off is for smtp:// to this machine alone');
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    tls: secure ? 'implicit' : encrypted ? 'starttls' : 'off',
    login: url.username === '' ? null : { user: decoded(url.username), pass: decoded(url.password) },
    from,
    ca,
  };
}

/** A part of an address; one that is no valid escape stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Moments of the day at which letters go to those who asked, in seconds after 00:00 UTC+7. */
export function readHours(env: EnvironmentReader): readonly number[] {
  const text = env.text('TINKIN_DIGEST_HOURS') ?? '07:30,13:30';
  const hours = text.split(',').map((hour) => {
    const [, h, m] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(hour.trim()) ?? [];
    return h === undefined ? Number.NaN : Number(h) * 3600 + Number(m) * 60;
  });
  const apart = hours.every((hour, i) => hour - (hours[i - 1] ?? -3600) >= 3600);
  if (!apart || hours.length > 6) {
    env.problems.push(
      `TINKIN_DIGEST_HOURS must be rising hours such as 07:30,13:30, at least one apart, not "${text}"`,
    );
    return [];
  }
  return hours;
}
