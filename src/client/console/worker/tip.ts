import { isUnitId, type TipId, type UnitId } from '../../../domain/ids.ts';
import type { TipContent } from '../../../domain/tip-content.ts';
import { fromBase64Url } from '../../../protocol/base64.ts';
import { parseCore } from '../../../protocol/core.ts';
import type { VerifiedMember } from '../../../protocol/membership.ts';
import { firstLine } from '../format.ts';
import type { TipDetail } from '../wire.ts';
import { type AuthorKey, authorsOf } from './authors.ts';
import type { Line, OpenedTip, Summary } from './calls.ts';
import { codeOf } from './code-of.ts';
import { pendingView } from './decisions.ts';
import { checkHistory, conversationOf, stageSince, unitsOf } from './history.ts';
import { lawWith } from './law.ts';
import { openedWithFormer, openTip } from './opening.ts';
import { procuraciesFor } from './procuracies.ts';
import type { ReadTip } from './reading.ts';
import type { WorkerState } from './state.ts';
import { actorFor, fetchTip } from './steps.ts';
import { attachedTo, openThread } from './thread.ts';

interface Opened {
  readonly content: TipContent | null;
  readonly code: string | null;
  readonly attachments: OpenedTip['attachments'];
  readonly extras: OpenedTip['extras'];
}

const closed = (code: string): Opened => ({
  content: null,
  code,
  attachments: [],
  extras: { taken: null, informant: null },
});

const opened = new WeakMap<ReadTip, Opened>();

/** Opens a tip once; what came of it is kept with the ciphertext. A missing key is tried again. */
async function contentOf(state: WorkerState, tip: TipId, read: ReadTip | null | undefined): Promise<Opened> {
  if (read === null || read === undefined) return closed('not_yours');
  const known = opened.get(read);
  if (known !== undefined) return known;
  try {
    const { content, extras, files } = await openTip(state, tip, read);
    const { taken, informant } = extras;
    const attachments = attachedTo(state, tip, 1, extras.attachments, files);
    const found = { content, code: null, attachments, extras: { taken, informant } };
    opened.set(read, found);
    return found;
  } catch (error) {
    const code = codeOf(error);
    if (!['no_key', 'key_broken', 'network'].includes(code)) opened.set(read, closed(code));
    return closed(code);
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

/** Longest text of a line of the register, in UTF-16 units. */
const SUMMARY = 300;

/** What a page of the register shows of envelopes: one signed read for those that were not read yet. */
export async function summariesOf(
  state: WorkerState,
  tips: readonly TipId[],
): Promise<Readonly<Record<string, Summary>>> {
  await state.reads.fetch(tips);
  const found: [string, Summary][] = [];
  for (const tip of tips) {
    const { content, code, extras } = await contentOf(state, tip, state.reads.get(tip));
    const text = content === null ? null : firstLine(content.what.replaceAll(/\s+/g, ' '), SUMMARY);
    const given = extras.informant;
    const informant =
      given === null
        ? null
        : { mode: given.mode, reason: given.reason, name: given.name, address: given.address };
    found.push([tip, { text, code, informant }]);
  }
  return Object.fromEntries(found);
}

/** Everything of one tip that this person may see, opened and checked. */
export async function openWhole(state: WorkerState, tip: TipId): Promise<OpenedTip> {
  const detail = await fetchTip(tip);
  const facts = conversationOf(detail.events);
  const reads = detail.access === 'holder' || detail.access === 'offered';
  if (reads) await fetchThread(state, detail, facts.seals.size);
  const read = state.reads.get(tip);
  const { content, code, attachments, extras } = await contentOf(state, tip, read);
  const members = await membersFor(state, detail);
  const authors = authorKeys(state, detail, read);
  const procuracies = await procuraciesFor(state, detail, content);
  const history = checkHistory(state, `tip:${tip}`, detail.events, members, authors);
  const thread = { facts, authors, history: history.steps };
  const messages = read === null || read === undefined ? [] : await openThread(state, detail, read, thread);
  return {
    detail,
    actor: actorFor(state, detail),
    law: lawWith(detail.holidays),
    content,
    code,
    brokenBy: brokenBy(read),
    attachments,
    extras,
    messages,
    thread: {
      muted: facts.muted,
      asked: facts.asked,
      consents: facts.consents,
      byOperator: facts.byOperator,
      noCode: facts.noCode,
      withdrew: facts.withdrew,
      arrived: detail.marks.arrived,
      missing: messages.filter((message) => message.code === 'message_missing').map(({ no }) => no),
    },
    history: history.steps,
    since: stageSince(detail.events, history.steps),
    chain: history.chain,
    pending: await pendingView(state, detail, members),
    procuracies,
    unitNames: await namesOf(state, detail, content, {
      history: history.steps,
      messages,
      consents: facts.consents,
      procuracies,
    }),
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

/** The citizen's keys; none when the first is unknown or a change of code does not hold: their steps then show as unproven. */
const authorKeys = (
  state: WorkerState,
  detail: TipDetail,
  read: ReadTip | null | undefined,
): readonly AuthorKey[] => {
  const first = read?.envelopes.find(({ no }) => no === 1);
  if (first === undefined) return [];
  try {
    return authorsOf(state, detail, parseCore(fromBase64Url(first.core)).author);
  } catch (error) {
    codeOf(error);
    return [];
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

async function namesOf(
  state: WorkerState,
  detail: TipDetail,
  content: TipContent | null,
  named: Pick<OpenedTip, 'history' | 'messages' | 'procuracies'> & Pick<OpenedTip['thread'], 'consents'>,
): Promise<OpenedTip['unitNames']> {
  const { transferTo } = detail.state;
  const wanted = [detail.unit, ...detail.custody.map((entry) => entry.unit), ...(content?.excluded ?? [])];
  const inHistory = named.history
    .flatMap(({ data }) => [data.toUnit, data.unit])
    .map(String)
    .filter(isUnitId);
  // A question for consent names its unit in the sealed words alone.
  const asked = named.messages.flatMap(({ ask }) => (ask?.kind === 'consent' ? [ask.unit] : []));
  const units = new Set([
    ...wanted,
    ...inHistory,
    ...asked,
    ...named.consents,
    ...named.procuracies,
    ...(detail.state.supervisor === null ? [] : [detail.state.supervisor]),
    ...(transferTo === null ? [] : [transferTo]),
  ]);
  const names: [string, { vi: string; en: string }][] = [];
  for (const unit of units) {
    const known = await state.directories.unit(unit as UnitId, state.keyring.now()).catch(() => null);
    if (known !== null) names.push([unit, { vi: known.nameVi, en: known.nameEn }]);
  }
  return Object.fromEntries(names);
}
