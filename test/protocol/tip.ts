import type { AttachmentEntry } from '../../src/domain/attachments.ts';
import type { Hour } from '../../src/domain/ids.ts';
import { NO_EXTRAS, type TipExtras } from '../../src/domain/tip-content.ts';
import {
  hashPart,
  newAttachmentKeys,
  PART_BYTES,
  paddedFileLength,
  partCount,
  partLength,
  partsRoot,
  sealedFileLength,
  sealPart,
} from '../../src/protocol/attachment.ts';
import { toBase64Url } from '../../src/protocol/base64.ts';
import { concat } from '../../src/protocol/bytes.ts';
import { encodeTipContent } from '../../src/protocol/content.ts';
import { encodeManifest, type ManifestEntry } from '../../src/protocol/manifest.ts';
import {
  finishSubmission,
  type PreparedSubmission,
  type SigningOperator,
  sealTip,
} from '../../src/protocol/prepare.ts';
import { type MailboxKeys, mailboxFromMaster } from '../../src/protocol/receipt-code.ts';
import type { Suite } from '../../src/protocol/suite.ts';
import { targetForUnit, type UnitTarget } from '../../src/protocol/target.ts';
import { verifyDirectory } from '../../src/protocol/verify-directory.ts';
import { COMMUNE, NOW, type World } from './world.ts';

export const T0 = (NOW / 3600) as Hour;

export const CONTENT = {
  v: 1,
  lang: 'vi',
  place: { province: '14', commune: '03408', name: 'Xã Chiềng La' },
  conduct: 'harbouring',
  urgent: { happeningNow: true, danger: false, minor: false },
  official: { involved: 'no', unit: null, role: null },
  excluded: [],
  what: 'Có người chứa mại dâm ở nhà nghỉ',
  when: 'tối qua',
  where: 'gần chợ',
  who: 'không rõ',
  how: 'tôi nhìn thấy',
} as const;

export interface SentTip {
  readonly keys: MailboxKeys;
  readonly target: UnitTarget;
  readonly prepared: PreparedSubmission;
}

/** A file sealed in parts, as the content and as the manifest name it. */
export interface SealedFile {
  readonly parts: readonly Uint8Array[];
  readonly entry: AttachmentEntry;
  readonly named: ManifestEntry;
}

/** Seals a file whole, as a browser does part by part. */
export function sealFile(suite: Suite, file: Uint8Array, name: string, type: string): SealedFile {
  const { id, key } = newAttachmentKeys(suite);
  const padded = paddedFileLength(file.length);
  const whole = concat(file, new Uint8Array(padded - file.length));
  const parts = Array.from({ length: partCount(padded) }, (_, no) => {
    const from = no * PART_BYTES;
    return sealPart(suite, key, id, no, whole.subarray(from, from + partLength(padded, no)));
  });
  const root = partsRoot(suite, id, concat(...parts.map((part) => hashPart(suite, part))));
  const named = { id, parts: parts.length, bytes: sealedFileLength(padded), root };
  const entry = { id, key: toBase64Url(key), name, type, size: file.length, form: 'original' } as const;
  return { parts, entry, named };
}

/** A tip sealed to the commune of a world and ready to be sent. */
export function sendTip(
  suite: Suite,
  world: World,
  solution: Uint8Array = new Uint8Array(0),
  files: readonly SealedFile[] = [],
  more: Partial<TipExtras> & { readonly operator?: SigningOperator } = {},
): SentTip {
  const { operator, ...told } = more;
  const extras = { ...NO_EXTRAS, attachments: files.map(({ entry }) => entry), ...told };
  const keys = mailboxFromMaster(suite, suite.randomBytes(32));
  const directory = verifyDirectory(suite, world.pins, world.bundle, NOW);
  const target = targetForUnit(suite, directory, COMMUNE, NOW);
  const sealed = sealTip(suite, {
    instance: 'demo',
    target,
    content: encodeTipContent(CONTENT, extras),
    manifest: encodeManifest(files.map(({ named }) => named)),
    keys,
    urgent: true,
    conductGroup: 'prostitution',
    channel: operator === undefined ? 'web' : 'hotline',
    assurance: operator === undefined ? 'e2ee' : 'operator',
  });
  return { keys, target, prepared: finishSubmission(suite, sealed, keys, { t0: T0, solution }, operator) };
}
