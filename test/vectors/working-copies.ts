import type { Day, TipId } from '../../src/domain/ids.ts';
import { COVERED, coverSpans } from '../../src/domain/working-copy.ts';
import { openEnvelope } from '../../src/protocol/envelope.ts';
import { encodeManifest } from '../../src/protocol/manifest.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { checkWorkingCopy, sealWorkingCopy } from '../../src/protocol/working-copy.ts';
import { epochRecipient } from '../../src/protocol/wraps.ts';
import { talk } from '../protocol/citizen.ts';
import { sealFile } from '../protocol/tip.ts';
import { COMMUNE, PROVINCE } from '../protocol/world.ts';
import { base64, json, text } from './encode.ts';
import { seededSuite } from './random.ts';

/** The first working copy of a tip, made for another unit, with a picture. */
export function workingCopies(suite: Suite) {
  const random = seededSuite(suite, 'copy');
  const [unit, to] = talk(suite).readers;
  if (unit === undefined || to === undefined) throw new Error('two units');
  const voice = suite.ed25519KeyPair(new Uint8Array(32).fill(8));
  const tip = 'ab'.repeat(16) as TipId;
  const picture = sealFile(random, text('ảnh'), 'ảnh đã che.jpg', 'image/jpeg');
  const manifest = encodeManifest([picture.named]);
  const words = 'Tôi là Ánh, thấy nhà nghỉ chứa mại dâm';
  const series = { no: 0, seal: null };
  const sealed = sealWorkingCopy(random, {
    ...{ instance: 'vectors', tip, series, unit, voice, to, manifest },
    copy: {
      ...{ v: 1, from: { unit: COMMUNE, name: 'Công an xã' }, day: '2026-11-22' as Day, purpose: 'Kiểm tra' },
      blocks: [{ field: 'what', no: 1, text: coverSpans(words, [{ from: 7, to: 10 }]) }],
      attachments: [{ ...picture.entry, form: 'redrawn' }],
    },
  });
  const checked = checkWorkingCopy(suite, sealed, {
    ...{ instance: 'vectors', tip, series, unit: COMMUNE, toUnit: PROVINCE, voiceKey: voice.publicKey },
  });
  const opened = openEnvelope(
    suite,
    sealed,
    { id: epochRecipient(to.unit, to.epoch), secretKey: to.secretKey },
    { instance: 'vectors', tip, kind: 'note', no: 1, seal: sealed.seal, manifest },
  );
  return {
    what: 'A working copy. Seeds of both units’ epochs and of the voice are 32 bytes 02, 03, 08; the picture’s keys are drawn first.',
    randomSeed: 'copy',
    covered: COVERED,
    core: json(sealed.core),
    wraps: base64(sealed.wraps),
    body: base64(sealed.body),
    manifest: json(manifest),
    seal: json(sealed.seal),
    sealHash: sealed.sealHash,
    epochs: checked.epochs,
    content: json(opened.content),
  };
}
