import { type Day, isDay, type Seconds } from './ids.ts';

/** UTC+7 all year: Vietnam keeps no summer time. Seconds. */
export const VIETNAM_OFFSET = 7 * 3600;
const DAY_SECONDS = 86_400;

/** Rest days by year, as an administrator keeps them (`db/data/holidays.json`). */
export interface Calendar {
  /** Years whose holidays were entered; in any other year only weekends are known to be rest days. */
  readonly years: ReadonlySet<number>;
  /** Days off beside Saturdays and Sundays: holidays, days in lieu, official swaps. */
  readonly daysOff: ReadonlySet<Day>;
  /** Saturdays and Sundays that are worked in exchange for a day off. */
  readonly workedWeekends: ReadonlySet<Day>;
  /** Office hours of a working day in UTC+7, as seconds after 00:00, in order; for limits in working hours. */
  readonly office: readonly { readonly from: number; readonly until: number }[];
}

/** Office hours where the table names none. */
export const OFFICE_HOURS: Calendar['office'] = [
  { from: 7.5 * 3600, until: 11.5 * 3600 },
  { from: 13.5 * 3600, until: 17.5 * 3600 },
];

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** Whole days since 1970-01-01 of a calendar day. */
export const dayNumber = (day: Day): number =>
  Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / 86_400_000;

/** The calendar day that is so many days after 1970-01-01. */
export const dayFromNumber = (number: number): Day => {
  const date = new Date(number * 86_400_000);
  return `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}` as Day;
};

/** True for a day that exists: `2027-02-29` does not. */
export const isCalendarDay = (value: string): value is Day =>
  isDay(value) && dayFromNumber(dayNumber(value)) === value;

/** The day in UTC+7 that contains a moment given in UTC seconds. */
export const dayOf = (seconds: number): Day =>
  dayFromNumber(Math.floor((seconds + VIETNAM_OFFSET) / DAY_SECONDS));

/** UTC seconds of 00:00 of a day in UTC+7. */
export const startOfDay = (day: Day): Seconds => (dayNumber(day) * DAY_SECONDS - VIETNAM_OFFSET) as Seconds;

/** UTC seconds of the last second (23:59:59) of a day in UTC+7: the last one in time when a period ends at 24:00 of that day. */
export const endOfDay = (day: Day): Seconds => (startOfDay(day) + DAY_SECONDS - 1) as Seconds;

/** The year in UTC+7 that contains a moment: the year of a register. */
export const yearOf = (seconds: number): number => Number(dayOf(seconds).slice(0, 4));

/** The day so many days later (earlier when negative). */
export const addDays = (day: Day, days: number): Day => dayFromNumber(dayNumber(day) + days);

/** The same date so many months later, or that month's last day when it has no such date (BLTTHS Đ134). */
export const addMonths = (day: Day, months: number): Day => {
  const index = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12;
  const lastDate = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return `${pad(year, 4)}-${pad(month + 1, 2)}-${pad(Math.min(Number(day.slice(8, 10)), lastDate), 2)}` as Day;
};

/** Day of the week: 0 is Sunday, 6 Saturday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => (dayNumber(day) + 4) % 7;

/** True for Saturdays and Sundays. */
export const isWeekend = (day: Day): boolean => {
  const weekday = weekdayOf(day);
  return weekday === 0 || weekday === 6;
};

/** True for a day on which offices work. */
export const isWorkingDay = (day: Day, calendar: Calendar): boolean => {
  if (calendar.daysOff.has(day)) return false;
  return calendar.workedWeekends.has(day) || !isWeekend(day);
};

/** The day itself when offices work on it, else the next one on which they do. */
export const workingDayFrom = (day: Day, calendar: Calendar): Day => {
  let next = day;
  while (!isWorkingDay(next, calendar)) next = addDays(next, 1);
  return next;
};

/** The n-th working day after a day, which itself is not counted. */
export const addWorkingDays = (day: Day, count: number, calendar: Calendar): Day => {
  let last = day;
  for (let counted = 0; counted < count; counted += 1) last = workingDayFrom(addDays(last, 1), calendar);
  return last;
};

/**
 * The moment by which so many seconds of office time have passed after `start` (UTC seconds); a start outside office hours counts from the
 * next ones on.
 */
export const addOfficeTime = (start: number, seconds: number, calendar: Calendar): Seconds => {
  let left = seconds;
  for (let day = workingDayFrom(dayOf(start), calendar); ; day = workingDayFrom(addDays(day, 1), calendar)) {
    const midnight = startOfDay(day);
    for (const { from, until } of calendar.office) {
      const begins = Math.max(start, midnight + from);
      const room = midnight + until - begins;
      if (room <= 0) continue;
      if (left <= room) return (begins + left) as Seconds;
      left -= room;
    }
  }
};

/** Years touched by a span of days for which no holidays were entered: whoever computes dates there should be warned. */
export const missingYears = (calendar: Calendar, from: Day, to: Day): number[] => {
  const missing: number[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1)
    if (!calendar.years.has(year)) missing.push(year);
  return missing;
};
