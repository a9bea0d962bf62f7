import { type EventPoint, type Found, ofCheck } from '../replay/point.ts';

/** The life cycle allows the step, and its parts are to the byte the ones that follow from it (docs/workflow.md). */
export const stepLegal = ({ replayed }: EventPoint): Found => ofCheck('stepLegal', replayed);
