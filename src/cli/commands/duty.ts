import type { Command } from 'commander';
import type { Seconds } from '../../domain/ids.ts';
import type { CommandContext } from '../context.ts';
import { onInstance } from '../operator.ts';

/** `tinkin duty …`: who answers in the units. */
export function registerDuty(program: Command, context: CommandContext): void {
  const duty = program.command('duty').description('who answers in the units');
  duty
    .command('holes')
    .description('units that take tips and have stages of work for which nobody named is there')
    .action(async (_: object, command: Command) =>
      onInstance(context, command, async ({ instance, now }) => {
        const holes = await instance.store.duty.holes('reachable', now as Seconds);
        const text = holes.map(({ unit, nameVi, stages }) => `${unit}  ${nameVi}: ${stages.join(', ')}`);
        const sum = holes.length === 1 ? '1 unit.' : `${holes.length} units.`;
        context.print({ text: [...text, sum], data: { holes } });
      }),
    );
}
