import { type CheckName, type Violation, WARNINGS } from './violation.ts';

/** Violations that a report names one by one. */
const NAMED = 1000;

/** What the checks found so far. A check that was taken out of the run finds nothing. */
export class Findings {
  readonly violations: Violation[] = [];
  readonly warnings: Violation[] = [];
  readonly more: Partial<Record<CheckName, number>> = {};
  readonly #wanted: ReadonlySet<CheckName>;
  readonly #claimed = new Set<string>();

  constructor(wanted: ReadonlySet<CheckName>) {
    this.#wanted = wanted;
  }

  runs(check: CheckName): boolean {
    return this.#wanted.has(check);
  }

  /** Names one fault. The place that it claims (an index or an event) is not named again by a later check. */
  add(violation: Violation, claim: string | null = null): void {
    if (!this.runs(violation.check) || (claim !== null && this.#claimed.has(claim))) return;
    if (claim !== null) this.#claimed.add(claim);
    const list = WARNINGS.includes(violation.check) ? this.warnings : this.violations;
    if (list.length < NAMED) list.push(violation);
    else this.more[violation.check] = (this.more[violation.check] ?? 0) + 1;
  }

  isClaimed(claim: string): boolean {
    return this.#claimed.has(claim);
  }
}
