/** Runs what concerns one key one after the other, and different keys beside each other. */
export interface OneAtATime {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function oneAtATime(): OneAtATime {
  const last = new Map<string, Promise<unknown>>();
  return {
    async run(key, work) {
      const before = last.get(key) ?? Promise.resolve();
      const mine = before.then(work, work);
      const settled = mine.catch(() => undefined);
      last.set(key, settled);
      try {
        return await mine;
      } finally {
        if (last.get(key) === settled) last.delete(key);
      }
    },
  };
}
