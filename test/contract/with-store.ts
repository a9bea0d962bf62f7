import type { Store } from '../../src/ports/store/store.ts';
import type { MakeStore } from './store-fixture.ts';

/** Wraps a test's body so that it gets an empty store, closed afterwards whatever happens. */
export const withStore =
  (makeStore: MakeStore) =>
  (body: (store: Store) => Promise<void>): (() => Promise<void>) =>
  async () => {
    const opened = await makeStore();
    try {
      await body(opened.store);
    } finally {
      await opened.close();
    }
  };
