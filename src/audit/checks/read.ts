import { type EventPoint, type Found, onlyFault } from '../replay/point.ts';

/** Whoever takes a step that speaks of what a tip says has opened it. A warning: a colleague may have read it out. */
export const readBeforeOpen = ({ event, reads, chain }: EventPoint): Found =>
  onlyFault(chain.replay === null ? null : reads.unread(event));
