import { type EventPoint, type Found, ofCheck } from '../replay/point.ts';
import { signersOf } from '../replay/signers.ts';

/** Whoever an event names signed it, with a key that a MEMBER statement gave them then; the service what the service records. */
export function signerEntitled({ event, people, replayed }: EventPoint): Found {
  const signers = signersOf(people, event);
  const author = ofCheck('signerEntitled', replayed);
  if (author.faults.length === 0 && author.due.length === 0) return signers;
  return { faults: [...signers.faults, ...author.faults], due: [...signers.due, ...author.due] };
}
