import type { AnswerProblem } from '../../../domain/tip-form.ts';
import type { Problem } from '../http.ts';
import type { Call } from './call.ts';

/** Most calls that are open at once. */
export const MAX_CALLS = 4;

/** What the page shows. */
export interface DeskView {
  readonly calls: readonly Call[];
  /** The call on the screen; null while all are put aside or none is there. */
  readonly active: number | null;
  /** What keeps the active call from being sent on; looked for when the operator asks to send it. */
  readonly problems: readonly AnswerProblem[];
  /** What went wrong with the last thing that was asked of the Worker, and for which call. */
  readonly problem: { readonly call: number; readonly problem: Problem } | null;
  /** True when a letter became a tip and its box could not be told. */
  readonly notCounted: boolean;
  /** How the last call ended, until another begins. */
  readonly ended: 'sealed' | 'no_code' | 'visit' | null;
}

/** No call, and nothing to say. */
export const NOTHING: DeskView = {
  calls: [],
  active: null,
  problems: [],
  problem: null,
  notCounted: false,
  ended: null,
};
