import { fileMark } from '../adapters/mark/file-mark.ts';
import type { SequencerOptions } from '../features/ledger/sequencer.ts';
import { LADDERS } from '../ledger/batch.ts';
import type { Deps } from '../ports/deps.ts';
import { instancePaths } from './folder.ts';
import { restoredLog } from './restore.ts';

/** How the log of an instance in a folder is sequenced: by the service itself, and by `tinkin ledger`. */
export const sequencerOptions = (
  {
    instance,
    witnesses,
  }: Pick<Deps, 'witnesses'> & {
    readonly instance: Pick<Deps['instance'], 'cadence' | 'mode' | 'minWitnesses'>;
  },
  folder: string,
): SequencerOptions => ({
  cadence: instance.cadence,
  ladder: LADDERS[instance.mode],
  witnesses,
  minWitnesses: instance.minWitnesses,
  mark: fileMark(instancePaths(folder).ledgerMark),
  restored: restoredLog(folder),
});
