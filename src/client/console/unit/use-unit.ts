import { useEffect } from 'hono/jsx/dom';
import { useBase, useDesk } from '../context.ts';
import { type Loaded, useLoad } from '../use-load.ts';
import type { UnitView } from '../worker/calls.ts';

/** The unit's people and keys, verified in the Worker; read again whenever something about them changes. */
export const useUnit = (): { readonly loaded: Loaded<UnitView>; readonly again: () => Promise<void> } => {
  const { vault } = useBase();
  const { live } = useDesk();
  const { loaded, again } = useLoad(() => vault.ask('unit', {}), 'unit');
  useEffect(() => live.refetch((event) => event.kind === 'unit_changed', again), [live]);
  return { loaded, again };
};
