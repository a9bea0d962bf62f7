import { useEffect } from 'hono/jsx/dom';

/** Minutes without a touch after which the keys are forgotten. */
export const IDLE_MINUTES = 10;

const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/** Locks the console when nobody has touched it for a while, also after the computer slept. */
export const useIdleLock = (lock: () => void): void => {
  useEffect(() => {
    let last = Date.now();
    const touched = (): void => {
      last = Date.now();
    };
    const check = (): void => {
      if (Date.now() - last >= IDLE_MINUTES * 60_000) lock();
    };
    for (const sign of SIGNS) addEventListener(sign, touched, { passive: true });
    document.addEventListener('visibilitychange', check);
    const timer = setInterval(check, 5000);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', check);
      for (const sign of SIGNS) removeEventListener(sign, touched);
    };
  }, [lock]);
};
