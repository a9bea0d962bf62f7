/** Id of the one demonstration instance, pinned in `keys/demo/pins.json`. */
export const DEMO_INSTANCE = 'e007e9336b3f9cb843c74412e4b1510e';

/** Key ids (docs/protocol.md, Statements) of the demonstration's root keys, whose private halves everybody has. */
const DEMO_KEY_IDS: readonly string[] = [
  '6e78c723a0ac6bc01be7570862c97239',
  '0f125d8e5a15e7b84213a4c9569fa0fa',
  'feb54d01e9d0e7c45ec3a62c217ae407',
];

/** True when the instance is the demonstration: production refuses its keys and data. */
export const isDemoInstance = (id: string): boolean => id === DEMO_INSTANCE;

/** True when one of the keys is the demonstration's. */
export const holdsDemoKey = (keyIds: readonly string[]): boolean =>
  keyIds.some((keyId) => DEMO_KEY_IDS.includes(keyId));
