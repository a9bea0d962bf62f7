import { type Pins, parsePins } from '../../protocol/root.ts';

/** Trust anchors of this build. Throws `field_invalid` for a build without proper pins. */
export const buildPins = (): Pins => parsePins(__TINKIN_PINS__);
