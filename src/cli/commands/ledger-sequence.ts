import type { Command } from 'commander';
import { type Round, Sequencer } from '../../features/ledger/sequencer.ts';
import { InstanceError } from '../../instance/instance-error.ts';
import { eventDeps } from '../../instance/recorder.ts';
import { sequencerOptions } from '../../instance/sequencing.ts';
import type { CommandContext } from '../context.ts';
import { clockBeside, timesBeside, witnessesBeside } from '../log-bench.ts';
import { onInstance, type Workbench } from '../operator.ts';

/** `tinkin ledger sequence`: one round by hand, where no service runs or the next one is hours away. */
export function registerSequence(ledger: Command, context: CommandContext): void {
  ledger
    .command('sequence')
    .description('take what waits into the log now: one round of what the service does by the clock')
    .action(async (_options: unknown, command: Command) => {
      const round = await onInstance(context, command, (bench) => sequenced(context, bench));
      const { kind, size, published } = round;
      const done = kind === 'appended' && published === size;
      context.print({ text: [sentenceOf(round)], data: { ...round, ok: done }, ok: done });
    });
}

/** Throws InstanceError `log_in_use` while another process makes a round. */
async function sequenced(context: CommandContext, bench: Workbench): Promise<Round> {
  const { store, facts, secrets, paths } = bench.instance;
  const deps = {
    ...eventDeps(store, facts.id, secrets.ledgerSeed, clockBeside(context, bench)),
    instance: { id: facts.id, logOrigin: facts.logOrigin },
  };
  const { cadence } = timesBeside(context, bench);
  const { minWitnesses = 0 } = bench.pins;
  const witnesses = await witnessesBeside(context, bench);
  const options = sequencerOptions(
    { instance: { mode: facts.mode, cadence, minWitnesses }, witnesses },
    paths.folder,
  );
  const sequencer = new Sequencer(deps, options);
  const round = await sequencer.round(deps.clock.now());
  if (round.kind === 'not_holder')
    throw new InstanceError('log_in_use', 'A service holds the log. Stop it, or wait a few seconds.');
  await sequencer.rest(deps.clock.now());
  return round;
}

function sentenceOf({ kind, size, published, witnesses }: Round): string {
  if (kind === 'rolled_back')
    return 'Nothing was signed: somebody knows a newer tree of this log than the database. See "tinkin ledger declare-rollback".';
  if (kind === 'restored')
    return 'Nothing was signed: the instance came out of a backup, and not every witness has said that it knows no newer tree. See "tinkin ledger declare-rollback".';
  return published === size
    ? `Published up to ${size}, cosigned by ${witnesses}.`
    : `Signed up to ${size}, published up to ${published}: only ${witnesses} witnesses have cosigned.`;
}
