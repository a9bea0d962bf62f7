import type { TipId, UnitId } from '../../../domain/ids.ts';
import type { TipContent } from '../../../domain/tip-content.ts';
import { fromBase64Url } from '../../../protocol/base64.ts';
import { parseCore } from '../../../protocol/core.ts';
import { ProtocolError } from '../../../protocol/errors.ts';
import type { VerifiedMember } from '../../../protocol/membership.ts';
import { firstLine } from '../format.ts';
import { Problem } from '../http.ts';
import type { TipDetail, WireEnvelope } from '../wire.ts';
import type { Line, OpenedMessage, OpenedTip } from './calls.ts';
import { pendingView } from './decisions.ts';
import { checkHistory, threadOf, unitsOf } from './history.ts';
import { openedWithFormer, openMessage, openTip } from './opening.ts';
import type { ReadTip } from './reading.ts';
import type { WorkerState } from './state.ts';
import { actorFor, fetchTip } from './steps.ts';

const codeOf = (error: unknown): string => {
  if (error instanceof Problem || error instanceof ProtocolError) return error.code;
  throw error;
};

interface Opened {
  readonly content: TipContent | null;
  readonly code: string | null;
}

const opened = new WeakMap<ReadTip, Opened>();

/** Opens a tip once; what came of it is kept with the ciphertext. A missing key is tried again. */
async function contentOf(state: WorkerState, tip: TipId, read: ReadTip | null | undefined): Promise<Opened> {
  if (read === null || read === undefined) return { content: null, code: 'not_yours' };
  const known = opened.get(read);
  if (known !== undefined) return known;
  try {
    const found = { content: await openTip(state, tip, read), code: null };
    opened.set(read, found);
    return found;
  } catch (error) {
    const code = codeOf(error);
    if (!['no_key', 'key_broken', 'network'].includes(code)) opened.set(read, { content: null, code });
    return { content: null, code };
  }
}

/** First lines of tips for a list: one signed read for those that were not read yet. */
export async function linesOf(
  state: WorkerState,
  tips: readonly TipId[],
): Promise<Readonly<Record<string, Line>>> {
  await state.reads.fetch(tips);
  const lines: [string, Line][] = [];
  for (const tip of tips) {
    const { content, code } = await contentOf(state, tip, state.reads.get(tip));
    lines.push([tip, { text: content === null ? null : firstLine(content.what), code }]);
  }
  return Object.fromEntries(lines);
}

/** Everything of one tip that this person may see, opened and checked. */
export async function openWhole(state: WorkerState, tip: TipId): Promise<OpenedTip> {
  const detail = await fetchTip(tip);
  const thread = threadOf(detail.events);
  if (detail.access !== 'over') await fetchThread(state, detail, thread.length);
  const read = state.reads.get(tip);
  const { content, code } = await contentOf(state, tip, read);
  const members = await membersFor(state, detail);
  const history = checkHistory(state, `tip:${tip}`, detail.events, members, authorOf(read));
  const messages: OpenedMessage[] = [];
  for (const envelope of read?.envelopes ?? []) {
    if (envelope.kind === 'message') messages.push(await messageOf(state, tip, envelope, thread));
  }
  return {
    detail,
    actor: actorFor(state, detail),
    content,
    code,
    brokenBy: brokenBy(read),
    messages,
    history: history.steps,
    chain: history.chain,
    pending: await pendingView(state, detail, members),
    unitNames: await namesOf(state, detail, content),
  };
}

/** Reads the tip, and once more when the thread has grown since. */
async function fetchThread(state: WorkerState, { tip }: TipDetail, length: number): Promise<void> {
  const known = state.reads.get(tip);
  if (known === null || (known !== undefined && known.envelopes.length < length)) state.reads.drop(tip);
  await state.reads.fetch([tip]);
}

/** Events that replaced wraps which opened by others that do not, each once. */
const brokenBy = (read: ReadTip | null | undefined): readonly number[] => {
  const found = (read?.envelopes ?? []).map(openedWithFormer).filter((no) => no !== null);
  return [...new Set(found)].toSorted((a, b) => a - b);
};

const authorOf = (read: ReadTip | null | undefined): Uint8Array | null => {
  const first = read?.envelopes.find(({ no }) => no === 1);
  try {
    return first === undefined ? null : parseCore(fromBase64Url(first.core)).author;
  } catch {
    return null;
  }
};

/** A directory that cannot be verified proves nobody: the history then shows as unproven, and the content still opens. */
async function membersFor(state: WorkerState, detail: TipDetail): Promise<readonly VerifiedMember[]> {
  const proposer = detail.state.pending?.proposerUnit;
  const units = new Set([
    detail.unit,
    ...unitsOf(detail.events),
    ...(proposer === undefined ? [] : [proposer]),
  ]);
  const found: VerifiedMember[] = [];
  for (const unit of units) {
    try {
      found.push(...(await state.directories.members([unit], state.keyring.now())));
    } catch (error) {
      codeOf(error);
    }
  }
  return found;
}

async function messageOf(
  state: WorkerState,
  tip: TipId,
  envelope: WireEnvelope,
  thread: ReturnType<typeof threadOf>,
): Promise<OpenedMessage> {
  const base = { no: envelope.no, from: 'unit' as const };
  try {
    const named = thread.find(({ no }) => no === envelope.no);
    const content = await openMessage(state, tip, envelope, named);
    return { ...base, name: content.from.name, day: content.day, text: content.text, code: null };
  } catch (error) {
    return { ...base, name: '', day: '', text: null, code: codeOf(error) };
  }
}

async function namesOf(
  state: WorkerState,
  detail: TipDetail,
  content: TipContent | null,
): Promise<OpenedTip['unitNames']> {
  const { transferTo } = detail.state;
  const wanted = [detail.unit, ...detail.custody.map((entry) => entry.unit), ...(content?.excluded ?? [])];
  const units = new Set([...wanted, ...(transferTo === null ? [] : [transferTo])]);
  const names: [string, { vi: string; en: string }][] = [];
  for (const unit of units) {
    const known = await state.directories.unit(unit as UnitId, state.keyring.now()).catch(() => null);
    if (known !== null) names.push([unit, { vi: known.nameVi, en: known.nameEn }]);
  }
  return Object.fromEntries(names);
}
