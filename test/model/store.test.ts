import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Command, commands } from './commands.ts';
import { World } from './world.ts';

const FULL = process.env.TINKIN_FULL === '1';
const seen = new Map<string, number>();

async function play(list: readonly Command[]): Promise<void> {
  const world = await World.open();
  try {
    for (const [i, command] of list.entries()) {
      await world.play(command);
      if (i % 10 === 9) await world.check();
    }
    await world.check();
    await world.audit();
    for (const [step, n] of world.taken) seen.set(step, (seen.get(step) ?? 0) + n);
  } finally {
    await world.close();
  }
}

test(
  'random people do random things to many tips, and rates, balance, registers and the log stay what the law makes of them',
  async () => {
    await fc.assert(fc.asyncProperty(commands(FULL ? 300 : 80), play), {
      numRuns: Number(process.env.RUNS ?? (FULL ? 300 : 6)),
      endOnFailure: !FULL,
    });
    if (process.env.TINKIN_SEEN === '1') console.log([...seen].sort((a, b) => b[1] - a[1]));
    expect(seen.size).toBeGreaterThan(0);
  },
  FULL ? 7_200_000 : 300_000,
);
