import { boxOpened } from '../replay/box-opened.ts';
import { type EventPoint, type Found, ofCheck } from '../replay/point.ts';

/** Where two people are due, two different people signed the same bytes: outcomes, shredding, the count of an opened tip box. */
export const twoSigners = ({ event, people, boxes, replayed }: EventPoint): Found =>
  event.parsed.header.type === 'box_opened'
    ? boxOpened(event, boxes, people)
    : ofCheck('twoSigners', replayed);
