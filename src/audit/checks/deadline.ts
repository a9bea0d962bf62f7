import { silentDeadline } from '../replay/deadlines.ts';
import { type ChainSoFar, type Found, NOTHING, onlyFault } from '../replay/point.ts';

/** No clock of a tip ran out unnoticed: `now` is the moment of the newest batch head. */
export const deadlineSpoken = ({ replay }: ChainSoFar, now: number): Found =>
  replay === null ? NOTHING : onlyFault(silentDeadline(replay, now));
