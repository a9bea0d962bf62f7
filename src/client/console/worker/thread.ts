import type { AttachmentEntry } from '../../../domain/attachments.ts';
import type { TipId } from '../../../domain/ids.ts';
import type { ThreadFacts } from '../../../domain/thread.ts';
import type { ManifestEntry } from '../../../protocol/manifest.ts';
import type { TipDetail, WireEnvelope } from '../wire.ts';
import { type AuthorKey, authorAt } from './authors.ts';
import type { AttachmentView, HistoryStep, OpenedMessage } from './calls.ts';
import { codeOf } from './code-of.ts';
import { broughtBy } from './history.ts';
import { openMessage } from './opening.ts';
import type { ReadTip } from './reading.ts';
import type { WorkerState } from './state.ts';

/** Notes what was attached to an envelope, for opening later, and gives what the page may show of it: no key leaves the Worker. */
export function attachedTo(
  state: WorkerState,
  tip: TipId,
  no: number,
  entries: readonly AttachmentEntry[],
  files: readonly ManifestEntry[],
): readonly AttachmentView[] {
  return entries.flatMap((entry, at) => {
    const file = files[at];
    if (file === undefined) return [];
    state.attachments.note({ tip, no, entry, file });
    const { id, name, type, size, form } = entry;
    return [{ no, id, name, type, size, form }];
  });
}

/** What is known of a thread before its messages are opened. */
interface Thread {
  readonly facts: ThreadFacts;
  readonly authors: readonly AuthorKey[];
  readonly history: readonly HistoryStep[];
}

const NOTHING = {
  name: '',
  day: '',
  text: null,
  about: 'plain',
  ask: null,
  attachments: [],
  informant: null,
  byOperator: false,
} as const;

/**
 * Opens every message of a thread, oldest first. What an event names and nobody served stands in its place as `message_missing`; what was
 * served and no event names stands with its code, so that nothing is taken out or put in unseen.
 */
export async function openThread(
  state: WorkerState,
  detail: TipDetail,
  read: ReadTip,
  thread: Thread,
): Promise<readonly OpenedMessage[]> {
  const served = new Map(
    read.envelopes.filter(({ kind }) => kind === 'message').map((envelope) => [envelope.no, envelope]),
  );
  const named = [...thread.facts.seals.keys()].filter((no) => no > 1);
  const numbers = [...new Set([...named, ...served.keys()])].toSorted((a, b) => a - b);
  const messages: OpenedMessage[] = [];
  for (const no of numbers) messages.push(await messageAt(state, detail, thread, no, served.get(no)));
  return messages;
}

async function messageAt(
  state: WorkerState,
  detail: TipDetail,
  { facts, authors, history }: Thread,
  no: number,
  envelope: WireEnvelope | undefined,
): Promise<OpenedMessage> {
  const byCitizen = facts.citizen.has(no);
  const event = broughtBy(detail.events).get(no) ?? 0;
  const base = {
    ...NOTHING,
    no,
    from: byCitizen ? ('citizen' as const) : ('unit' as const),
    unseen: byCitizen && no > detail.marks.seen,
  };
  if (envelope === undefined) return { ...base, code: 'message_missing' };
  try {
    const author = byCitizen ? (authorAt(authors, event) ?? new Uint8Array(0)) : null;
    const letter = await openMessage(state, detail.tip, envelope, { no, seals: facts.seals, author });
    if (letter.from === 'unit') {
      const { from, day, text, about, ask } = letter.message;
      return { ...base, name: from.name, day, text, about, ask, code: null };
    }
    const { text, informant, byOperator } = letter.message;
    const time = history.find((step) => step.no === event)?.time;
    return {
      ...base,
      ...{ text, informant, byOperator, code: null },
      day: time !== undefined && 'day' in time ? time.day : '',
      attachments: attachedTo(state, detail.tip, no, letter.message.attachments, letter.files),
    };
  } catch (error) {
    return { ...base, code: codeOf(error) };
  }
}
