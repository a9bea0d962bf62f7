import type { Seconds, StaffId, TipId, UnitId } from '../domain/ids.ts';

/** Who an alarm has reached: everybody of the unit, its deputies, its heads, or the leaders of the unit above. */
export type AlarmLevel = 'unit' | 'deputy' | 'head' | 'parent';

/** What an open console is told at once. Never content. */
export type LiveEvent =
  | { readonly kind: 'new_tip'; readonly tip: TipId; readonly urgent: boolean }
  | { readonly kind: 'changed'; readonly tip: TipId }
  | {
      readonly kind: 'alarm';
      readonly tip: TipId;
      readonly level: AlarmLevel;
      readonly reason: 'untaken' | 'no_console';
    }
  /** The alarm of this tip is over: somebody acknowledged it or took the tip up. */
  | { readonly kind: 'alarm_over'; readonly tip: TipId }
  /** Something about the unit's members, keys or focal points changed. */
  | { readonly kind: 'unit_changed' };

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

/** In-process publish and subscribe between requests and the consoles' event streams, and the alarms that are sounding. */
export interface Live {
  publish(unit: UnitId, event: LiveEvent): void;
  /** Returns the function that ends the subscription. */
  subscribe(unit: UnitId, staff: string, listener: (event: LiveEvent) => void): () => void;
  /** How many consoles of the unit are open now. */
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
