import type { Day, Hash, StaffId } from '../../src/domain/ids.ts';
import {
  cosignBoxStatement,
  signBoxStatement,
  verifyBoxStatement,
} from '../../src/protocol/box-statement.ts';
import {
  openRecordingKey,
  openRecordingMeta,
  openRecordingShare,
  sealRecordingKey,
  sealRecordingMeta,
  sealRecordingShares,
} from '../../src/protocol/recording.ts';
import { combineShares } from '../../src/protocol/recovery.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { PROVINCE } from '../protocol/world.ts';
import { base64, hex, json } from './encode.ts';
import { seededSuite } from './random.ts';

/** Key, shares and particulars of one recording, and the statement of an emptied box. */
export function hotline(suite: Suite) {
  const key = new Uint8Array(32).fill(4);
  const recording = { instance: 'vectors', unit: PROVINCE, id: 'ab'.repeat(16) };
  const root = 'ef'.repeat(32) as Hash;
  const meta = { type: 'audio/ogg', seconds: 125, size: 1_500_000, line: 'Đường dây nóng 1' };
  const kem = (fill: number) => suite.xwingKeyPair(new Uint8Array(32).fill(fill));
  const staff = '56'.repeat(16) as StaffId;
  const random = seededSuite(suite, 'recording');
  const wrap = sealRecordingKey(random, key, recording, { staff, kemKey: kem(1).publicKey });
  const holders = [11, 12, 13].map((fill) => ({ id: `holder-${fill}`, keys: kem(fill) }));
  const shares = sealRecordingShares(
    random,
    key,
    recording,
    holders.map(({ id, keys }) => ({ id, kemKey: keys.publicKey })),
  );
  const sealed = sealRecordingMeta(random, key, recording, root, meta);
  const opened = shares.flatMap(({ share }, at) => {
    const holder = holders[at];
    if (holder === undefined) return [];
    return openRecordingShare(suite, share, recording, {
      id: holder.id,
      kemSecret: holder.keys.secretKey,
    });
  });
  const signer = (fill: number) => suite.ed25519KeyPair(new Uint8Array(32).fill(fill));
  const proposed = signBoxStatement(
    suite,
    {
      ...{ instance: 'vectors', unit: PROVINCE, opening: 'cd'.repeat(16), box: 'Hộp thư số 3' },
      ...{ day: '2026-11-22' as Day, letters: 7, by: [staff, '57'.repeat(16) as StaffId] as const },
    },
    signer(1),
  );
  const complete = cosignBoxStatement(suite, proposed, signer(2));
  const keys = [signer(1).publicKey, signer(2).publicKey];
  return {
    what: 'A recording: key 32 bytes 04, seed of the operator 01, of the holders 11, 12, 13 (decimal). A box: seeds of the two people 01 and 02.',
    randomSeed: 'recording',
    recording,
    root,
    meta: openRecordingMeta(suite, key, recording, root, sealed),
    staff,
    wrap: base64(wrap),
    openedKey: hex(openRecordingKey(suite, wrap, recording, { staff, kemSecret: kem(1).secretKey })),
    shares: shares.map(({ holder, share }) => ({ holder, share: base64(share) })),
    combined: hex(combineShares(opened.slice(1))),
    sealedMeta: base64(sealed),
    box: {
      proposed: json(proposed),
      complete: json(complete),
      says: verifyBoxStatement(suite, complete, keys, 2),
    },
  };
}
