/** Deadlines are the service's to set; nothing that is signed depends on them. */
export const NO_LAW = {
  rules: { rules: [], rollDays: false },
  calendar: { years: new Set<number>(), daysOff: new Set<never>(), workedWeekends: new Set<never>() },
};
