import { beforeEach, describe, expect, test } from 'vitest';
import { CallDesk } from '../../../../src/client/console/hotline/desk.ts';
import { MAX_CALLS } from '../../../../src/client/console/hotline/desk-view.ts';
import { CODE_RESTS } from '../../../../src/client/console/hotline/keys.ts';
import { Problem } from '../../../../src/client/console/http.ts';
import { CODE, type FakeWorker, fakeWorker, TIP } from './fake-worker.ts';
import { REFERENCE, SON_LA } from './tables.ts';
import { Typist } from './typist.ts';

let worker: FakeWorker;
let now: number;
let desk: CallDesk;
let entered: string[];
beforeEach(() => {
  worker = fakeWorker();
  now = 0;
  entered = [];
  desk = new CallDesk(
    worker.ask,
    () => now,
    async (opening) => {
      if (opening === 'lost') throw new Problem('network');
      entered.push(opening);
    },
  );
});

const WORDS = 'Nhà nghỉ đầu dốc, tối nào cũng có xe lạ. [01:05] Người gọi nghe tiếng khóc.';
const active = () => {
  const call = desk.active();
  if (call === null) throw new Error('no call');
  return call;
};
/** A whole call, up to the code. */
const takeCall = async (typist = new Typist(desk)): Promise<Typist> => {
  await typist.press('F2');
  await typist.type('cnk');
  await typist.type('tohi');
  await typist.press('Enter');
  await typist.type('bao');
  await typist.press('Enter');
  await typist.type('k');
  typist.words(WORDS);
  await typist.press('Enter', { control: true });
  await typist.press('Enter');
  return typist;
};

describe('a call taken by keyboard', () => {
  test('takes at most 20 keys besides the words, from picking up to the code being read back', async () => {
    const typist = await takeCall();
    now += CODE_RESTS;
    await typist.press('Enter');
    expect(desk.view()).toMatchObject({ calls: [], ended: 'sealed' });
    expect(worker.asked.map(({ name }) => name)).toEqual(['sealCall', 'forgetCode']);
    expect(typist.keys).toBeLessThanOrEqual(20);
  });

  test('seals what was written to the unit that place and conduct decide, with the time stamps', async () => {
    await takeCall();
    const [sealed] = worker.sealed();
    expect(sealed).toMatchObject({
      target: '14-03646-ca',
      excluded: [],
      urgent: true,
      conductGroup: 'prostitution',
      files: [],
      content: {
        place: { province: '14', commune: '03646' },
        conduct: 'protection_racket',
        urgent: { happeningNow: true, danger: false, minor: false },
        official: { involved: 'no' },
        what: WORDS,
      },
      extras: {
        taken: {
          channel: 'hotline',
          marks: [{ after: 65, text: 'Người gọi nghe tiếng khóc.' }],
          voiceKept: '',
        },
        informant: null,
      },
    });
  });

  test('goes around the police when somebody of them is involved', async () => {
    await takeCall();
    desk.begin(SON_LA);
    const { id } = active();
    desk.write(id, {
      commune: { code: '03646', name: 'Phường Tô Hiệu' },
      conduct: { code: 'official_collusion', name: '' },
      official: 'yes',
      involved: 'commune_police_officer',
      what: 'Anh ấy báo trước khi kiểm tra.',
    });
    desk.review(id);
    await desk.seal(id, REFERENCE, 'vi');
    expect(worker.sealed()[1]).toMatchObject({ target: '14-ttca', excluded: ['14-03646-ca'] });
  });

  test('that asks for help goes to social support whatever was said before, and to no police', async () => {
    desk.begin(SON_LA);
    const { id } = active();
    desk.write(id, {
      commune: { code: null, name: '' },
      conduct: { code: 'support_needed', name: '' },
      official: 'yes',
      involved: 'commune_police_head',
      what: 'Cháu muốn về nhà.',
    });
    desk.review(id);
    await desk.seal(id, REFERENCE, 'vi');
    expect(worker.sealed()[0]).toMatchObject({ target: '14-hotro', conductGroup: 'support' });
  });

  test('is held back with its first gap while something is missing', async () => {
    desk.begin(SON_LA);
    const { id } = active();
    expect(desk.review(id)).toEqual({ field: 'commune', problem: 'missing' });
    expect(active().state.name).toBe('writing');
    expect(desk.view().problems.map(({ field }) => field)).toEqual([
      'commune',
      'conduct',
      'official',
      'what',
    ]);
  });

  test('keeps every word when sealing fails, and can be sealed again', async () => {
    worker.failNext('sealCall', new Problem('network'));
    await takeCall();
    expect(active()).toMatchObject({ kind: 'new', state: { name: 'review' }, draft: { what: WORDS } });
    expect(desk.view().problem?.problem.code).toBe('network');
    await desk.seal(active().id, REFERENCE, 'vi');
    expect(active().state).toMatchObject({ name: 'code', code: CODE });
    expect(desk.view().problem).toBeNull();
  });

  test('leaves nothing of the words behind once it is sealed', async () => {
    await takeCall();
    expect(JSON.stringify(desk.view())).not.toContain('Nhà nghỉ');
  });
});

describe('a letter', () => {
  const letter = async (change: object): Promise<void> => {
    desk.begin(SON_LA);
    const { id } = active();
    desk.write(id, {
      commune: { code: null, name: '' },
      conduct: { code: 'other', name: '' },
      official: 'no',
      what: 'Thư viết tay.',
      channel: 'tip_box',
      opening: 'aa'.repeat(16),
      ...change,
    });
    desk.review(id);
    await desk.seal(id, REFERENCE, 'vi');
  };

  test('of an opening is counted off its box once it is sealed, and says in the envelope how it came', async () => {
    await letter({});
    expect(entered).toEqual(['aa'.repeat(16)]);
    expect(worker.sealed()[0]).toMatchObject({ extras: { taken: { channel: 'tip_box' } } });
    expect(desk.view().notCounted).toBe(false);
  });

  test('that could not be sealed is not counted off', async () => {
    worker.failNext('sealCall', new Problem('network'));
    await letter({});
    expect(entered).toEqual([]);
  });

  test('is not counted off for a call, whatever was chosen before', async () => {
    await letter({ channel: 'hotline' });
    expect(entered).toEqual([]);
  });

  test('that was sealed but not counted off says so, and the code is there all the same', async () => {
    await letter({ opening: 'lost' });
    expect(desk.view().notCounted).toBe(true);
    expect(active().state).toMatchObject({ name: 'code', code: CODE });
  });
});

describe('the code', () => {
  test('is not passed over by the press of Enter that sealed the tip', async () => {
    await takeCall();
    now += CODE_RESTS - 1;
    expect(await desk.readBack(active().id)).toBe(false);
    expect(active().state).toMatchObject({ code: CODE });
  });

  test('leaves the page and the Worker when the caller has read it back', async () => {
    await takeCall();
    now += CODE_RESTS;
    expect(await desk.readBack(active().id)).toBe(true);
    expect(JSON.stringify(desk.view())).not.toContain(CODE);
    expect(worker.asked.at(-1)?.name).toBe('forgetCode');
  });

  test('of a caller who hung up is marked as not given, by a signed step, and forgotten', async () => {
    await takeCall();
    await desk.hungUp(active().id);
    expect(worker.asked.slice(-2)).toEqual([
      { name: 'codeNotGiven', input: { tip: TIP } },
      { name: 'forgetCode', input: {} },
    ]);
    expect(desk.view()).toMatchObject({ calls: [], ended: 'no_code' });
  });

  test('stays on the screen when that mark could not be made', async () => {
    await takeCall();
    worker.failNext('codeNotGiven', new Problem('network'));
    await desk.hungUp(active().id);
    expect(active().state).toMatchObject({ name: 'code', code: CODE });
    expect(desk.view().problem?.problem.code).toBe('network');
  });

  test('is gone after a lock, so that the tip can only be marked as one without a code', async () => {
    await takeCall();
    desk.lock();
    now += CODE_RESTS;
    expect(JSON.stringify(desk.view())).not.toContain(CODE);
    expect(await desk.readBack(active().id)).toBe(false);
    await desk.hungUp(active().id);
    expect(desk.view().ended).toBe('no_code');
  });
});

describe('several calls', () => {
  test('are put aside and taken up with every word', () => {
    desk.begin(SON_LA);
    const first = active().id;
    desk.write(first, { what: 'Cuộc thứ nhất' });
    desk.begin(SON_LA);
    const second = active().id;
    desk.write(second, { what: 'Cuộc thứ hai' });
    desk.switch();
    expect(active()).toMatchObject({ id: first, draft: { what: 'Cuộc thứ nhất' } });
    desk.switch();
    expect(active()).toMatchObject({ id: second, draft: { what: 'Cuộc thứ hai' } });
  });

  test('one alone is put aside and taken up again by the same key', () => {
    desk.begin(SON_LA);
    desk.switch();
    expect(desk.active()).toBeNull();
    desk.switch();
    expect(desk.active()).not.toBeNull();
  });

  test('are no more than four at once', () => {
    const begun = Array.from({ length: MAX_CALLS + 1 }, () => desk.begin(SON_LA));
    expect(begun).toEqual([true, true, true, true, false]);
  });

  test('a sheet is dropped when asked, a sealed tip is not', async () => {
    await takeCall();
    desk.drop(active().id);
    expect(active().state.name).toBe('code');
    desk.begin(SON_LA);
    desk.drop(active().id);
    expect(desk.view().calls).toHaveLength(1);
  });

  test('keep their words over a lock and lose them with the session', () => {
    desk.begin(SON_LA);
    desk.write(active().id, { what: 'Đang gõ dở' });
    desk.lock();
    expect(active()).toMatchObject({ draft: { what: 'Đang gõ dở' } });
    desk.wipe();
    expect(desk.view().calls).toEqual([]);
  });
});

describe('a caller who comes back with a code', () => {
  const open = async (): Promise<number> => {
    desk.beginAgain();
    const { id } = active();
    desk.writeAgain(id, { code: CODE.replace(/(.{4})/g, '$1 ') });
    await desk.openMailbox(id);
    return id;
  };

  test('has the mailbox opened with the digits alone, which then leave the page', async () => {
    await open();
    expect(worker.asked).toEqual([{ name: 'callerOpen', input: { code: CODE } }]);
    expect(active().state.name).toBe('open');
    expect(JSON.stringify(desk.view())).not.toContain(CODE.slice(0, 4));
  });

  test('gives an answer that is read back before it is sent', async () => {
    const id = await open();
    desk.writeAgain(id, { answer: '  Xe màu trắng. ' });
    await desk.sendAnswer(id);
    expect(worker.asked.map(({ name }) => name)).not.toContain('callerAnswer');
    desk.checkAnswer(id);
    await desk.sendAnswer(id);
    expect(worker.asked.at(-1)).toEqual({ name: 'callerAnswer', input: { text: 'Xe màu trắng.' } });
    expect(active()).toMatchObject({ answer: '', state: { name: 'open', sent: 1 } });
  });

  test('keeps the answer when it could not be sent', async () => {
    const id = await open();
    desk.writeAgain(id, { answer: 'Xe màu trắng.' });
    desk.checkAnswer(id);
    worker.failNext('callerAnswer', new Problem('network'));
    await desk.sendAnswer(id);
    expect(active()).toMatchObject({ answer: 'Xe màu trắng.', state: { name: 'checking' } });
  });

  test('keeps the typed code when the mailbox could not be opened', async () => {
    worker.failNext('callerOpen', new Problem('network'));
    await open();
    expect(active()).toMatchObject({ state: { name: 'asking' } });
    expect(desk.view().problem?.problem.code).toBe('network');
  });

  test('leaves nothing behind when the call ends', async () => {
    const id = await open();
    await desk.endVisit(id);
    expect(desk.view()).toMatchObject({ calls: [], ended: 'visit' });
    expect(worker.asked.at(-1)?.name).toBe('callerEnd');
  });

  test('is the only one at a time, and ends with a lock', async () => {
    await open();
    expect(desk.beginAgain()).toBe(false);
    desk.lock();
    expect(desk.view().calls).toEqual([]);
    expect(desk.beginAgain()).toBe(true);
  });
});
