import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answerHcaptcha,
  isHcaptchaToken,
  MAX_HCAPTCHA_TOKEN,
  parseHcaptchaSolution,
} from '../../src/protocol/hcaptcha.ts';

const challenge = {
  parameters: { sitekey: '10000000-ffff', nonce: '11'.repeat(16), mac: '22'.repeat(32) },
  t0: 498_696,
  expires: 1_795_305_600,
};
const json = (bytes: Uint8Array): Record<string, unknown> => JSON.parse(new TextDecoder().decode(bytes));

describe('the solution of hCaptcha’s check', () => {
  test('carries the token and what binds it to the submission, and nothing else', () => {
    expect(json(answerHcaptcha(challenge, 'P1_abc.def'))).toEqual({
      kind: 'hcaptcha',
      nonce: '11'.repeat(16),
      t0: 498_696,
      expires: 1_795_305_600,
      mac: '22'.repeat(32),
      token: 'P1_abc.def',
    });
  });

  test('fits into its section of the frame with any token that is taken, and is read back as it was', () => {
    const token = fc.string({
      unit: fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code)),
      maxLength: MAX_HCAPTCHA_TOKEN,
      size: 'max',
    });
    fc.assert(
      fc.property(token.filter(isHcaptchaToken), (value) => {
        const bytes = answerHcaptcha(challenge, value);
        expect(bytes.length).toBeLessThanOrEqual(4096);
        expect(parseHcaptchaSolution(bytes).token).toBe(value);
      }),
    );
    expect(
      answerHcaptcha({ ...challenge, t0: 10_000_000, expires: 1e11 }, 'x'.repeat(MAX_HCAPTCHA_TOKEN)).length,
    ).toBeLessThanOrEqual(4096);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['an empty text', ''],
    ['a number', 7],
    ['an object', { toString: () => 'P1_abc' }],
    ['a blank', 'P1 abc'],
    ['a line break', 'P1_abc\n'],
    ['a quotation mark', 'P1"abc'],
    ['a backslash', 'P1\\abc'],
    ['a letter beyond ASCII', 'P1_ắ'],
    ['one character too many', 'x'.repeat(MAX_HCAPTCHA_TOKEN + 1)],
  ])('is not made of %s in place of a token', (_what, token) => {
    expect(isHcaptchaToken(token)).toBe(false);
    expect(() => answerHcaptcha(challenge, token)).toThrow('field_invalid');
  });

  test.each(['nonce', 'mac'])('is not made for a challenge with a malformed %s', (field) => {
    const parameters = { ...challenge.parameters, [field]: 'zz' };
    expect(() => answerHcaptcha({ ...challenge, parameters }, 'P1_abc')).toThrow('field_invalid');
  });
});
