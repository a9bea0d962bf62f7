import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkChain } from '../../../src/client/console/oversight/check-chain.ts';
import type { History } from '../../../src/client/console/oversight/wire.ts';
import { addDays, dayOf } from '../../../src/domain/calendar.ts';
import type { DrillRow } from '../../../src/domain/figures.ts';
import type { TipId } from '../../../src/domain/ids.ts';
import { FORM_03, ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { ok } from '../../fixtures/http.ts';
import { type Instance, MOC_CHAU, openInstance, START, TO_HIEU } from '../../fixtures/instance.ts';
import { type Staff, signIn } from '../../fixtures/staff.ts';
import { takeStep } from '../../fixtures/steps.ts';

const BASE = '/api/staff/oversight';
const FROM = dayOf(START);
const PERIOD = `from=${FROM}&to=${addDays(FROM, 40)}`;

let instance: Instance;
let head: Staff;
let receiver: Staff;
let tip: TipId;

beforeAll(async () => {
  instance = await openInstance();
  const officer = await signIn(instance, 'tohieu.canbo');
  head = await signIn(instance, 'tohieu.truong');
  receiver = await signIn(instance, 'mocchau.canbo');
  ({ tip } = await sendTip(instance));
  await takeStep(officer, tip, { step: 'registered' });
  await takeStep(head, tip, {
    step: 'transfer_sent',
    toUnit: MOC_CHAU,
    ground: 'Nơi xảy ra thuộc phường khác',
    ...FORM_03,
  });
  await takeStep(receiver, tip, { step: 'transfer_acknowledged' });
  await takeStep(receiver, tip, {
    step: 'classified',
    legalKind: 'crime_report',
    conduct: 'harbouring',
    priority: 'P2',
    competent: true,
    ...ORDINARY,
  });
});
afterAll(() => instance.close());

const history = async (staff: Staff): Promise<History> => ok<History>(await staff.get(`${BASE}/tips/${tip}`));

describe('a tip that was handed to another unit', () => {
  test('stands among what its first unit did, with the day it went and no word of what followed', async () => {
    const { rows } = await ok<{ rows: DrillRow[] }>(
      await head.get(`${BASE}/drill?${PERIOD}&verb=received&result=on_time`),
    );
    expect(rows.map(({ tip: id, unit, stage, outcome }) => [id, unit, stage, outcome])).toEqual([
      [tip, TO_HIEU, null, null],
    ]);
    expect(rows[0]?.handedOver).toBe(instance.clock.now());
  });

  test('opens to the first unit with its steps up to the hand-over, which still prove themselves', async () => {
    const seen = await history(head);
    expect(seen.events.map(({ type }) => type)).toEqual([
      'submitted',
      'registered',
      'transfer_sent',
      'transfer_acknowledged',
    ]);
    expect(seen).toMatchObject({
      unit: TO_HIEU,
      handedOver: instance.clock.now(),
      stage: null,
      legalKind: null,
    });
    expect((await checkChain(seen.events)).broken).toBeNull();
    expect((await checkChain(seen.events.slice(1))).broken).toBe(1);
  });

  test('says nothing to the first unit of who took it over there', async () => {
    const { events } = await history(head);
    const text = events
      .map(({ restrictedPart }) => Buffer.from(restrictedPart ?? '', 'base64url').toString())
      .join();
    expect(text).not.toContain(receiver.person.id);
  });

  test('opens in full to those above the unit that has it', async () => {
    const seen = await history(await signIn(instance, 'doclap'));
    expect(seen.events.map(({ type }) => type)).toContain('classified');
    expect(seen).toMatchObject({ unit: MOC_CHAU, handedOver: null, stage: 'classified' });
  });
});
