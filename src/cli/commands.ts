import type { Command } from 'commander';
import { registerAudit } from './commands/audit.ts';
import { registerBackup } from './commands/backup.ts';
import { registerCanary } from './commands/canary.ts';
import { registerDemo } from './commands/demo.ts';
import { registerDigest } from './commands/digest.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerDuty } from './commands/duty.ts';
import { registerHotline } from './commands/hotline.ts';
import { registerInit } from './commands/init.ts';
import { registerKeys } from './commands/keys.ts';
import { registerLaw } from './commands/law.ts';
import { registerLedger } from './commands/ledger.ts';
import { registerMigrate } from './commands/migrate.ts';
import { registerPoster } from './commands/poster.ts';
import { registerReceipt } from './commands/receipt.ts';
import { registerRetention } from './commands/retention.ts';
import { registerRollup } from './commands/rollup.ts';
import { registerStaff } from './commands/staff.ts';
import { registerTranscriber } from './commands/transcriber.ts';
import { registerUnits } from './commands/units.ts';
import { registerWitness } from './commands/witness.ts';
import type { CommandContext } from './context.ts';

/** Every command of `tinkin`, in the order of its help. */
export function registerCommands(program: Command, context: CommandContext): void {
  registerInit(program, context);
  registerDemo(program, context);
  registerUnits(program, context);
  registerLaw(program, context);
  registerStaff(program, context);
  registerKeys(program, context);
  registerMigrate(program, context);
  registerBackup(program, context);
  registerReceipt(program, context);
  registerRetention(program, context);
  registerDoctor(program, context);
  registerDuty(program, context);
  registerDigest(program, context);
  registerRollup(program, context);
  registerCanary(program, context);
  registerLedger(program, context);
  registerAudit(program, context);
  registerWitness(program, context);
  registerPoster(program, context);
  registerHotline(program, context);
  registerTranscriber(program, context);
}
