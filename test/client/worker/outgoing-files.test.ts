import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AttachmentInfo, OutgoingFiles } from '../../../src/client/worker/outgoing-files.ts';
import { ATTACHMENT_LIMITS } from '../../../src/domain/attachments.ts';
import {
  hashPart,
  openPart,
  PART_BYTES,
  partsRoot,
  uploadId,
  withoutPadding,
} from '../../../src/protocol/attachment.ts';
import { fromBase64Url } from '../../../src/protocol/base64.ts';
import { concat, toHex } from '../../../src/protocol/bytes.ts';
import { checkEntries } from '../../../src/protocol/content.ts';
import { parseManifest } from '../../../src/protocol/manifest.ts';
import { loadSodiumSuite } from '../../../src/protocol/sodium.ts';
import type { Suite } from '../../../src/protocol/suite.ts';

let suite: Suite;
let files: OutgoingFiles;
beforeAll(async () => {
  suite = await loadSodiumSuite();
});
beforeEach(() => {
  files = new OutgoingFiles(suite);
});

/** Bytes that differ from part to part. */
const bytesOf = (length: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 12)) & 0xff);
const attach = (plain: Uint8Array<ArrayBuffer>, name = 'ảnh.jpg'): AttachmentInfo =>
  files.attach({ file: new Blob([plain]), name, type: 'image/jpeg', form: 'redrawn' });

/** Seals all parts and says that the server has them. */
async function send({ id, parts }: AttachmentInfo): Promise<Uint8Array[]> {
  const sealed: Uint8Array[] = [];
  for (let no = 0; no < parts; no++) {
    const part = await files.part({ id, no });
    sealed.push(part);
    files.partDone({ id, no, hash: toHex(hashPart(suite, part)) });
  }
  files.attached({ id, root: partsRoot(suite, id, concat(...sealed.map((one) => hashPart(suite, one)))) });
  return sealed;
}

describe('a file on its way out', () => {
  test('opens again from its parts with the key that the content carries, the padding gone', async () => {
    const plain = bytesOf(PART_BYTES + 70_000);
    const info = attach(plain);
    expect(info.parts).toBe(2);
    const sealed = await send(info);
    expect(sealed.reduce((sum, { length }) => sum + length, 0)).toBe(info.bytes);
    const [entry] = files.sealed().entries;
    if (entry === undefined) throw new Error('no entry');
    const opened = sealed.map((part, no) =>
      withoutPadding(openPart(suite, fromBase64Url(entry.key), entry.id, no, part), no, entry.size),
    );
    expect(concat(...opened)).toEqual(plain);
    expect(entry).toMatchObject({ name: 'ảnh.jpg', type: 'image/jpeg', form: 'redrawn', size: plain.length });
  });

  test('is named in content and manifest in one order, and its secret stands for its id', async () => {
    const infos = [attach(bytesOf(10)), attach(bytesOf(20))];
    for (const info of infos) await send(info);
    const { entries, manifest } = files.sealed();
    const named = parseManifest(manifest);
    checkEntries(entries, named);
    expect(named.map(({ id }) => id)).toEqual(infos.map(({ id }) => id));
    expect(infos.map(({ secret }) => uploadId(suite, fromBase64Url(secret)))).toEqual(
      infos.map(({ id }) => id),
    );
  });

  test('gives the very bytes again while they are not acknowledged', async () => {
    const { id } = attach(bytesOf(100));
    expect(await files.part({ id, no: 0 })).toEqual(await files.part({ id, no: 0 }));
  });

  test('is sealed under a fresh header where the server lost what it had', async () => {
    const info = attach(bytesOf(100));
    const [first] = await send(info);
    expect(await files.part({ id: info.id, no: 0 })).not.toEqual(first);
  });

  test('is not believed to be there when the server names another hash or root', async () => {
    const { id } = attach(bytesOf(100));
    await files.part({ id, no: 0 });
    expect(() => files.partDone({ id, no: 0, hash: '00'.repeat(32) })).toThrow('manifest_mismatch');
    expect(() => files.attached({ id, root: '00'.repeat(32) })).toThrow('manifest_mismatch');
  });

  test('keeps the tip from being sealed until it is whole on the server', async () => {
    const info = attach(bytesOf(100));
    expect(() => files.sealed()).toThrow('manifest_mismatch');
    await send(info);
    expect(files.sealed().entries).toHaveLength(1);
  });

  test('leaves nothing behind when it is taken away', async () => {
    const info = attach(bytesOf(100));
    await send(info);
    files.detach(info.id);
    expect(files.sealed()).toEqual({ entries: [], manifest: new TextEncoder().encode('[]') });
    await expect(files.part({ id: info.id, no: 0 })).rejects.toThrow('field_invalid');
  });

  test('that cannot be read any more says so', async () => {
    const file = new Blob([bytesOf(100)]);
    const { id } = files.attach({ file, name: 'a', type: 'image/png', form: 'original' });
    Object.defineProperty(file, 'slice', {
      value: () => ({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')) }),
    });
    await expect(files.part({ id, no: 0 })).rejects.toMatchObject({ code: 'field_invalid', field: 'file' });
  });

  test('is refused when it is empty, too large, or one too many', () => {
    expect(() => attach(new Uint8Array(0))).toThrow('field_invalid');
    const large = { size: ATTACHMENT_LIMITS.bytes + 1 } as Blob;
    expect(() => files.attach({ file: large, name: 'a', type: 'video/mp4', form: 'original' })).toThrow(
      'field_invalid',
    );
    for (let i = 0; i < ATTACHMENT_LIMITS.count; i++) attach(bytesOf(1));
    expect(() => attach(bytesOf(1))).toThrow('field_invalid');
  });
});
