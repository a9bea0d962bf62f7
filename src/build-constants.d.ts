/** Trust anchors of the instance, put in by the build (vite `define`): JSON of keys/demo/pins.json or of the file in TINKIN_PINS. */
declare const __TINKIN_PINS__: import('./protocol/root.ts').Pins;
