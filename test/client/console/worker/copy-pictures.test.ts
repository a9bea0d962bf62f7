import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { attachmentHandlers } from '../../../../src/client/console/worker/attachments.ts';
import { copyHandlers } from '../../../../src/client/console/worker/copies.ts';
import type { OpenedCopy } from '../../../../src/client/console/worker/copy-calls.ts';
import { takeStep } from '../../../../src/client/console/worker/steps.ts';
import type { UnitId } from '../../../../src/domain/ids.ts';
import { COPY_LIMITS } from '../../../../src/domain/working-copy.ts';
import type { SentTip } from '../../../fixtures/citizen.ts';
import { eventsOf } from '../../../fixtures/events.ts';
import { type Instance, MOC_CHAU, openInstance, TO_HIEU } from '../../../fixtures/instance.ts';
import { contentOf, openConsole, send, sitAt, type TestConsole } from './console-world.ts';
import { requestsOverFetch } from './requests-over-fetch.ts';

const report = () => undefined;
const PIXELS = Uint8Array.from({ length: 90_000 }, (_, at) => (at * 7) & 255);
const picture = (bytes = PIXELS, type = 'image/jpeg') => ({
  ...{ name: 'anh-1.jpg', type },
  file: new Blob([bytes], { type }),
});

let instance: Instance;
let officer: TestConsole;
let receiver: TestConsole;
let sent: SentTip;

beforeAll(async () => {
  instance = await openInstance();
  sent = await send(instance, contentOf('Ảnh nhà nghỉ tôi gửi kèm'));
  receiver = await openConsole(instance, 'mocchau.canbo');
  officer = await openConsole(instance, 'tohieu.canbo');
  vi.stubGlobal('XMLHttpRequest', requestsOverFetch());
  await takeStep(officer.state, { tip: sent.tip, act: { step: 'registered' } });
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await instance.close();
});

const make = (pictures: readonly ReturnType<typeof picture>[], toUnit: UnitId | null = MOC_CHAU) => {
  sitAt(officer);
  return copyHandlers.makeCopy(
    officer.state,
    { tip: sent.tip, purpose: 'Phối hợp', blocks: [], pictures, toUnit },
    report,
  );
};
const received = async (): Promise<OpenedCopy> => {
  sitAt(receiver);
  const copies = await copyHandlers.receivedCopies(receiver.state, {}, report);
  const [newest] = copies;
  if (newest === undefined) throw new Error('nothing came');
  return newest;
};

/** The bytes of a copy's picture as somebody opens them. */
async function opened(at: TestConsole, { tip, pictures }: OpenedCopy): Promise<Uint8Array> {
  const [view] = pictures;
  if (view === undefined) throw new Error('no picture');
  sitAt(at);
  const { parts } = await attachmentHandlers.openAttachment(
    at.state,
    { tip, no: view.no, id: view.id },
    report,
  );
  expect(parts).toBe(1);
  return attachmentHandlers.attachmentPart(at.state, { id: view.id, no: 0 }, report);
}

describe('a picture of a working copy', () => {
  test('is opened by the unit that got the copy and the one that made it, byte for byte, each with an event of the reader', async () => {
    await make([picture()]);
    const copy = await received();
    expect(copy).toMatchObject({
      ...{ unit: TO_HIEU, toUnit: MOC_CHAU, code: null },
      pictures: [{ name: 'anh-1.jpg', type: 'image/jpeg', form: 'redrawn', size: PIXELS.length }],
    });
    expect(Buffer.compare(await opened(receiver, copy), PIXELS)).toBe(0);
    const event = eventsOf(instance, `reader:${receiver.staff.person.id}`).at(-1);
    expect(event?.type).toBe('attachment_opened');
    sitAt(officer);
    const [own] = await copyHandlers.copies(officer.state, { tip: sent.tip }, report);
    if (own === undefined) throw new Error('no copy');
    expect(Buffer.compare(await opened(officer, own), PIXELS)).toBe(0);
  });

  test('stays closed to every other unit', async () => {
    const copy = await received();
    const stranger = await openConsole(instance, 'hotro.vien');
    sitAt(receiver);
    const known = receiver.state.attachments.get(copy.pictures[0]?.id ?? '');
    stranger.state.attachments.note(known);
    await expect(opened(stranger, copy)).rejects.toMatchObject({ code: 'attachment_unknown' });
  });

  test('is nothing that its keys are told about outside the Worker', async () => {
    expect(JSON.stringify(await received())).not.toContain('"key"');
  });

  test('is refused before anything is sealed when it is no picture that was drawn, or too large', async () => {
    const before = (await instance.store.copies.ofTip(sent.tip)).length;
    await expect(make([picture(PIXELS, 'image/heic')])).rejects.toMatchObject({ code: 'content_malformed' });
    await expect(make([picture(new Uint8Array(COPY_LIMITS.picture + 1))])).rejects.toMatchObject({
      code: 'content_malformed',
    });
    expect(await instance.store.copies.ofTip(sent.tip)).toHaveLength(before);
  });

  test('that the server left out or changed closes the copy', async () => {
    await received();
    receiver.tamper((path, answer) => {
      if (!path.endsWith('/copies')) return answer;
      const { rows } = answer as { rows: readonly object[] };
      return { rows: rows.map((row) => ({ ...row, manifest: 'W10' })) };
    });
    expect((await received()).code).toBe('manifest_mismatch');
    receiver.tamper(null);
  });

  test('is uploaded once when the step came too late and is taken again', async () => {
    officer.calls.splice(0);
    let late = true;
    officer.tamper((path, answer, method) => {
      if (!late || method !== 'GET' || !path.endsWith(`/tips/${sent.tip}`)) return answer;
      late = false;
      const { head } = answer as { head: { no: number } };
      return { ...(answer as object), head: { ...head, no: head.no - 1 } };
    });
    await make([picture()], null);
    officer.tamper(null);
    expect(late).toBe(false);
    expect(officer.calls.filter((call) => call.startsWith('POST') && call.endsWith('/copies'))).toHaveLength(
      2,
    );
    expect(officer.calls.filter((call) => call.startsWith('PUT'))).toHaveLength(1);
  });
});

describe('the service', () => {
  test('takes no copy whose picture it does not have whole, and keeps nothing of it', async () => {
    const before = (await instance.store.copies.ofTip(sent.tip)).length;
    officer.tamper((path, answer) => {
      // The upload is given up between its end and the step that claims it.
      if (path.endsWith('/complete')) void instance.store.uploads.abandon(path.split('/')[3] ?? '');
      return answer;
    });
    await expect(make([picture()])).rejects.toMatchObject({ code: 'attachment_missing' });
    officer.tamper(null);
    expect(await instance.store.copies.ofTip(sent.tip)).toHaveLength(before);
  });
});
