import { getJson } from '../http.ts';
import type { SignedEvent } from '../wire.ts';
import { type Head, signedEvent } from './signing.ts';
import type { WorkerState } from './state.ts';

type Parts = {
  readonly citizen: Parameters<typeof signedEvent>[2];
  readonly restricted: Parameters<typeof signedEvent>[3];
};

/** Signs an event of my own chain of reads, joined to its present head. Throws Problem, `locked` among them. */
export async function readerEvent(
  state: WorkerState,
  type: string,
  { citizen, restricted }: Parts,
): Promise<SignedEvent> {
  const subject = `reader:${state.keyring.me.staff}`;
  const head = await getJson<Head>(`/api/staff/head?subject=${subject}`);
  return signedEvent(state, { type, subject, head, at: state.keyring.now() }, citizen, restricted);
}
