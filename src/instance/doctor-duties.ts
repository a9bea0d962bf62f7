import type { Clock } from '../ports/clock.ts';
import type { Finding } from './doctor.ts';
import type { OpenInstance } from './open-instance.ts';

/** Units that take tips and have a stage of work for which nobody named is there. */
export async function checkDuties({ store }: OpenInstance, clock: Clock): Promise<Finding> {
  const check = 'duties';
  const [first, ...others] = await store.duty.holes('reachable', clock.now());
  if (first === undefined) return { check, status: 'ok', detail: 'somebody is there for every stage' };
  const { unit, nameVi, stages } = first;
  const many = others.length === 0 ? '' : ` and ${others.length} more: see "tinkin duty holes"`;
  const detail = `nobody is there for ${stages.join(', ')} of ${unit} (${nameVi})${many}`;
  return { check, status: 'warn', detail };
}
