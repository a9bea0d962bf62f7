import type { Seconds, StaffId, TipId, UnitId } from '../domain/ids.ts';
import type { AlarmLevel, LiveEvent } from '../domain/live-event.ts';

/** An urgent tip that nobody has taken up. When it began is known in memory alone; the store keeps how far it has climbed, for a restart. */
export interface Alarm {
  readonly tip: TipId;
  /** The unit that holds the tip. */
  readonly unit: UnitId;
  /** Earliest moment at which it can have come in. */
  readonly since: Seconds;
  /** Who it has been sounded to so far. */
  readonly told: readonly AlarmLevel[];
  /** True once the unit above was told that no console of the unit is open. */
  readonly toldNoConsole: boolean;
  readonly acknowledgedBy: StaffId | null;
}

/** What a console listens for: everything of its unit, or, where its people read no tips, what concerns the taking of calls. */
export type LiveLine = 'tips' | 'calls';

/** In-process publish and subscribe between requests and the consoles' event streams, and the alarms that are sounding. */
export interface Live {
  publish(unit: UnitId, event: LiveEvent): void;
  /** Returns the function that ends the subscription. */
  subscribe(unit: UnitId, line: LiveLine, listener: (event: LiveEvent) => void): () => void;
  /** How many consoles of the unit are open now before which an urgent tip would be seen: lines for `calls` are not among them. */
  consoles(unit: UnitId): number;
  /** Hears what is published to any unit; not counted as a console. Returns the function that ends it. */
  watch(listener: (unit: UnitId, event: LiveEvent) => void): () => void;
  /** The alarms of now, by tip. */
  readonly alarms: AlarmBoard;
}

export interface AlarmBoard {
  get(tip: TipId): Alarm | null;
  /** Adds the alarm or replaces the one of the same tip. */
  set(alarm: Alarm): void;
  delete(tip: TipId): void;
  all(): readonly Alarm[];
}
