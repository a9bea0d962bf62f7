import type { TipId } from '../../domain/ids.ts';
import type { Fault } from '../replay/event.ts';
import type { Merges } from '../replay/merges.ts';

/** A confirmed duplicate lives on in a tip that is there and is itself counted: what is merged goes on being counted once. */
export const mergeLives = (merges: Merges): readonly { readonly tip: TipId; readonly fault: Fault }[] =>
  merges.lost();
