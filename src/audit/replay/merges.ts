import type { TipId } from '../../domain/ids.ts';
import type { Fault } from './event.ts';
import { TipSet } from './tip-set.ts';

const fault = (detail: string): Fault => ({ check: 'mergeLives', detail });

/** Confirmed duplicates and what became of the tips that they are to live on in; judged once every chain has been seen. */
export class Merges {
  readonly #tips = new TipSet();
  /** Tips that no plan counts any more: into which one, or null for another reason. */
  readonly #gone = new Map<TipId, TipId | null>();

  /** A tip at the end of its chain. `into`: the tip that it was merged into. */
  tip(tip: TipId, left: boolean, into: TipId | null): void {
    this.#tips.add(tip);
    if (left) this.#gone.set(tip, into);
  }

  /** True for a tip whose chain was seen. */
  knows(tip: TipId): boolean {
    return this.#tips.has(tip);
  }

  /** Duplicates that live on nowhere: their target is missing, counts for nothing, or leads back to them. */
  lost(): readonly { readonly tip: TipId; readonly fault: Fault }[] {
    return [...this.#gone].flatMap(([tip, into]) => {
      const problem = into === null ? null : this.#problem(tip, into);
      return problem === null ? [] : [{ tip, fault: fault(problem) }];
    });
  }

  #problem(tip: TipId, into: TipId): string | null {
    const passed = new Set<TipId>([tip]);
    let at = into;
    for (;;) {
      if (passed.has(at)) return 'merged in a circle';
      passed.add(at);
      if (!this.#tips.has(at)) return `merged into ${at}, which is none`;
      const next = this.#gone.get(at);
      if (next === undefined) return null;
      if (next === null) return `merged into ${at}, which no plan counts`;
      at = next;
    }
  }
}
