import { type Pins, parsePins } from '../../protocol/root.ts';

/** Trust anchors of this build, put in by the bundler. */
declare const __TINKIN_PINS__: unknown;

/** Throws `field_invalid` for a build without proper pins. */
export const buildPins = (): Pins => parsePins(JSON.stringify(__TINKIN_PINS__));
