import { dayOf, weekdayOf } from '../../domain/calendar.ts';
import type { Seconds } from '../../domain/ids.ts';
import { formatDay, formatWeekday, type Lang } from '../../i18n/index.ts';

/** Seconds east of Greenwich: Vietnam keeps UTC+7 all year. */
const OFFSET = 7 * 3600;
/** A deadline closer than this is shown as due soon: one day. */
export const SOON = 86_400;

const two = (value: number): string => String(value).padStart(2, '0');

const parts = (seconds: number): { day: string; time: string; hour: number } => {
  const date = new Date((seconds + OFFSET) * 1000);
  return {
    day: `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`,
    time: `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`,
    hour: date.getUTCHours(),
  };
};

/** `22/11/2026` in UTC+7. */
export const dayText = (seconds: number): string => parts(seconds).day;

/** `22/11/2026 14:05` in UTC+7. */
export const timeText = (seconds: number): string => {
  const { day, time } = parts(seconds);
  return `${day} ${time}`;
};

/** The last moment of a deadline with its day of the week: `thứ Hai 04/05/2026`, with the time where it is not the day's end. */
export const dueText = (due: number, lang: Lang): string => {
  const day = dayOf(due as Seconds);
  const text = `${formatWeekday(lang, weekdayOf(day))} ${formatDay(lang, day)}`;
  const { time } = parts(due);
  return time === '23:59' ? text : `${text} ${time}`;
};

/** A receipt hour: nothing finer is known. */
export const hourText = (hour: number, lang: Lang): string => {
  const at = parts(hour * 3600);
  return lang === 'vi' ? `${at.day}, ${at.hour} giờ` : `${at.day}, ${two(at.hour)}:00`;
};

export type DueLevel = 'overdue' | 'soon' | 'later' | 'none';

/** How a deadline stands now, and the amount in the largest unit that says enough. */
export interface DueIn {
  readonly level: DueLevel;
  readonly amount: number;
  readonly unit: 'minute' | 'hour' | 'day';
}

/** How far off a deadline is. `due` is the last second in time. */
export const dueIn = (due: number | null, now: number): DueIn => {
  if (due === null) return { level: 'none', amount: 0, unit: 'minute' };
  const left = due - now;
  const level = left < 0 ? 'overdue' : left <= SOON ? 'soon' : 'later';
  const size = Math.abs(left);
  if (size < 3600) return { level, amount: Math.max(1, Math.floor(size / 60)), unit: 'minute' };
  if (size < 2 * 86_400) return { level, amount: Math.floor(size / 3600), unit: 'hour' };
  return { level, amount: Math.floor(size / 86_400), unit: 'day' };
};

/** The first line of a text, cut at a word to about `length` characters. */
export const firstLine = (text: string, length = 120): string => {
  const line = text.trim().split(/\r?\n/, 1)[0]?.trim() ?? '';
  if (line.length <= length) return line;
  const cut = line.slice(0, length);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > length / 2 ? space : length)}…`;
};

/** Hex in groups of four, for reading aloud. */
export const grouped = (hex: string): string => hex.replace(/(.{4})(?=.)/g, '$1 ');

/** Bytes in the largest unit that says enough: `12 kB`, `3,4 MB`. */
export const sizeText = (bytes: number, lang: Lang): string => {
  if (bytes < 1000) return `${bytes} B`;
  const mega = bytes >= 1_000_000;
  const value = mega ? bytes / 1_000_000 : bytes / 1000;
  const text = value < 10 ? value.toFixed(1) : String(Math.round(value));
  return `${lang === 'vi' ? text.replace('.', ',') : text} ${mega ? 'MB' : 'kB'}`;
};
