import { AppError } from '../../domain/errors.ts';
import type { TipId, UnitId } from '../../domain/ids.ts';
import type { RunningClock } from '../../domain/life-cycle-types.ts';
import type { TriageStore } from '../../ports/store/triage-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';

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
  readonly events: readonly {
    readonly no: number;
    readonly type: string;
    readonly leaf: string;
    /** base64url: exact bytes, so that the auditor's program can check signatures and leaves itself. */
    readonly record: string;
    readonly leafSalt: string;
    readonly citizenPart: string;
    readonly citizenSalt: string;
    readonly restrictedPart: string;
    readonly restrictedSalt: string;
  }[];
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
    events: tip.events.map((event) => ({
      no: event.no,
      type: event.type,
      leaf: event.leaf,
      record: toBase64Url(event.record),
      leafSalt: toBase64Url(event.leafSalt),
      citizenPart: toBase64Url(event.citizenPart),
      citizenSalt: toBase64Url(event.citizenSalt),
      restrictedPart: toBase64Url(event.restrictedPart),
      restrictedSalt: toBase64Url(event.restrictedSalt),
    })),
  };
}
