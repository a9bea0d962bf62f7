import type { ConsoleRightsTexts } from '../vi/console-rights.ts';

export const consoleRightsEn: ConsoleRightsTexts = {
  supervision: {
    title: 'Supervision',
    lead: 'Tips of which units have told the procuracy. You see the file, its steps and grounds, not the content.',
    which: {
      pending: 'Waiting for a decision',
      suspended: 'Suspended',
      all: 'All',
    },
    choose: 'Which tips',
    asked: 'An extension is asked for; your answer is awaited',
    nothing: {
      pending: 'No request is waiting.',
      suspended: 'No tip is suspended.',
      all: 'No tip has been notified yet.',
    },
  },
  rights: {
    title: 'Right to settle',
    lead: 'Who is assigned to settle denunciations and reports of crime in commune police, by a decision of the unit directly above.',
    own: 'Your unit',
    ownNothing: 'Nobody in your unit is assigned. Tips about crimes must be transferred upwards.',
    below: 'Units below',
    belowNothing: 'No unit below needs an assignment.',
    nobody: 'Nobody is assigned',
    give: 'Assign',
    unit: 'Unit',
    person: 'Person assigned',
    noPeople: 'No leader of this unit has an account in use yet.',
    grade: 'Investigator’s grade',
    grades: { mid: 'Intermediate investigator', high: 'Senior investigator' },
    kinds: 'Kinds of tip',
    document: 'Number of the decision',
    from: 'From',
    until: 'Until the end of',
    untilHint: 'Leave empty when the decision names no last day.',
    fromTo: (from: string, until: string) => `From ${from} to the end of ${until}`,
    since: (from: string) => `From ${from}`,
    ends: (days: number) =>
      days <= 0 ? 'Ends today' : days === 1 ? 'Ends in 1 day' : `Ends in ${days} days`,
    ended: 'Ended',
    notYet: 'Not begun yet',
    end: 'End it now',
    endSure: (name: string) =>
      `From now on ${name} can no longer decide how tips are settled. What was decided before stays.`,
    given: 'The assignment is recorded.',
    endedNow: 'The assignment has ended.',
    consequence:
      'You sign the assignment with your key. It goes into the public log and cannot be edited, only ended.',
  },
};
