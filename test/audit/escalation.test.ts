import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendTip } from '../fixtures/citizen.ts';
import { type Instance, openInstance } from '../fixtures/instance.ts';
import { type WithLog, withLog } from '../fixtures/ledger.ts';
import { audited, bundleOf } from './world.ts';

const HOUR = 3600;

let instance: Instance;
let log: WithLog;
beforeEach(async () => {
  instance = await openInstance();
  log = await withLog(instance, { rounds: 2 });
  await sendTip(instance);
});
afterEach(() => instance.close());

/** What the verifier says of deadlines that nobody was told of. */
const untold = async (): Promise<readonly string[]> => {
  const { violations } = await audited({ instance }, await bundleOf(instance));
  return violations
    .filter(({ check }) => check === 'escalationMissing')
    .map(({ detail }) => detail.replace(/ .*/, ''))
    .sort();
};
/** A round of the log beside which nobody looked for marks. */
const blindRound = () => log.sequencer.round(instance.clock.now());

test('a service that tells of a deadline is not accused of keeping it to itself', async () => {
  instance.clock.pass(27 * HOUR);
  await log.round();
  expect(await untold()).toEqual([]);
});

test('a service that tells nobody is accused of every clock that runs on past its end', async () => {
  instance.clock.pass(27 * HOUR);
  await blindRound();
  expect(await untold()).toEqual(['classify', 'register']);
});

test('a service has two hours for it', async () => {
  instance.clock.pass(25 * HOUR);
  await blindRound();
  expect(await untold()).toEqual([]);
});

test('what was told before the end does not stand for what is told at it', async () => {
  instance.clock.pass(20 * HOUR);
  await log.round();
  instance.clock.pass(7 * HOUR);
  await blindRound();
  expect(await untold()).toEqual(['classify', 'register']);
});
