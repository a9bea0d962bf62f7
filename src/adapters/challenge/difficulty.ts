import type { Seconds } from '../../domain/ids.ts';

export interface DifficultyOptions {
  /** Largest counter while the service is calm; a browser searches half of it on average. */
  readonly base: number;
  /** Challenges, or accepted tips, within a minute that still count as calm. */
  readonly calmPerMinute: number;
  /** How many times harder it may become at most. */
  readonly ceiling: number;
}

/**
 * Asking for a challenge costs nothing, so asking alone may not make it harder for everybody than a cheap phone bears: beyond this factor only
 * tips that were paid for and accepted raise it.
 */
const MOST_FOR_ASKING = 4;

/** How hard the next challenge is, by what happened in the last minute, without knowing by whom. */
export interface Difficulty {
  /** Largest counter of the challenge that is asked for now. */
  next(now: Seconds): number;
  /** A tip was accepted. */
  accepted(now: Seconds): void;
}

/** Doubles with every doubling of the load above calm, so that a flood costs its sender more with every step; falls back in a minute. */
export function createDifficulty({ base, calmPerMinute, ceiling }: DifficultyOptions): Difficulty {
  const asked = slidingMinute();
  const accepted = slidingMinute();
  const factor = (rate: number): number => 2 ** Math.max(0, Math.floor(Math.log2(rate / calmPerMinute) + 1));
  return {
    next(now) {
      asked.add(now);
      const forAsking = Math.min(MOST_FOR_ASKING, factor(asked.rate(now)));
      return base * Math.min(ceiling, Math.max(forAsking, factor(accepted.rate(now))));
    },
    accepted: (now) => accepted.add(now),
  };
}

/** Events of the last 60 seconds, from two counts: what is left of the last minute plus this one so far. */
function slidingMinute(): { add(now: Seconds): void; rate(now: Seconds): number } {
  let minute = 0;
  let current = 0;
  let previous = 0;
  const turn = (now: Seconds): void => {
    const nowMinute = Math.floor(now / 60);
    if (nowMinute === minute) return;
    previous = nowMinute === minute + 1 ? current : 0;
    current = 0;
    minute = nowMinute;
  };
  return {
    add(now) {
      turn(now);
      current++;
    },
    rate(now) {
      turn(now);
      return current + previous * (1 - (now % 60) / 60);
    },
  };
}
