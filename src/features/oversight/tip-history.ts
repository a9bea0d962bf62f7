import { AppError } from '../../domain/errors.ts';
import type { TipId, UnitId } from '../../domain/ids.ts';
import type { RunningClock } from '../../domain/life-cycle-types.ts';
import { eventView } from '../../http/kit/tip-event.ts';
import type { TriageStore } from '../../ports/store/triage-store.ts';

/** What stands behind a figure: the steps of one tip with the openings of their leaves. */
export interface TipHistory {
  readonly tip: TipId;
  readonly unit: UnitId;
  readonly registerNumber: string | null;
  readonly stage: string;
  readonly overlay: string;
  readonly legalKind: string | null;
  readonly conduct: string | null;
  readonly outcome: string | null;
  readonly assurance: string;
  readonly channel: string;
  readonly clocks: readonly RunningClock[];
  readonly events: readonly ReturnType<typeof eventView>[];
}

/** The history of a tip that a unit of the scope holds. Error `tip_unknown` for every other, existing or not. */
export async function tipHistory(
  triage: Pick<TriageStore, 'tip'>,
  scope: ReadonlySet<UnitId>,
  id: TipId,
): Promise<TipHistory> {
  const tip = await triage.tip(id);
  if (!tip || !scope.has(tip.unit)) throw new AppError('tip_unknown');
  return {
    tip: tip.tip,
    unit: tip.unit,
    registerNumber: tip.registerNumber,
    stage: tip.stage,
    overlay: tip.overlay,
    legalKind: tip.legalKind,
    conduct: tip.conduct,
    outcome: tip.outcome,
    assurance: tip.assurance,
    channel: tip.channel,
    clocks: tip.state.clocks,
    events: tip.events.map(eventView),
  };
}
