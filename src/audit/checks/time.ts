import { type EventPoint, type Found, onlyFault } from '../replay/point.ts';

/** What an event says of its time lies between the batch heads before and after it, and does not go back within its chain. */
export const timeBounded = ({ event, bounds, chain }: EventPoint): Found =>
  onlyFault(chain.times.event(event, bounds));
