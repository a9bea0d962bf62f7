import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BundleLine } from '../../../src/audit/lines.ts';
import type { TipId, UnitId } from '../../../src/domain/ids.ts';
import { parseRoutes } from '../../../src/domain/routing.ts';
import type { Role } from '../../../src/domain/terms.ts';
import { bundleLines } from '../../../src/features/audit/bundle.ts';
import { newestPublished } from '../../../src/features/audit/source.ts';
import { scopeOf } from '../../../src/http/kit/scope.ts';
import { parseEvent } from '../../../src/protocol/event.ts';
import { FORM_03 } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import {
  COMMITTEE,
  INSPECTORATE,
  type Instance,
  MINISTRY,
  MOC_CHAU,
  openInstance,
  PROVINCE,
  TO_HIEU,
} from '../../fixtures/instance.ts';
import { withLog } from '../../fixtures/ledger.ts';
import { signIn } from '../../fixtures/staff.ts';
import { readTips, takeStep } from '../../fixtures/steps.ts';

let instance: Instance;
/** Tips by where they went. */
let tips: Readonly<Record<'inspectorate' | 'ministry' | 'handedOver' | 'own', TipId>>;

beforeAll(async () => {
  instance = await openInstance();
  const [inspector, minister, head, receiver] = await Promise.all(
    ['thanhtra.vien', 'ttb.thanhtra', 'tohieu.truong', 'mocchau.canbo'].map((who) => signIn(instance, who)),
  );
  if (!inspector || !minister || !head || !receiver) throw new Error('nobody');
  const sent = async (unit: UnitId) => (await sendTip(instance, { unit })).tip;
  tips = {
    inspectorate: await sent(INSPECTORATE),
    ministry: await sent(MINISTRY),
    handedOver: await sent(TO_HIEU),
    own: await sent(TO_HIEU),
  };
  await takeStep(inspector, tips.inspectorate, { step: 'registered' });
  await takeStep(minister, tips.ministry, { step: 'registered' });
  await takeStep(head, tips.own, { step: 'registered' });
  await takeStep(head, tips.handedOver, { step: 'registered' });
  await takeStep(head, tips.handedOver, {
    step: 'transfer_sent',
    toUnit: MOC_CHAU,
    ground: 'Nơi xảy ra thuộc phường khác',
    ...FORM_03,
  });
  await takeStep(receiver, tips.handedOver, { step: 'transfer_acknowledged' });
  await readTips(inspector, [tips.inspectorate]);
  await readTips(head, [tips.own]);
  await withLog(instance, { rounds: 2 });
});
afterAll(() => instance.close());

async function bundleFor(
  account: string,
  unit: UnitId,
  role: Role = 'auditor',
): Promise<readonly BundleLine[]> {
  const { deps, store } = instance;
  const routes = parseRoutes(deps.data.get('routes'));
  const scope = await scopeOf(deps, routes, { account, unit, roles: [role] });
  const newest = await newestPublished(store.ledger);
  if (newest === null) throw new Error('nothing is published');
  const lines: BundleLine[] = [];
  const whose = { auditor: account, units: scope.map(({ code }) => code) };
  for await (const line of bundleLines({ deps, ledger: store.ledger, ...newest }, whose)) lines.push(line);
  return lines;
}

/** Types of the events of a tip, as far as they are there. */
const stepsOf = (lines: readonly BundleLine[], tip: TipId): readonly string[] => {
  const found: string[] = [];
  let subject = '';
  for (const line of lines) {
    if (line.t === 'chain') subject = line.subject;
    if (line.t === 'event' && subject === `tip:${tip}`)
      found.push(parseEvent(new TextEncoder().encode(line.r)).header.type);
  }
  return found;
};

describe('the bundle of an auditor of some units', () => {
  test.each([
    ['the commune police that a diverted tip is about', TO_HIEU],
    ['the provincial police', PROVINCE],
  ] as const)('says no word of diverted tips to %s', async (_who, home) => {
    const lines = await bundleFor('kiemtra', home);
    const text = JSON.stringify(lines);
    for (const tip of [tips.inspectorate, tips.ministry]) expect(text).not.toContain(tip);
    for (const unit of [INSPECTORATE, MINISTRY])
      expect(lines.some((line) => line.t === 'chain' && line.subject === `unit:${unit}`)).toBe(false);
    expect(stepsOf(lines, tips.own)).toEqual(['submitted', 'registered']);
  });

  test('ends a tip’s steps where another unit took it over', async () => {
    const lines = await bundleFor('kiemtra', TO_HIEU);
    expect(stepsOf(lines, tips.handedOver)).toEqual(['submitted', 'registered', 'transfer_sent']);
  });

  test('has the whole of a tip that came from outside', async () => {
    const steps = stepsOf(await bundleFor('kiemtra', MOC_CHAU), tips.handedOver);
    expect(steps.at(-1)).toBe('transfer_acknowledged');
    expect(steps[0]).toBe('submitted');
  });

  test('does not open the dummies, which would count what others did', async () => {
    const [batch, ...more] = (await bundleFor('kiemtra', COMMITTEE)).filter((line) => line.t === 'batch');
    expect(batch).toMatchObject({ seed: '', dummies: 0 });
    expect(more).toEqual([]);
  });

  test('says who read what only of people who read within the scope', async () => {
    const lines = await bundleFor('kiemtra', TO_HIEU);
    const readers = lines
      .flatMap((line) => (line.t === 'chain' ? [line.subject] : []))
      .filter((subject) => subject.startsWith('reader:'));
    expect(readers).not.toContain(`reader:${instance.person('thanhtra.vien').id}`);
    expect(readers).toContain(`reader:${instance.person('tohieu.truong').id}`);
  });
});
