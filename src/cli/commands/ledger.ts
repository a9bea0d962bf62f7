import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { registerRollBack } from './ledger-rollback.ts';
import { registerSequence } from './ledger-sequence.ts';
import { registerStatus } from './ledger-status.ts';

/** `tinkin ledger …`: the public log of an instance. */
export function registerLedger(program: Command, context: CommandContext): void {
  const ledger = program.command('ledger').description("the instance's public log");
  registerStatus(ledger, context);
  registerSequence(ledger, context);
  registerRollBack(ledger, context);
}
