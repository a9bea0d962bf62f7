import { systemClock } from '../adapters/clock/system.ts';
import { pinoLog } from '../adapters/log/pino-log.ts';
import { readConfig } from '../config.ts';
import { openDemoWitness } from '../instance/demo-witness.ts';
import { ledgerTimes } from '../instance/ledger-times.ts';
import { witnessesOf } from '../instance/witnesses.ts';
import type { Clock } from '../ports/clock.ts';
import type { Witness } from '../ports/witness.ts';
import type { CommandContext } from './context.ts';
import type { Workbench } from './operator.ts';

/** The clock that the service of this instance goes by. */
export const clockBeside = (context: CommandContext, { instance }: Workbench): Clock =>
  systemClock(instance.facts.mode === 'demo' ? readConfig(context.io.env).clockOffset : 0);

/** The pace of the log that the service of this instance would keep. Throws InstanceError `file_invalid`. */
export const timesBeside = (context: CommandContext, { instance }: Workbench) =>
  ledgerTimes(readConfig(context.io.env), instance.facts.mode);

/** The witnesses that the service of this instance would ask. Throws InstanceError `witness_key`, `file_invalid`. */
export async function witnessesBeside(
  context: CommandContext,
  bench: Workbench,
): Promise<readonly Witness[]> {
  const { instance, pins } = bench;
  const { facts, paths, ledgerKey } = instance;
  const clock = clockBeside(context, bench);
  const watched = { origin: facts.logOrigin, publicKey: ledgerKey };
  const own = facts.mode === 'demo' ? await openDemoWitness(paths.folder, watched, clock) : null;
  const log = pinoLog({ level: 'silent', clock });
  return witnessesOf(readConfig(context.io.env), pins, log, own === null ? [] : [own]);
}
