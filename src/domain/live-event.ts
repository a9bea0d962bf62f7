import type { TipId } from './ids.ts';

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
  | { readonly kind: 'unit_changed' }
  /** A stage of this unit's work, or of one right below it, has lost everybody named for it, or has somebody again. */
  | { readonly kind: 'holes_changed' }
  /** Marks on clocks of this unit's tips, or of a unit right below it, were told. */
  | { readonly kind: 'escalated'; readonly level: number; readonly tips: number }
  /** Voicemail came in, was opened or was destroyed. */
  | { readonly kind: 'recordings_changed' }
  /** A tip box was emptied, confirmed, or a letter of it entered. */
  | { readonly kind: 'boxes_changed' };
