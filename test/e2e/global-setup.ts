import { build } from '../../tools/build.mjs';
import { prepareDemo } from './server.ts';

/** The browser tests run the built program on copies of one demonstration: both are made here, when the sources changed. */
export const setup = (): void => {
  build({ quiet: true });
  prepareDemo();
};
