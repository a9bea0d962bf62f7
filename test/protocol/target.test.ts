import { describe, expect, it } from 'vitest';
import { directoryPayload, parseDirectory } from '../../src/protocol/directory.ts';
import { encodeShard, hashShard } from '../../src/protocol/shard.ts';
import { signStatement } from '../../src/protocol/statement.ts';
import { epochRefusal, targetForUnit } from '../../src/protocol/target.ts';
import { bundle, endOf, founders, people, suite, verify } from './small-directory.ts';
import { expectCode, sodium } from './suites.ts';
import {
  COMMUNE,
  DAY,
  directoryUnit,
  epochFields,
  NOW,
  PROVINCE,
  signEpoch,
  signRevocation,
  statementHashOf,
  unit,
} from './world.ts';

const { provinceHead, communeHead, communeOfficer } = people;

describe('target of a tip', () => {
  const verified = verify();
  const target = (now = NOW, excluded: (typeof COMMUNE)[] = []) =>
    targetForUnit(sodium, verified, COMMUNE, now, excluded);

  it('is the unit’s live epoch with what the citizen is shown', () => {
    expect(target()).toMatchObject({
      unit: COMMUNE,
      epoch: 1,
      fallback: false,
      memberCount: 2,
      directoryHash: verified.hash,
    });
    expect(target().fingerprint).toMatch(/^(\d{5} ){3}\d{5}$/);
  });

  it('without a live epoch is the parent’s intake, and says so', () => {
    const { epochs } = bundle;
    const late = targetForUnit(sodium, verify({ epochs: epochs.slice(1) }), COMMUNE, NOW);
    expect(late).toMatchObject({ unit: PROVINCE, fallback: true });
  });

  it('without two active readers is the parent’s intake', () => {
    const revocations = [
      signRevocation(suite, endOf(communeOfficer, NOW), [communeHead.sign, provinceHead.sign]),
    ];
    expect(targetForUnit(sodium, verify({ revocations }), COMMUNE, NOW)).toMatchObject({
      unit: PROVINCE,
      fallback: true,
    });
  });

  it('is never a unit that the directory does not list', () => {
    const shard = encodeShard({
      province: '14',
      units: [directoryUnit(PROVINCE, null), directoryUnit(COMMUNE, PROVINCE, false)],
      routes: null,
    });
    const {
      hash: _hash,
      envelope: _envelope,
      instance: _instance,
      ...fields
    } = parseDirectory(sodium, bundle.directory);
    const payload = directoryPayload('demo', {
      ...fields,
      shards: [{ province: '14', hash: hashShard(sodium, shard) }],
    });
    const directory = signStatement(sodium, 'directory', payload, founders);
    const found = targetForUnit(sodium, verify({ directory, shards: [shard] }), COMMUNE, NOW);
    expect(found).toMatchObject({ unit: PROVINCE, fallback: true });
  });

  it('is never an excluded unit', () => {
    expect(target(NOW, [COMMUNE])).toMatchObject({ unit: PROVINCE, fallback: true });
    expectCode(() => target(NOW, [COMMUNE, PROVINCE]), 'epoch_missing');
  });

  it('is refused when nobody up the tree has a live epoch, or the unit is unknown', () => {
    expectCode(() => target(NOW + 7 * DAY), 'epoch_missing', COMMUNE);
    expectCode(() => targetForUnit(sodium, verified, unit('99-ca'), NOW), 'unit_unknown', '99-ca');
  });

  it('is the newest of two live epochs', () => {
    const first = bundle.epochs[0]!;
    const next = signEpoch(
      suite,
      epochFields(suite, COMMUNE, new Uint8Array(32).fill(5), { n: 2, prev: statementHashOf(suite, first) }),
      [communeHead.sign, communeOfficer.sign],
    );
    expect(targetForUnit(sodium, verify({ epochs: [next, ...bundle.epochs] }), COMMUNE, NOW).epoch).toBe(2);
  });
});

describe('acceptance of an epoch by the server', () => {
  const times = { from: NOW, until: NOW + 7 * DAY, revokedAt: null };

  it.each<[string, number, string | null]>([
    ['more than an hour before its beginning', NOW - 3601, 'epoch_unknown'],
    ['within an hour before its beginning', NOW - 3600, null],
    ['while it lasts', NOW + DAY, null],
    ['in the 48 hours after its end', NOW + 9 * DAY - 1, null],
    ['later', NOW + 9 * DAY, 'epoch_expired'],
  ])('%s', (_when, now, refusal) => {
    expect(epochRefusal(times, now)).toBe(refusal);
  });

  it('ends at a revocation without any grace', () => {
    expect(epochRefusal({ ...times, revokedAt: NOW + DAY }, NOW + DAY - 1)).toBeNull();
    expect(epochRefusal({ ...times, revokedAt: NOW + DAY }, NOW + DAY)).toBe('epoch_revoked');
  });

  it('is refused for an epoch that nobody signed', () => {
    expect(epochRefusal(null, NOW)).toBe('epoch_unknown');
  });
});
