import { useCallback, useEffect, useRef } from 'hono/jsx/dom';
import { useState } from './hooks.ts';
import { Problem } from './http.ts';

/** Something that is fetched: not here yet, here, or failed. */
export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly problem: Problem };

/** What anything thrown is told as. */
export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem('internal');

/**
 * Fetches when the page opens and whenever `key` changes; `again` fetches anew while the old value stays on the screen, so that
 * nothing jumps.
 */
export const useLoad = <T>(
  fetcher: () => Promise<T>,
  key: string,
): { readonly loaded: Loaded<T>; readonly again: () => Promise<void> } => {
  const [kept, setKept] = useState<{ readonly key: string; readonly loaded: Loaded<T> }>({
    key,
    loaded: { state: 'loading' },
  });
  const wanted = useRef(key);
  wanted.current = key;
  const load = async (): Promise<void> => {
    const loaded = await fetcher().then(
      (value): Loaded<T> => ({ state: 'ready', value }),
      (error: unknown): Loaded<T> => ({ state: 'failed', problem: asProblem(error) }),
    );
    if (wanted.current === key) setKept({ key, loaded });
  };
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    void latest.current();
  }, [key]);
  const again = useCallback(() => latest.current(), []);
  return { loaded: kept.key === key ? kept.loaded : { state: 'loading' }, again };
};

/** Runs one thing at a time and keeps what went wrong, for a form or a button. */
export const useAction = (): {
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly run: (work: () => Promise<void>) => Promise<void>;
  readonly clear: () => void;
} => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const running = useRef(false);
  const run = useCallback(async (work: () => Promise<void>): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setProblem(null), []);
  return { busy, problem, run, clear };
};
