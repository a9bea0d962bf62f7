import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { boxHandlers } from '../../../../src/client/console/worker/hotline/boxes.ts';
import { fromBase64Url } from '../../../../src/protocol/base64.ts';
import { parseBoxStatement, verifyBoxStatement } from '../../../../src/protocol/box-statement.ts';
import type { WireBoxOpening } from '../../../../src/protocol/wire-hotline.ts';
import { ok } from '../../../fixtures/http.ts';
import { type Instance, openInstance } from '../../../fixtures/instance.ts';
import { openConsole, sitAt, type TestConsole } from './console-world.ts';

const PATH = '/api/staff/hotline/boxes';
let instance: Instance;
let operator: TestConsole;
let officer: TestConsole;
const nothing = (): void => undefined;
const { signBox, cosignBox } = boxHandlers;

beforeEach(async () => {
  instance = await openInstance();
  operator = await openConsole(instance, 'sonla.trucban');
  officer = await openConsole(instance, 'sonla.canbo');
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await instance.close();
});

const sign = async (letters = 3): Promise<WireBoxOpening> => {
  sitAt(operator);
  const second = officer.staff.person.id;
  await signBox(operator.state, { box: 'Hộp cổng', day: '2026-11-23', letters, second }, nothing);
  const { openings } = await ok<{ openings: WireBoxOpening[] }>(await operator.staff.get(PATH));
  const [opening] = openings;
  if (opening === undefined) throw new Error('nothing was proposed');
  return opening;
};

test('two people’s Workers sign the same count, and anybody can check both', async () => {
  const { id } = await sign();
  sitAt(officer);
  await cosignBox(officer.state, { id }, nothing);
  const { openings } = await ok<{ openings: WireBoxOpening[] }>(await officer.staff.get(PATH));
  const keys = [operator, officer].map(({ staff }) => staff.person.secrets.sign.publicKey);
  const statement = fromBase64Url(openings[0]?.statement ?? '');
  expect(openings[0]?.pending).toBe(false);
  expect(verifyBoxStatement(instance.suite, statement, keys, 2)).toMatchObject({
    ...{ box: 'Hộp cổng', letters: 3, by: [operator.staff.person.id, officer.staff.person.id] },
  });
});

test('nobody signs with themselves', async () => {
  sitAt(operator);
  const second = operator.staff.person.id;
  const alone = signBox(operator.state, { box: 'Hộp', day: '2026-11-23', letters: 1, second }, nothing);
  await expect(alone).rejects.toMatchObject({ code: 'same_person' });
});

test('a second person signs only what the page shows', async () => {
  const shown = await sign();
  sitAt(officer);
  const lies = [{ count: 2 }, { box: 'Hộp khác' }, { day: '2026-11-22' }, { openedBy: 'ab'.repeat(16) }];
  for (const lie of lies) {
    officer.tamper((path) => (path === PATH ? { openings: [{ ...shown, ...lie }] } : {}));
    await expect(cosignBox(officer.state, { id: shown.id }, nothing)).rejects.toMatchObject({
      code: 'openedBy' in lie ? 'decision_signers' : 'statement_malformed',
    });
  }
  officer.tamper(null);
  const { openings } = await ok<{ openings: WireBoxOpening[] }>(await operator.staff.get(PATH));
  expect(openings[0]?.pending).toBe(true);
  expect(parseBoxStatement(fromBase64Url(openings[0]?.statement ?? '')).letters).toBe(3);
});

test('an opening that the service does not have is said', async () => {
  sitAt(officer);
  await expect(cosignBox(officer.state, { id: 'cd'.repeat(16) }, nothing)).rejects.toMatchObject({
    code: 'not_found',
  });
});
