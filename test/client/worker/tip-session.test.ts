import { beforeAll, describe, expect, test } from 'vitest';
import { TipSession } from '../../../src/client/worker/tip-session.ts';
import type { UnitId } from '../../../src/domain/ids.ts';
import type { TipContent } from '../../../src/domain/tip-content.ts';
import { encodeBundle } from '../../../src/protocol/bundle.ts';
import { openEnvelope } from '../../../src/protocol/envelope.ts';
import { epochKeys } from '../../../src/protocol/epoch.ts';
import { eventLeaf } from '../../../src/protocol/event.ts';
import type { SealRequest } from '../../../src/protocol/fresh-target.ts';
import { powPrefix } from '../../../src/protocol/pow.ts';
import { makeAnswers } from '../../../src/protocol/promise.ts';
import { deriveMailbox } from '../../../src/protocol/receipt-code.ts';
import { openReceiptFile } from '../../../src/protocol/receipt-file.ts';
import { loadSodiumSuite } from '../../../src/protocol/sodium.ts';
import { checkSubmission, decodeSubmission } from '../../../src/protocol/submission.ts';
import type { Suite } from '../../../src/protocol/suite.ts';
import type { ChallengeAnswer } from '../../../src/protocol/wire.ts';
import { epochRecipient } from '../../../src/protocol/wraps.ts';
import { COMMUNE, makeWorld, NOW, PROVINCE, type World } from '../../protocol/world.ts';

const content: TipContent = {
  v: 1,
  lang: 'vi',
  place: { province: '14', commune: null, name: 'Sơn La' },
  conduct: 'other',
  urgent: { happeningNow: false, danger: true, minor: false },
  official: { involved: 'no', unit: null, role: null },
  excluded: [],
  what: 'Nhà nghỉ bên cầu.',
  when: '',
  where: '',
  who: '',
  how: '',
};
const T0 = Math.floor(NOW / 3600);

let suite: Suite;
let world: World;
let bundle: Uint8Array;
beforeAll(async () => {
  suite = await loadSodiumSuite();
  world = makeWorld(suite);
  bundle = encodeBundle(world.bundle);
});

const sha256 = (data: Uint8Array) => suite.sha256(data);
const nobody = () => undefined;

/** What the page hands over while the log has published nothing. */
const asked = (given: Uint8Array, unit = COMMUNE, excluded: readonly UnitId[] = []): SealRequest => ({
  ...{ bundle: given, freshness: null, unit, excluded },
});

/** A challenge as the server makes one, with its counter. */
function challenge(counter = 3, t0 = T0): ChallengeAnswer {
  const parameters = { salt: '11'.repeat(16), nonce: '22'.repeat(16) };
  return {
    kind: 'pow',
    parameters: {
      ...parameters,
      prefix: powPrefix(sha256, parameters, counter),
      max: 50,
      signature: '33'.repeat(32),
    },
    t0,
    expires: NOW + 600,
  };
}

/** The server's answer to a frame. */
function answerTo(frame: Uint8Array): Uint8Array {
  const decoded = decodeSubmission(frame);
  const leafSalt = suite.randomBytes(32);
  const checked = checkSubmission(suite, decoded, { instance: 'demo', assurances: ['e2ee'] });
  const [answer = new Uint8Array(0)] = makeAnswers(
    suite,
    { publicKey: world.ledger.publicKey, sign: (message) => suite.sign(message, world.ledger.secretKey) },
    [
      {
        terms: {
          origin: 'demo.example/log',
          leaf: eventLeaf(suite, leafSalt, decoded.record),
          seal: checked.sealHash,
          unit: checked.facts.unit,
          t0: checked.t0,
          assurance: 'e2ee',
          checkpoint: null,
          includeBy: NOW + 7200,
        },
        leafSalt,
      },
    ],
  );
  return answer;
}

function sealed(unit = COMMUNE): TipSession {
  const session = new TipSession(suite, world.pins);
  session.prepare(false);
  session.findTarget(asked(bundle, unit), NOW);
  session.seal({ content, urgent: true, conductGroup: 'other' });
  return session;
}

describe('a tip in the crypto Worker', () => {
  test('is sealed to the unit’s epoch alone and opens there with what was written', () => {
    const session = sealed();
    const decoded = decodeSubmission(session.prove(challenge(), nobody));
    const opened = openEnvelope(
      suite,
      decoded,
      { id: epochRecipient(COMMUNE, 1), secretKey: epochKeys(suite, world.epochSecret).kem.secretKey },
      { instance: 'demo', tip: decoded.parsed.core.tip, seal: decoded.seal },
    );
    expect(JSON.parse(new TextDecoder().decode(opened.content))).toEqual(content);
    expect(decoded.parsed.facts).toMatchObject({
      unit: COMMUNE,
      urgent: true,
      assurance: 'e2ee',
      channel: 'web',
    });
  });

  test('shows the unit’s name and a fingerprint of its key before anything is sealed', () => {
    const session = new TipSession(suite, world.pins);
    const target = session.findTarget(asked(bundle), NOW);
    expect(target).toMatchObject({ unit: COMMUNE, nameVi: 'Công an', fallback: false });
    expect(target.fingerprint).toMatch(/^\d{5}( \d{5}){3}$/);
  });

  test('goes to the parent when the unit has no live epoch, and says so', () => {
    const without = encodeBundle({ ...world.bundle, epochs: world.bundle.epochs.slice(1) });
    const target = new TipSession(suite, world.pins).findTarget(asked(without), NOW);
    expect(target).toMatchObject({ unit: PROVINCE, fallback: true });
  });

  test('never falls back to a unit that is kept out', () => {
    const without = encodeBundle({ ...world.bundle, epochs: world.bundle.epochs.slice(1) });
    const session = new TipSession(suite, world.pins);
    expect(() => session.findTarget(asked(without, COMMUNE, [PROVINCE]), NOW)).toThrow('epoch_missing');
  });

  test('is not sealed under a directory that has run out', () => {
    const session = new TipSession(suite, world.pins);
    expect(() => session.findTarget(asked(bundle), NOW + 40 * 86_400)).toThrow(/directory_expired/);
  });

  test('gives no code before the server’s answer was looked at', () => {
    const session = sealed();
    session.prove(challenge(), nobody);
    expect(() => session.shownCode()).toThrow();
  });

  test('gives the code once the promise is good, and the code opens the receipt', () => {
    const session = sealed();
    const answer = answerTo(session.prove(challenge(), nobody));
    expect(session.check(answer, NOW)).toEqual({ result: 'good', code: '', includeBy: NOW + 7200 });
    const code = session.shownCode();
    const { bytes } = session.receipt();
    const keys = deriveMailbox(suite, code, 'demo');
    const receipt = openReceiptFile(suite, keys.fileKey, 'demo', bytes);
    expect(receipt.answer).toBe(new TextDecoder().decode(answer));
  });

  test('keeps its seal over a second challenge, and believes the stored answer to the first frame', () => {
    const session = sealed();
    const first = session.prove(challenge(3), nobody);
    const second = session.prove(challenge(7, T0 + 1), nobody);
    expect(decodeSubmission(second).parsed.seal).toEqual(decodeSubmission(first).parsed.seal);
    expect(session.check(answerTo(first), NOW).result).toBe('good');
  });

  test('calls a promise bad that somebody else signed, and gives the code all the same', () => {
    const session = sealed();
    const answer = new TextDecoder().decode(answerTo(session.prove(challenge(), nobody)));
    const forged = answer.replace(
      /"sig":"(.)/,
      (_, letter: string) => `"sig":"${letter === 'A' ? 'B' : 'A'}`,
    );
    expect(session.check(new TextEncoder().encode(forged), NOW)).toMatchObject({
      result: 'bad',
      code: 'promise_signature',
    });
    expect(session.shownCode()).toMatch(/^\d{28}$/);
  });

  test('warns of a clock that is hours off', () => {
    const session = sealed();
    const answer = answerTo(session.prove(challenge(), nobody));
    expect(session.check(answer, NOW + 5 * 3600)).toMatchObject({ result: 'clock', includeBy: NOW + 7200 });
  });

  test('reports progress while it solves the challenge', () => {
    const session = sealed();
    const far = challenge(9000);
    const shares: number[] = [];
    session.prove({ ...far, parameters: { ...far.parameters, max: 10_000 } }, (share) => shares.push(share));
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  describe('with a third party’s check', () => {
    const check: ChallengeAnswer = {
      kind: 'hcaptcha',
      parameters: { sitekey: '10000000-ffff', nonce: '44'.repeat(16), mac: '55'.repeat(32) },
      t0: T0,
      expires: NOW + 600,
    };

    test('carries its token in the frame, searches nothing, and is taken like any other', () => {
      const session = sealed();
      const shares: number[] = [];
      const frame = session.prove(check, (share) => shares.push(share), 'P1_abc.def');
      expect(JSON.parse(new TextDecoder().decode(decodeSubmission(frame).solution))).toEqual({
        kind: 'hcaptcha',
        nonce: '44'.repeat(16),
        t0: T0,
        expires: NOW + 600,
        mac: '55'.repeat(32),
        token: 'P1_abc.def',
      });
      expect(shares).toEqual([]);
      expect(session.check(answerTo(frame), NOW).result).toBe('good');
    });

    test('makes no frame without a token or with one that cannot be one', () => {
      const session = sealed();
      expect(() => session.prove(check, nobody)).toThrow('field_invalid');
      expect(() => session.prove(check, nobody, 'a b')).toThrow('field_invalid');
    });
  });

  test('gets another code when it is made anew', () => {
    const session = sealed();
    session.check(answerTo(session.prove(challenge(), nobody)), NOW);
    const code = session.shownCode();
    session.prepare(true);
    session.seal({ content, urgent: true, conductGroup: 'other' });
    session.check(answerTo(session.prove(challenge(), nobody)), NOW);
    expect(session.shownCode()).not.toBe(code);
  });
});
