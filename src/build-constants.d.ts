/**
 * Trust anchors of the instance, put in by the build: JSON of keys/demo/pins.json or of the file in TINKIN_PINS, to be read with
 * `parsePins` of protocol/root.ts.
 */
declare const __TINKIN_PINS__: string;

/** Reference files that the console's verifier decides with, put in by the build: JSON of db/data/{clocks,holidays,conduct,plans}.json by name. */
declare const __TINKIN_LAW__: string;
