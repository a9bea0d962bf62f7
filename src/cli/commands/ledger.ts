import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { registerRollBack } from './ledger-rollback.ts';

/** `tinkin ledger …`: the public log of an instance. */
export function registerLedger(program: Command, context: CommandContext): void {
  const ledger = program.command('ledger').description("the instance's public log");
  registerRollBack(ledger, context);
}
