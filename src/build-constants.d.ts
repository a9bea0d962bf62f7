/**
 * Trust anchors of the instance, put in by the build: JSON of keys/demo/pins.json or of the file in TINKIN_PINS, to be read with
 * `parsePins` of protocol/root.ts.
 */
declare const __TINKIN_PINS__: string;
