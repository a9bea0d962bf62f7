import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { copyHandlers } from '../../../../src/client/console/worker/copies.ts';
import { takeStep } from '../../../../src/client/console/worker/steps.ts';
import { openWhole } from '../../../../src/client/console/worker/tip.ts';
import type { UnitId } from '../../../../src/domain/ids.ts';
import { COVERED, type CopyBlock } from '../../../../src/domain/working-copy.ts';
import type { SentTip } from '../../../fixtures/citizen.ts';
import { openMailbox } from '../../../fixtures/conversation.ts';
import { type Instance, MOC_CHAU, openInstance, SUPPORT, TO_HIEU } from '../../../fixtures/instance.ts';
import { contentOf, openConsole, send, sitAt, type TestConsole } from './console-world.ts';

const BLOCKS: readonly CopyBlock[] = [{ field: 'what', no: 1, text: `Nhà tôi ở ${COVERED}, thấy xe lạ` }];
const report = () => undefined;

let instance: Instance;
let officer: TestConsole;
let other: TestConsole;
let sent: SentTip;

beforeEach(async () => {
  instance = await openInstance();
  sent = await send(instance, contentOf('Nhà tôi ở số 5 ngõ 3, thấy xe lạ', { excluded: [SUPPORT] }));
  other = await openConsole(instance, 'mocchau.canbo');
  officer = await openConsole(instance, 'tohieu.canbo');
  await takeStep(officer.state, { tip: sent.tip, act: { step: 'registered' } });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await instance.close();
});

const make = (toUnit: UnitId | null, at = officer) => {
  sitAt(at);
  return copyHandlers.makeCopy(
    at.state,
    { tip: sent.tip, purpose: 'Phối hợp', blocks: BLOCKS, pictures: [], toUnit },
    report,
  );
};
const received = (at = other) => {
  sitAt(at);
  return copyHandlers.receivedCopies(at.state, {}, report);
};

describe('a working copy', () => {
  test('is kept with the tip, opens there, and its making is a proven step of the history', async () => {
    expect(await make(null)).toEqual({ no: 1 });
    expect(await make(null)).toEqual({ no: 2 });
    const [first] = await copyHandlers.copies(officer.state, { tip: sent.tip }, report);
    expect(first).toMatchObject({ no: 1, unit: TO_HIEU, toUnit: TO_HIEU, blocks: BLOCKS, code: null });
    const { history, messages } = await openWhole(officer.state, sent.tip);
    expect(history.map(({ type, proven }) => [type, proven]).slice(-2)).toEqual([
      ['copy_made', true],
      ['copy_made', true],
    ]);
    expect(messages).toEqual([]);
  });

  test('made for another unit opens there, while the tip itself stays closed to it', async () => {
    await make(MOC_CHAU);
    expect((await received())[0]).toMatchObject({ unit: TO_HIEU, blocks: BLOCKS, code: null });
    await expect(openWhole(other.state, sent.tip)).rejects.toMatchObject({ code: 'tip_unknown' });
  });

  test('that stays in the unit reaches no other', async () => {
    await make(null);
    expect(await received()).toEqual([]);
  });

  test('is not made for a unit that the sender excluded', async () => {
    await expect(make(SUPPORT)).rejects.toMatchObject({ code: 'excluded_unit' });
    expect(officer.calls.filter((call) => call.startsWith('POST') && call.endsWith('/copies'))).toEqual([]);
  });

  test('shows nothing of itself in the citizen’s mailbox', async () => {
    await make(MOC_CHAU);
    expect((await openMailbox(instance, sent.keys)).messages).toEqual([]);
  });

  test('that the server put in another one’s place does not open', async () => {
    await make(null);
    await make(null);
    officer.tamper((path, answer) => {
      if (!path.endsWith('/copies')) return answer;
      const { rows, series } = answer as { rows: readonly { no: number }[]; series: unknown };
      return { rows: rows.map((row) => ({ ...row, no: 3 - row.no })), series };
    });
    const copies = await copyHandlers.copies(officer.state, { tip: sent.tip }, report);
    expect(copies.map(({ code }) => code)).toEqual(['seal_mismatch', 'seal_mismatch']);
  });

  test('cannot be made by a unit that does not hold the tip', async () => {
    await expect(make(null, other)).rejects.toMatchObject({ code: 'tip_unknown' });
  });
});
