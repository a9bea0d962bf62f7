const STAMP = /\/since-\d{8}T\d{6}Z$/;

/** The name that an instance's first log had, whichever of its logs is named. */
export const firstOrigin = (origin: string): string => origin.replace(STAMP, '');

/**
 * Name of the log that takes the place of one which lost what it had published: the first name and the moment (UTC seconds), so that a name is
 * never used again, also by whoever restores the same backup twice.
 */
export const renewedOrigin = (origin: string, at: number): string => {
  const moment = new Date(at * 1000).toISOString().replace(/[-:]|\.\d+/g, '');
  return `${firstOrigin(origin)}/since-${moment}`;
};

/** True when one log came before another of the same instance. */
export const isFormerOrigin = (former: string, now: string): boolean =>
  former < now && firstOrigin(former) === firstOrigin(now);

/** UTC seconds at which a log took the place of a former one; null for a first one. */
export const renewedAt = (origin: string): number | null => {
  const [stamp] = STAMP.exec(origin) ?? [];
  if (stamp === undefined) return null;
  const [, y, m, d, h, min, s] = /(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z/.exec(stamp) ?? [];
  const at = Date.parse(`${y}-${m}-${d}T${h}:${min}:${s}Z`);
  return Number.isNaN(at) ? null : at / 1000;
};
