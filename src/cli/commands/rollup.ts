import type { Command } from 'commander';
import { openInstance } from '../../instance/open-instance.ts';
import { type CommandContext, dataFolder } from '../context.ts';

/** `tinkin rollup verify`: recompute the figures behind the rates from the clocks, and compare. */
export function registerRollup(program: Command, context: CommandContext): void {
  program
    .command('rollup')
    .description('the figures behind the rates')
    .command('verify')
    .description('recompute every figure from the clocks and compare')
    .action(async (_options: unknown, command: Command) => {
      const instance = await openInstance(dataFolder(context, command));
      try {
        const differences = await instance.store.oversight.verifyRollups();
        const text =
          differences.length === 0
            ? ['Every figure is as the clocks give it.']
            : differences.map(
                ({ key, stored, computed }) => `${key}: stored ${stored}, computed ${computed}`,
              );
        context.print({ text, data: { differences }, ok: differences.length === 0 });
      } finally {
        await instance.close();
      }
    });
}
