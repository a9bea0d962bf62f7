import type { consoleDutyVi } from '../vi/console-duty.ts';

const counted = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

export const consoleDutyEn: typeof consoleDutyVi = {
  answering: {
    title: 'Answerable now',
    as: {
      assignee: 'assigned',
      active: 'focal point',
      deputy: 'deputy',
      head: 'head of the unit',
      deputy_head: 'deputy head',
      above: 'leader of the unit above',
    },
    stage: (as, stage) => `${as}, ${stage.toLowerCase()}`,
    for: (long) => `for ${long}`,
    long: {
      minute: (n) => counted(n, 'minute'),
      hour: (n) => counted(n, 'hour'),
      day: (n) => counted(n, 'day'),
    },
    nobody: 'Nobody is answerable',
  },
  reached: {
    title: 'Marks told of deadlines',
    mark: (level: number) => (level === 100 ? 'overdue' : `${level} % of the time has passed`),
    inRow: (level: number) => (level === 100 ? 'Told as overdue' : `${level} % of the time has passed`),
  },
  clocks: {
    running: 'Deadlines that run',
    ended: 'Deadlines that ended',
    none: 'No deadline is running.',
    policy: 'policy of this instance',
    extended: (times, day) => `Extended ${times === 1 ? 'once' : 'twice'}, until ${day}`,
    suspended: 'Suspended: the time for settling rests. When it is resumed, 1 month is left.',
  },
};
