import type { Hash } from '../../../domain/ids.ts';
import { toBase64Url } from '../../../protocol/base64.ts';
import { buildEvent, type Part, signEvent } from '../../../protocol/event.ts';
import { Problem } from '../http.ts';
import type { SignedEvent } from '../wire.ts';
import type { WorkerState } from './state.ts';

/** Where the next event of a subject joins. */
export interface Head {
  readonly no: number;
  readonly leaf: Hash | null;
}

/** What an officer's event says in the clear. */
export interface EventFacts {
  readonly type: string;
  readonly subject: string;
  readonly head: Head;
  /** UTC seconds. */
  readonly at: number;
}

/** Builds an event and signs it with the open signing key. */
export function signedEvent(
  state: WorkerState,
  facts: EventFacts,
  citizen: Part,
  restricted: Part,
): SignedEvent {
  const { suite, pins, keyring } = state;
  const built = buildEvent(
    suite,
    {
      type: facts.type,
      instance: pins.instance,
      subject: facts.subject,
      no: facts.head.no + 1,
      prev: facts.head.leaf,
      time: { at: facts.at as ReturnType<typeof keyring.now> },
    },
    citizen,
    restricted,
  );
  return {
    record: toBase64Url(signEvent(suite, built, keyring.secrets.sign)),
    citizenPart: toBase64Url(built.citizenPart),
    citizenSalt: toBase64Url(built.citizenSalt),
    restrictedPart: toBase64Url(built.restrictedPart),
    restrictedSalt: toBase64Url(built.restrictedSalt),
  };
}

/** Does it again once, from the beginning, when somebody else acted in between; the second refusal stands. */
export async function onceMore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'stale') throw error;
    return work();
  }
}
