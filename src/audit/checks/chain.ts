import { type EventPoint, type Found, onlyFault } from '../replay/point.ts';

/** Numbers without gap, each event naming the leaf before it, none logged before its predecessor (docs/protocol.md, Events). */
export const chainUnbroken = ({ event, batch, chain }: EventPoint): Found =>
  onlyFault(chain.order.event(event, batch));
