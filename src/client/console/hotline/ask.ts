import type { HotlineCalls } from '../worker/hotline-calls.ts';
import type { Vault } from '../worker-client.ts';

/** The Worker's side of the hotline, as the page asks it. */
export type AskHotline = <Name extends keyof HotlineCalls>(
  name: Name,
  input: HotlineCalls[Name]['in'],
) => Promise<HotlineCalls[Name]['out']>;

/** Asks the console's Worker. */
export const askHotline =
  (vault: Vault): AskHotline =>
  (name, input) =>
    vault.ask(name, input);
