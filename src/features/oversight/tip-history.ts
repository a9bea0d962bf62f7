import { AppError } from '../../domain/errors.ts';
import type { Seconds, TipId, UnitId } from '../../domain/ids.ts';
import type { RunningClock } from '../../domain/life-cycle-types.ts';
import { eventView } from '../../http/kit/tip-event.ts';
import type { TipDetail, TipEvent, TriageStore } from '../../ports/store/triage-store.ts';
import { parsePart } from '../../protocol/event.ts';

/** What stands behind a figure: the steps of one tip with the openings of their leaves. */
export interface TipHistory {
  readonly tip: TipId;
  readonly unit: UnitId;
  readonly registerNumber: string | null;
  /** When this unit handed the tip over; null while it holds it. */
  readonly handedOver: Seconds | null;
  /** As the tip stands now, and null all of them once another unit holds it: what becomes of it there is that unit's. */
  readonly stage: string | null;
  readonly overlay: string | null;
  readonly legalKind: string | null;
  readonly conduct: string | null;
  readonly outcome: string | null;
  readonly assurance: string;
  readonly channel: string;
  readonly clocks: readonly RunningClock[];
  readonly events: readonly (Event | Closed)[];
}

type Event = ReturnType<typeof eventView>;
/** The event by which another unit took the tip over: what it says of that unit's people stays closed. */
type Closed = Omit<Event, 'restrictedPart' | 'restrictedSalt'> & {
  readonly restrictedPart: null;
  readonly restrictedSalt: null;
};

/**
 * The history of a tip that a unit of the scope holds, or of one that it handed over: then up to the event by which another unit took it.
 * Error `tip_unknown` for every other, existing or not.
 */
export async function tipHistory(
  triage: Pick<TriageStore, 'tip'>,
  scope: ReadonlySet<UnitId>,
  id: TipId,
): Promise<TipHistory> {
  const tip = await triage.tip(id);
  if (!tip) throw new AppError('tip_unknown');
  if (!scope.has(tip.unit)) return untilHandedOver(tip, scope);
  return {
    tip: tip.tip,
    unit: tip.unit,
    handedOver: null,
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

function untilHandedOver(tip: TipDetail, scope: ReadonlySet<UnitId>): TipHistory {
  // Custody goes from unit to unit: every end of one is the next unit's acknowledgement, or a diversion of what had a number.
  const ended = tip.custody.filter(({ status }) => status === 'ended');
  const taken = tip.events.filter(endsCustody);
  const last = ended.findLastIndex(({ unit }) => scope.has(unit));
  const [custody, event] = [ended[last], taken[last]];
  if (custody === undefined || event === undefined) throw new AppError('tip_unknown');
  const before = tip.events.filter(({ no }) => no < event.no);
  return {
    tip: tip.tip,
    unit: custody.unit,
    handedOver: custody.until,
    registerNumber: null,
    stage: null,
    overlay: null,
    legalKind: null,
    conduct: null,
    outcome: null,
    assurance: tip.assurance,
    channel: tip.channel,
    clocks: [],
    events: event.type === 'diverted' ? before.map(eventView) : [...before.map(eventView), closed(event)],
  };
}

/** Who has it now, and that it was kept from them, is nothing for the unit that a tip was diverted from. */
const closed = (event: TipEvent): Closed => ({
  ...eventView(event),
  restrictedPart: null,
  restrictedSalt: null,
});

const endsCustody = ({ type, restrictedPart }: TipEvent): boolean =>
  type === 'transfer_acknowledged' ||
  (type === 'diverted' && (parsePart(restrictedPart).from as { stage?: unknown }).stage !== 'submitted');
