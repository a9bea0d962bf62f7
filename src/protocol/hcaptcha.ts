import { utf8 } from './bytes.ts';
import { ensure } from './errors.ts';
import { parseObject, Reader } from './json.ts';

/** Longest token that is taken, in characters: with the rest of the solution it stays within the frame's 4096 bytes. */
export const MAX_HCAPTCHA_TOKEN = 3900;
const MAX_SOLUTION_BYTES = 4 * 1024;
const HEX_32 = /^[0-9a-f]{32}$/;
const HEX_64 = /^[0-9a-f]{64}$/;
/** Visible ASCII without the two characters that JSON would have to escape. */
const TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** What hCaptcha gave for an answered check, and what binds it to one submission. */
export interface HcaptchaSolution {
  /** 16 bytes, hex. */
  readonly nonce: string;
  /** The hour of receipt. */
  readonly t0: number;
  /** UTC seconds. */
  readonly expires: number;
  /** The server's HMAC over seal hash, nonce, hour and expiry; 32 bytes, hex. */
  readonly mac: string;
  readonly token: string;
}

/** True for a string that can be a token of hCaptcha's; what it means only hCaptcha knows. */
export const isHcaptchaToken = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= MAX_HCAPTCHA_TOKEN && TOKEN.test(value);

/** The solution section of a submission frame for a challenge of kind `hcaptcha`: UTF-8 JSON. Throws `field_invalid`. */
export function answerHcaptcha(
  challenge: {
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly t0: number;
    readonly expires: number;
  },
  token: unknown,
): Uint8Array {
  const reader = new Reader(challenge.parameters, 'field_invalid');
  const nonce = reader.string('nonce', 32, HEX_32);
  const mac = reader.string('mac', 64, HEX_64);
  ensure(isHcaptchaToken(token), 'field_invalid', 'token');
  const { t0, expires } = challenge;
  return utf8(JSON.stringify({ kind: 'hcaptcha', nonce, t0, expires, mac, token }));
}

/** Parses a solution (attacker-controlled). Throws `field_invalid`. */
export function parseHcaptchaSolution(bytes: Uint8Array): HcaptchaSolution {
  const reader = new Reader(parseObject(bytes, MAX_SOLUTION_BYTES, 'field_invalid'), 'field_invalid');
  reader.oneOf('kind', ['hcaptcha']);
  const solution: HcaptchaSolution = {
    nonce: reader.string('nonce', 32, HEX_32),
    t0: reader.integer('t0', 0, 10_000_000),
    expires: reader.integer('expires', 0, 100_000_000_000),
    mac: reader.string('mac', 64, HEX_64),
    token: reader.string('token', MAX_HCAPTCHA_TOKEN, TOKEN),
  };
  reader.done();
  return solution;
}
