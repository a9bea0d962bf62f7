import { describe, expect, it } from 'vitest';
import type { Hash, Seconds, TipId } from '../../src/domain/ids.ts';
import {
  AUDITED_TYPE,
  type AuditedCheckpoint,
  auditReportHash,
  type CanarySet,
  canaryCommitment,
  parseAudited,
  parseCanaries,
  requireAuditor,
  signAudited,
  signCanaries,
} from '../../src/protocol/auditor.ts';
import { toHex, utf8 } from '../../src/protocol/bytes.ts';
import { cosignDsse, parseDsse, signDsse } from '../../src/protocol/dsse.ts';
import { expectCode, sodium as suite } from './suites.ts';

const hash = (digit: string) => digit.repeat(64) as Hash;
const tip = (digit: string) => digit.repeat(32) as TipId;
const AUDITED: AuditedCheckpoint = {
  instance: 'demo',
  auditor: 'doc-lap',
  origin: 'demo.example/log',
  size: 4096,
  root: hash('a'),
  report: hash('b'),
  exceptions: [tip('1'), tip('2')],
  at: 1_795_305_600 as Seconds,
};
const SET: CanarySet = { instance: 'demo', auditor: 'doc-lap', n: 5, root: hash('c'), at: AUDITED.at };

const signer = suite.ed25519KeyPair(suite.randomBytes(32));
const stranger = suite.ed25519KeyPair(suite.randomBytes(32));

describe('a statement over an audited checkpoint', () => {
  it('comes back as it was signed, under a hash that another signature does not change', () => {
    const bytes = signAudited(suite, AUDITED, signer);
    const parsed = parseAudited(suite, bytes);
    expect(parsed.statement).toEqual(AUDITED);
    expect(parseAudited(suite, cosignDsse(suite, bytes, stranger)).hash).toBe(parsed.hash);
  });

  it.each<[string, Partial<AuditedCheckpoint>]>([
    ['size', { size: 0 }],
    ['root', { root: 'AA' as Hash }],
    ['origin', { origin: 'two words' }],
    ['auditor', { auditor: 'Ai' }],
    ['exceptions', { exceptions: [tip('2'), tip('1')] }],
    ['exceptions', { exceptions: [tip('1'), tip('1')] }],
    ['exceptions', { exceptions: ['short' as TipId] }],
  ])('with a bad %s is malformed', (field, change) => {
    const bytes = signAudited(suite, { ...AUDITED, ...change }, signer);
    expectCode(() => parseAudited(suite, bytes), 'statement_malformed', field);
  });

  it('is not taken from bytes of another kind, nor with a field that nobody asked for', () => {
    expectCode(
      () => parseAudited(suite, signCanaries(suite, SET, signer)),
      'statement_malformed',
      'payloadType',
    );
    const body = utf8(JSON.stringify({ type: 'audited-checkpoint', ...AUDITED, more: 1 }));
    expectCode(
      () => parseAudited(suite, signDsse(suite, AUDITED_TYPE, body, [signer])),
      'statement_malformed',
    );
  });
});

describe('a commitment to test tips', () => {
  it('comes back as it was signed', () => {
    expect(parseCanaries(suite, signCanaries(suite, SET, signer)).statement).toEqual(SET);
  });

  it.each([0, 1001])('of %i tips is malformed', (n) => {
    const bytes = signCanaries(suite, { ...SET, n }, signer);
    expectCode(() => parseCanaries(suite, bytes), 'statement_malformed', 'n');
  });

  it('hides the tip behind its salt', () => {
    const [one, other] = [suite.randomBytes(32), suite.randomBytes(32)];
    const known = canaryCommitment(suite, one, tip('1'));
    expect(known).toHaveLength(32);
    expect(canaryCommitment(suite, one, tip('1'))).toEqual(known);
    expect(toHex(canaryCommitment(suite, other, tip('1')))).not.toBe(toHex(known));
    expect(toHex(canaryCommitment(suite, one, tip('2')))).not.toBe(toHex(known));
  });
});

describe('who signed for an auditor', () => {
  const named = (id: string, signKey: Uint8Array | null) => [{ id, signKey }];

  it('is the one whom the statement names, with the key of the directory', () => {
    const statement = parseAudited(suite, signAudited(suite, AUDITED, signer));
    requireAuditor(suite, statement, named('doc-lap', signer.publicKey));
    for (const auditors of [
      [],
      named('doc-lap', stranger.publicKey),
      named('khac', signer.publicKey),
      named('doc-lap', null),
    ])
      expectCode(() => requireAuditor(suite, statement, auditors), 'auditor_signers');
  });

  it('is nobody when a second signature stands beside theirs', () => {
    const twice = parseAudited(suite, cosignDsse(suite, signAudited(suite, AUDITED, signer), stranger));
    expect(parseDsse(signAudited(suite, AUDITED, signer)).signatures).toHaveLength(1);
    expectCode(() => requireAuditor(suite, twice, named('doc-lap', signer.publicKey)), 'auditor_signers');
  });
});

describe('the hash of a report', () => {
  it('is over its exact bytes', () => {
    expect(auditReportHash(suite, utf8('{"ok":true}'))).not.toBe(
      auditReportHash(suite, utf8('{"ok": true}')),
    );
  });
});
