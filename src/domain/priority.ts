import { type ConductTable, conductById } from './conduct.ts';
import type { ConductGroup, Priority } from './terms.ts';

/** What the form asks about urgency. */
export interface UrgentAnswers {
  readonly happeningNow: boolean;
  readonly danger: boolean;
  readonly minor: boolean;
}

/** True when one answer is enough to ask for human eyes at once, and for showing 113 and 111. */
export const isUrgent = (answers: UrgentAnswers): boolean =>
  answers.happeningNow || answers.danger || answers.minor;

/** True for a tip that human eyes must be on within minutes: ticked as urgent, or P1 by its conduct or a later judgement. It rings. */
export const isUrgentTip = (tip: { readonly urgent: boolean; readonly priority: Priority }): boolean =>
  tip.urgent || tip.priority === 'P1';

/** The priority of a submission, from the two things that the server knows of it. */
export const initialPriority = (urgent: boolean, group: ConductGroup, table: ConductTable): Priority =>
  urgent ? 'P1' : (table.groups.find((entry) => entry.id === group)?.priority ?? 'P3');

/** The priority that the console proposes at classification: never lower than P1 for an urgent tip; P3 for an unknown conduct. */
export const proposedPriority = (urgent: boolean, conduct: string, table: ConductTable): Priority =>
  urgent ? 'P1' : (conductById(table, conduct)?.priority ?? 'P3');
