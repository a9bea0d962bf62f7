import { build } from '../../tools/build.mjs';

/** The fault tests run the built program: build it once, when the sources changed. */
export const setup = (): void => {
  build({ quiet: true });
};
