import { describe, expect, test } from 'vitest';
import {
  admitted,
  type CallFile,
  FileReading,
  keptVoice,
  newFile,
  sealedFile,
} from '../../../../src/client/console/hotline/call-files.ts';
import { CallDesk } from '../../../../src/client/console/hotline/desk.ts';
import type { Looked } from '../../../../src/client/inspect/api.ts';
import { fakeWorker } from './fake-worker.ts';
import { SON_LA } from './tables.ts';

const file = (name: string, size = 3): File => new File([new Uint8Array(size)], name, { type: 'image/jpeg' });
const clean: Looked = {
  inspection: {
    ...{ type: 'image/jpeg', lies: false, obstacle: 'none' },
    findings: [{ kind: 'place', text: '21.32778, 103.90556' }],
    ways: ['redrawn', 'original'],
  },
  made: { form: 'redrawn', file: new Blob(['pixels'], { type: 'image/jpeg' }), type: 'image/jpeg' },
};

/** The files of one call, as the desk keeps them. */
const keeper = (files: readonly CallFile[]) => {
  const kept = {
    files,
    changeFiles: (_call: number, change: (files: readonly CallFile[]) => readonly CallFile[]) => {
      kept.files = change(kept.files);
    },
  };
  return kept;
};

describe('a file that an operator adds', () => {
  test('goes without what it tells once it was looked into', async () => {
    const one = newFile(file('IMG_20261120_213000.jpg'));
    const kept = keeper([one]);
    await new FileReading(kept, async () => clean).read(1, one);
    expect(kept.files[0]).toMatchObject({ state: 'ready', form: 'redrawn' });
    const sealed = sealedFile(kept.files[0] ?? one);
    expect(sealed).toMatchObject({ name: 'anh.jpg', form: 'redrawn' });
    expect(await sealed.file.text()).toBe('pixels');
  });

  test('goes as it is when the operator keeps the original', async () => {
    const one = newFile(file('đơn.jpg'));
    const sealed = sealedFile({ ...one, state: 'ready', looked: clean, form: 'original' });
    expect(sealed).toMatchObject({ name: 'đơn.jpg', type: 'image/jpeg', form: 'original' });
    expect(sealed.file).toBe(one.file);
  });

  test('is not taken for harmless when nothing could look into it', async () => {
    const one = newFile(file('a.jpg'));
    const kept = keeper([one]);
    await new FileReading(kept, async () => Promise.reject(new Error('no line'))).read(1, one);
    expect(kept.files[0]).toMatchObject({ state: 'not_loaded', form: 'original' });
  });

  test('stays away when it was removed while it was looked into', async () => {
    const one = newFile(file('a.jpg'));
    const kept = keeper([one]);
    const read = new FileReading(kept, async () => clean).read(1, one);
    kept.files = [];
    await read;
    expect(kept.files).toEqual([]);
  });

  test('is looked into after the one before it, because each may need much memory', async () => {
    const [one, two] = [newFile(file('a.jpg')), newFile(file('b.jpg'))];
    const kept = keeper([one, two]);
    let running = 0;
    let most = 0;
    const reading = new FileReading(kept, async () => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running -= 1;
      return clean;
    });
    await Promise.all([reading.read(1, one), reading.read(1, two)]);
    expect([most, kept.files.map(({ state }) => state)]).toEqual([1, ['ready', 'ready']]);
  });

  test('is refused when it is empty, and so is a twenty-first', () => {
    const { taken, wrong, beyond } = admitted([file('rỗng.jpg', 0), file('a.jpg'), file('b.jpg')], 19);
    expect([taken.map(({ name }) => name), wrong, beyond]).toEqual([['a.jpg'], 'rỗng.jpg', true]);
  });
});

test('a kept voice is evidence: it is never looked into nor changed', () => {
  const voice = new Blob(['sound'], { type: 'audio/wav' });
  const kept = keptVoice(voice, 'Tin nhắn thoại', 'audio/wav');
  expect(kept.state).toBe('ready');
  expect(sealedFile(kept)).toEqual({
    file: voice,
    name: 'Tin nhắn thoại',
    type: 'audio/wav',
    form: 'original',
  });
});

describe('a call with a file', () => {
  test('is not read back before the file was looked into', () => {
    const desk = new CallDesk(
      fakeWorker().ask,
      () => 0,
      async () => undefined,
    );
    desk.begin(SON_LA);
    const id = desk.active()?.id ?? 0;
    desk.write(id, {
      commune: { code: '03646', name: 'Phường Tô Hiệu' },
      conduct: { code: 'protection_racket', name: '' },
      official: 'no',
      what: 'Nhà nghỉ đầu dốc, tối nào cũng có xe lạ.',
    });
    desk.changeFiles(id, () => [newFile(file('a.jpg'))]);
    desk.review(id);
    expect(desk.view().problem?.problem.code).toBe('files_unread');
    expect(desk.active()).toMatchObject({ state: { name: 'writing' } });
    desk.changeFiles(id, (files) => files.map((one) => ({ ...one, state: 'ready' as const })));
    desk.review(id);
    expect(desk.view().problem).toBeNull();
    expect(desk.active()).toMatchObject({ state: { name: 'review' } });
  });
});
