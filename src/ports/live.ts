import type { TipId, UnitId } from '../domain/ids.ts';

/** What an open console is told at once. Never content. */
export type LiveEvent =
  | { readonly kind: 'new_tip'; readonly urgent: boolean }
  | { readonly kind: 'changed'; readonly tip: TipId }
  | { readonly kind: 'alarm'; readonly tip: TipId; readonly level: 'unit' | 'deputy' | 'head' | 'parent'; readonly reason: 'untaken' | 'no_console' };

/** In-process publish and subscribe between requests and the consoles' event streams. */
export interface Live {
  publish(unit: UnitId, event: LiveEvent): void;
  /** Returns the function that ends the subscription. */
  subscribe(unit: UnitId, staff: string, listener: (event: LiveEvent) => void): () => void;
  /** How many consoles of the unit are open now. */
  consoles(unit: UnitId): number;
}
