import { encodeBundle } from '../../src/protocol/bundle.ts';
import { epochKeys, wrapEpochSecret } from '../../src/protocol/epoch.ts';
import { keyFingerprint } from '../../src/protocol/member.ts';
import { splitSecret, wrapShare } from '../../src/protocol/recovery.ts';
import { encodePins } from '../../src/protocol/root.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { targetForUnit } from '../../src/protocol/target.ts';
import { verifyDirectory } from '../../src/protocol/verify-directory.ts';
import { COMMUNE, makeWorld, NOW } from '../protocol/world.ts';
import { base64, hex } from './encode.ts';
import { seededSuite } from './random.ts';

/** A whole directory with what a reader must find in it. */
export function directories(suite: Suite) {
  const world = makeWorld(suite, 'vectors');
  const verified = verifyDirectory(suite, world.pins, world.bundle, NOW);
  const { publicKey, info, ...target } = targetForUnit(suite, verified, COMMUNE, NOW);
  const { signKey, kemKey } = world.people.communeOfficer.fields;
  return {
    what: 'A directory bundle (TK1D), the pins it is verified from, the moment, and what a reader finds.',
    pins: JSON.parse(encodePins(world.pins)) as unknown,
    now: NOW,
    bundle: base64(encodeBundle(world.bundle)),
    finds: {
      hash: verified.hash,
      units: [...verified.units.keys()],
      members: verified.members.map(({ person, unit, hash }) => ({ person, unit, hash })),
      target: { ...target, publicKey: base64(publicKey), name: info.nameVi },
    },
    fingerprint: {
      signKey: hex(signKey),
      kemKey: base64(kemKey),
      shown: keyFingerprint(suite, signKey, kemKey),
    },
  };
}

/** An epoch's secret: its keys, a member's wrap and the recovery shares. */
export function epochSecrets(suite: Suite) {
  const random = seededSuite(suite, 'epoch');
  const secret = random.randomBytes(32);
  const keys = epochKeys(suite, secret);
  const member = suite.xwingKeyPair(new Uint8Array(32).fill(1));
  const context = { instance: 'vectors', unit: COMMUNE, epoch: 3, member: 'ab'.repeat(16) };
  const holder = { instance: 'vectors', unit: COMMUNE, epoch: 3, holder: 'notary' };
  const wrap = wrapEpochSecret(random, secret, context, member.publicKey);
  const shares = splitSecret(random, secret);
  const [first] = shares;
  return {
    what: 'Seed of the member’s and the holder’s X-Wing key is 32 bytes 01.',
    randomSeed: 'epoch',
    secret: hex(secret),
    publicKey: base64(keys.kem.publicKey),
    voiceKey: hex(keys.voice.publicKey),
    context,
    wrap: base64(wrap),
    shares: shares.map(({ x, y }) => ({ x, y: hex(y) })),
    holder,
    wrappedShare: first === undefined ? null : base64(wrapShare(random, first, holder, member.publicKey)),
  };
}
