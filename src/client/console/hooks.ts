import { useState as useAnyState, useCallback, useEffect, useLayoutEffect, useRef } from 'hono/jsx/dom';

/** True until the component is taken off the page. */
export const useAlive = (): { readonly current: boolean } => {
  const alive = useRef(true);
  useLayoutEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
    };
  }, []);
  return alive;
};

/**
 * Begins something once the component is on the page, and ends it with what `begin` returned when it is taken off. An effect alone will
 * not do: the renderer runs one as often as the page was drawn before the first frame, and forgets all but the last clean-up.
 */
export const useWhileShown = (begin: () => () => void): void => {
  const end = useRef<(() => void) | null>(null);
  useEffect(() => {
    end.current ??= begin();
    return () => {
      end.current?.();
      end.current = null;
    };
  }, []);
};

/**
 * State whose setter does nothing once the component is gone: an answer that comes late must not bring a page back that was left
 * (the renderer would draw it again).
 */
export const useState = <T>(initial: T | (() => T)): readonly [T, (next: T | ((before: T) => T)) => void] => {
  const [value, set] = useAnyState<T>(initial);
  const alive = useAlive();
  const setWhileAlive = useCallback((next: T | ((before: T) => T)): void => {
    if (alive.current) set(next);
  }, []);
  return [value, setWhileAlive];
};
