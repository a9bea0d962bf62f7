import { useEffect } from 'hono/jsx/dom';
import { getJson } from './http.ts';

/** Minutes without a touch after which the keys are forgotten. */
export const IDLE_MINUTES = 10;

/** Minutes after which a touch renews the session, too: somebody who reads or writes for long asks the server for nothing. */
const RENEW_MINUTES = 5;

const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/** Locks the console when nobody has touched it for a while, also after the computer slept; while somebody does, renews the session. */
export const useIdleLock = (lock: () => void): void => {
  useEffect(() => {
    let last = Date.now();
    let renewed = last;
    const touched = (): void => {
      last = Date.now();
      if (last - renewed < RENEW_MINUTES * 60_000) return;
      renewed = last;
      getJson('/api/staff/session').catch(() => undefined);
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
