import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Command, commands } from './commands.ts';
import type { Found } from './story.ts';
import { World } from './world.ts';

const FULL = process.env.TINKIN_FULL === '1';
const found: readonly Found[] = JSON.parse(readFileSync(join(import.meta.dirname, 'found.json'), 'utf8'));

async function play(list: readonly Command[]): Promise<void> {
  const world = await World.open();
  try {
    for (const [i, command] of list.entries()) {
      await world.play(command);
      if (i % 10 === 9) await world.check();
    }
    await world.check();
    await world.audit();
  } catch (error) {
    throw new Error(`a story for test/model/found.json: ${JSON.stringify(world.story)}`, { cause: error });
  } finally {
    await world.close();
  }
}

test.each(found)('found once and mended: $name', async ({ story }) => {
  const world = await World.open();
  try {
    for (const line of story) await world.live(line);
    await world.check();
    await world.audit();
  } finally {
    await world.close();
  }
});

// Prints the seed when it fails; `TINKIN_SEED` plays it again.
test(
  'random people do random things to many tips, and rates, balance, registers and the log stay what the law makes of them',
  async () => {
    const seed = process.env.TINKIN_SEED;
    await fc.assert(fc.asyncProperty(commands(FULL ? 300 : 80), play), {
      numRuns: Number(process.env.TINKIN_RUNS ?? (FULL ? 300 : 12)),
      // Lives are long and slow to shrink: the story that comes with the error says all.
      endOnFailure: true,
      ...(seed === undefined ? {} : { seed: Number(seed) }),
    });
    expect(found.length).toBeGreaterThan(0);
  },
  FULL ? 7_200_000 : 300_000,
);
