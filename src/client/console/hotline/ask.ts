import type { HotlineCalls } from '../worker/hotline-calls.ts';

/** The Worker's side of the hotline, as the page asks it. */
export type AskHotline = <Name extends keyof HotlineCalls>(
  name: Name,
  input: HotlineCalls[Name]['in'],
) => Promise<HotlineCalls[Name]['out']>;
