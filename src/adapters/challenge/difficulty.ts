import type { Seconds } from '../../domain/ids.ts';

export interface DifficultyOptions {
  /** Largest counter while the service is calm; a browser searches half of it on average. */
  readonly base: number;
  /** Challenges within a minute that still count as calm. */
  readonly calmPerMinute: number;
  /** How many times harder it may become at most. */
  readonly ceiling: number;
}

/** How hard the next challenge is: rises with the number of challenges asked for in the last minute, without knowing by whom. */
export interface Difficulty {
  next(now: Seconds): number;
}

/** Doubles with every doubling of the load above calm, so that a flood costs its sender more with every step; falls back in a minute. */
export function createDifficulty(options: DifficultyOptions): Difficulty {
  let minute = 0;
  let current = 0;
  let previous = 0;
  return {
    next(now) {
      const nowMinute = Math.floor(now / 60);
      if (nowMinute !== minute) {
        previous = nowMinute === minute + 1 ? current : 0;
        current = 0;
        minute = nowMinute;
      }
      current++;
      // A sliding minute: what is left of the last one plus this one so far.
      const rate = current + previous * (1 - (now % 60) / 60);
      const steps = Math.max(0, Math.floor(Math.log2(rate / options.calmPerMinute) + 1));
      return options.base * Math.min(options.ceiling, 2 ** steps);
    },
  };
}
