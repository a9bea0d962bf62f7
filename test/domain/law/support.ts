import { readFileSync } from 'node:fs';
import { type Calendar, startOfDay } from '../../../src/domain/calendar.ts';
import { parseCalendar } from '../../../src/domain/holidays.ts';
import type { Day, Seconds } from '../../../src/domain/ids.ts';

/** The text of a file of the project's law. */
export const lawText = (name: string): string =>
  readFileSync(new URL(`../../../db/data/${name}.json`, import.meta.url), 'utf8');

export const lawJson = (name: string): unknown => JSON.parse(lawText(name));

export const calendar: Calendar = parseCalendar(lawJson('holidays'));

/** UTC seconds of a moment written as `2026-02-15 23:00` in UTC+7; 00:00 without a time. */
export const at = (text: string): Seconds => {
  const [day = '', time = '00:00'] = text.split(' ');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (startOfDay(day as Day) + hours * 3600 + minutes * 60) as Seconds;
};

/** A moment in UTC+7 as `2026-02-15 23:00`. */
export const local = (seconds: number): string =>
  new Date((seconds + 7 * 3600) * 1000).toISOString().slice(0, 16).replace('T', ' ');
