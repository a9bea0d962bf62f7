import { beforeEach, describe, expect, test } from 'vitest';
import { CallDesk } from '../../../../src/client/console/hotline/desk.ts';
import { Listening } from '../../../../src/client/console/hotline/listening.ts';
import { sealCall } from '../../../../src/client/console/hotline/seal-call.ts';
import { Problem } from '../../../../src/client/console/http.ts';
import { type FakeWorker, fakeWorker } from './fake-worker.ts';
import { REFERENCE, SON_LA } from './tables.ts';

const RECORDING = { id: 'cc'.repeat(16), hour: 495_000, bytes: 70_000, opened: false };

let worker: FakeWorker;
let listening: Listening;
beforeEach(() => {
  worker = fakeWorker();
  listening = new Listening(worker.ask);
});
const names = () => worker.asked.map(({ name }) => name);

describe('a recording', () => {
  test('is opened one at a time', async () => {
    expect(await listening.open(RECORDING)).toBe(true);
    expect(await listening.open({ ...RECORDING, id: 'dd'.repeat(16) })).toBe(false);
    expect(listening.view().voice).toMatchObject({ id: RECORDING.id, seconds: 80, tips: 0 });
    expect(names()).toEqual(['openRecording']);
  });

  test('that does not open says why and can be tried again', async () => {
    worker.failNext('openRecording', new Problem('network'));
    expect(await listening.open(RECORDING)).toBe(false);
    expect(listening.view()).toMatchObject({ voice: null, busy: false, problem: { code: 'network' } });
    expect(await listening.open(RECORDING)).toBe(true);
  });

  test('is not destroyed as written down before a tip was sealed', async () => {
    await listening.open(RECORDING);
    expect(await listening.end('transcribed', '')).toBe(false);
    expect(names()).not.toContain('endRecording');
    listening.sealed();
    expect(await listening.end('transcribed', '')).toBe(true);
    expect(worker.asked.at(-1)).toEqual({
      name: 'endRecording',
      input: { id: RECORDING.id, end: 'transcribed', reason: '' },
    });
    expect(listening.view()).toMatchObject({ voice: null, ended: true });
  });

  test('that holds no tip is destroyed only with a reason', async () => {
    await listening.open(RECORDING);
    expect(await listening.end('nothing', '  ')).toBe(false);
    expect(await listening.end('nothing', ' Gọi nhầm số ')).toBe(true);
    expect(worker.asked.at(-1)?.input).toMatchObject({ end: 'nothing', reason: 'Gọi nhầm số' });
  });

  test('stays open when it could not be destroyed', async () => {
    await listening.open(RECORDING);
    worker.failNext('endRecording', new Problem('network'));
    expect(await listening.end('nothing', 'Im lặng')).toBe(false);
    expect(listening.view().voice?.id).toBe(RECORDING.id);
  });

  test('is put back as it was when it is closed', async () => {
    await listening.open(RECORDING);
    listening.close();
    expect(listening.view().voice).toBeNull();
    expect(names()).not.toContain('endRecording');
  });
});

describe('a message that somebody left', () => {
  const take = async (voicemail: boolean): Promise<CallDesk> => {
    const desk = new CallDesk(
      worker.ask,
      () => 0,
      async () => undefined,
    );
    desk.begin(SON_LA, voicemail);
    const id = desk.active()?.id ?? 0;
    desk.write(id, {
      commune: { code: null, name: '' },
      conduct: { code: 'other', name: '' },
      official: 'no',
      what: 'Quán cuối phố.',
    });
    desk.review(id);
    await sealCall({ desk, listening }, id, REFERENCE, 'vi');
    return desk;
  };

  test('becomes a tip whose code nobody hears: it is marked so at once, and the recording may be destroyed', async () => {
    await listening.open(RECORDING);
    const desk = await take(true);
    expect(names().slice(1)).toEqual(['sealCall', 'codeNotGiven', 'forgetCode']);
    expect(desk.view()).toMatchObject({ calls: [], ended: 'no_code' });
    expect(listening.view().voice?.tips).toBe(1);
  });

  test('is not what a caller says who rings in between: their code is read out, and the recording stays', async () => {
    await listening.open(RECORDING);
    const desk = await take(false);
    expect(desk.active()?.state.name).toBe('code');
    expect(listening.view().voice?.tips).toBe(0);
  });
});
