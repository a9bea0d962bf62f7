import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { handlers } from '../../../../src/client/console/worker/handlers.ts';
import { openWhole } from '../../../../src/client/console/worker/tip.ts';
import { toBase64Url } from '../../../../src/protocol/base64.ts';
import type { AttachmentOpened } from '../../../../src/protocol/wire-uploads.ts';
import { sendCitizenStep } from '../../../fixtures/conversation.ts';
import { eventsOf } from '../../../fixtures/events.ts';
import { type Instance, openInstance } from '../../../fixtures/instance.ts';
import { uploaded } from '../../../http/uploading.ts';
import { contentOf, openConsole, send, sitAt, type TestConsole } from './console-world.ts';

const SIZE = 1_100_000;
const PLAIN = new Uint8Array(SIZE).map((_, at) => at % 251);
const report = () => undefined;

let instance: Instance;
let officer: TestConsole;
let id: string;
let tip: Parameters<typeof openWhole>[1];

beforeAll(async () => {
  instance = await openInstance();
  const sent = await send(instance, contentOf('Tôi sẽ gửi ảnh sau'));
  tip = sent.tip;
  const file = await uploaded({ app: instance.app, world: { suite: instance.suite } }, PLAIN);
  id = file.id;
  const entry = {
    id,
    key: toBase64Url(file.key),
    name: 'ảnh.jpg',
    type: 'image/jpeg',
    size: SIZE,
    form: 'redrawn',
  } as const;
  await sendCitizenStep(instance, sent, {
    message: { text: 'Ảnh đây', attachments: [entry] },
    manifest: [file.entry],
  });
  officer = await openConsole(instance, 'tohieu.canbo');
});
afterEach(() => officer.tamper(null));
afterAll(async () => {
  vi.unstubAllGlobals();
  await instance.close();
});

const open = () => {
  sitAt(officer);
  return handlers.openAttachment(officer.state, { tip, no: 2, id }, report);
};

describe('an attachment in the console’s Worker', () => {
  test('is named under its message without its key', async () => {
    sitAt(officer);
    const { messages } = await openWhole(officer.state, tip);
    expect(messages[0]?.attachments).toEqual([
      { no: 2, id, name: 'ảnh.jpg', type: 'image/jpeg', size: SIZE, form: 'redrawn' },
    ]);
  });

  test('opens with an event of the reader, and its parts are the file without the padding', async () => {
    const { parts, view, size } = await open();
    expect([parts, view, size]).toEqual([2, 'image', SIZE]);
    const chunks = [];
    for (let no = 0; no < parts; no += 1)
      chunks.push(await handlers.attachmentPart(officer.state, { id, no }, report));
    expect(Buffer.concat(chunks).equals(Buffer.from(PLAIN))).toBe(true);
    const written = eventsOf(instance, `reader:${officer.staff.person.id}`).map(({ type }) => type);
    expect(written).toContain('attachment_opened');
  });

  test('part hashes that are not those of the seal are refused before any part is fetched', async () => {
    officer.tamper((path, answer) => {
      if (!path.endsWith('/open')) return answer;
      const opened = answer as AttachmentOpened;
      return { ...opened, hashes: opened.hashes.toReversed() };
    });
    await expect(open()).rejects.toMatchObject({ code: 'manifest_mismatch' });
  });

  test('parts in each other’s place are refused', async () => {
    await open();
    const fetched = globalThis.fetch;
    vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
      fetched(path.endsWith('/parts/0') ? path.replace(/0$/, '1') : path, init),
    );
    await expect(handlers.attachmentPart(officer.state, { id, no: 0 }, report)).rejects.toMatchObject({
      code: 'part_corrupt',
    });
  });

  test('one that no opened envelope names is not asked for', async () => {
    sitAt(officer);
    const other = { tip, no: 2, id: 'ab'.repeat(16) };
    await expect(handlers.openAttachment(officer.state, other, report)).rejects.toMatchObject({
      code: 'attachment_unknown',
    });
  });
});
