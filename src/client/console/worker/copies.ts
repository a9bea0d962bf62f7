import { dayOf } from '../../../domain/calendar.ts';
import { citizenPartOf, restrictedPartOf } from '../../../domain/event-parts.ts';
import type { Hash, TipId, UnitId } from '../../../domain/ids.ts';
import { NO_LAW } from '../../../domain/law.ts';
import { decide } from '../../../domain/life-cycle.ts';
import { cleanText } from '../../../domain/tip-form.ts';
import { isCopyPicture, type WorkingCopy } from '../../../domain/working-copy.ts';
import { fromBase64Url, toBase64Url } from '../../../protocol/base64.ts';
import { checkEntries } from '../../../protocol/content.ts';
import { parseCore } from '../../../protocol/core.ts';
import { openEnvelope } from '../../../protocol/envelope.ts';
import { ensure } from '../../../protocol/errors.ts';
import { parsePart } from '../../../protocol/event.ts';
import { parseManifest } from '../../../protocol/manifest.ts';
import type { TipTarget } from '../../../protocol/prepare.ts';
import { hashSeal } from '../../../protocol/seal.ts';
import { type CopySeries, parseWorkingCopy, sealWorkingCopy } from '../../../protocol/working-copy.ts';
import { OutgoingFiles, type SealedFiles } from '../../worker/outgoing-files.ts';
import { getJson, Problem, sendJson } from '../http.ts';
import type { TipDetail } from '../wire.ts';
import type { HandlersOf, Report } from './calls.ts';
import { codeOf } from './code-of.ts';
import type { CopyCalls, OpenedCopy } from './copy-calls.ts';
import { conversationOf } from './history.ts';
import { readerFor } from './reader.ts';
import { epochNow } from './recipients.ts';
import { sendFiles } from './send-files.ts';
import { onceMore, signedEvent } from './signing.ts';
import type { WorkerState } from './state.ts';
import { actorFor, fetchTip, transferTarget } from './steps.ts';
import { attachedTo } from './thread.ts';

interface WireCopy {
  readonly tip: TipId;
  readonly no: number;
  readonly unit: UnitId;
  readonly toUnit: UnitId;
  readonly core: string;
  readonly body: string;
  readonly seal: string;
  readonly wraps: string;
  readonly manifest: string;
}

interface CopiesAnswer {
  readonly rows: readonly WireCopy[];
  readonly series: CopySeries;
}

type Wish = CopyCalls['makeCopy']['in'];

const copiesOf = (tip: TipId): Promise<CopiesAnswer> => getJson(`/api/staff/tips/${tip}/copies`);

async function targetOf(state: WorkerState, unit: UnitId): Promise<TipTarget> {
  const { epoch, directory } = await epochNow(state, unit);
  return { unit, epoch: epoch.n, publicKey: epoch.publicKey, directoryHash: directory.hash };
}

/** Seals and uploads the pictures first, so that a step that comes too late is tried again without them. */
async function makeWith(state: WorkerState, wish: Wish, report: Report): Promise<{ readonly no: number }> {
  const chosen = wish.pictures.map((picture) => ({ ...picture, form: 'redrawn' as const }));
  const fit = chosen.every(({ form, type, file }) => isCopyPicture({ form, type, size: file.size }));
  ensure(fit, 'content_malformed', 'attachments');
  const files = new OutgoingFiles(state.suite);
  try {
    await sendFiles(files, chosen, report);
    const sealed = files.sealed();
    return await onceMore(() => make(state, wish, sealed));
  } finally {
    files.forget();
  }
}

/** One try: seals for the series as it stands, decides and signs the step, sends both. */
async function make(
  state: WorkerState,
  wish: Wish,
  { entries, manifest }: SealedFiles,
): Promise<{ readonly no: number }> {
  const { me } = state.keyring;
  const detail = await fetchTip(wish.tip);
  const toUnit = wish.toUnit ?? me.unit;
  if (toUnit !== me.unit) {
    const { code } = await transferTarget(state, detail, toUnit);
    if (code !== null) throw new Problem(code as 'excluded_unit');
  }
  const { series } = await copiesOf(wish.tip);
  const unit = await targetOf(state, me.unit);
  const { keys } = await state.keyring.epoch(me.unit, unit.epoch);
  const copy: WorkingCopy = {
    v: 1,
    from: { unit: me.unit, name: me.unitName.vi },
    day: dayOf(state.keyring.now()),
    purpose: cleanText(wish.purpose),
    blocks: wish.blocks,
    attachments: entries,
  };
  const sealed = sealWorkingCopy(state.suite, {
    ...{ instance: state.pins.instance, tip: wish.tip, series, unit, copy },
    voice: keys.voice,
    to: toUnit === me.unit ? null : await targetOf(state, toUnit),
    manifest,
  });
  const act = { step: 'copy_made', copy: series.no + 1, seal: sealed.sealHash, toUnit } as const;
  const actor = actorFor(state, detail);
  const at = state.keyring.now();
  const change = decide(detail.state, actor, act, {
    ...{ ...NO_LAW, now: at, unitKind: me.unitKind },
    thread: conversationOf(detail.events),
  });
  const facts = { state: detail.state, act, change, actor: { staff: actor.staff, unit: actor.unit } };
  const head = { type: act.step, subject: `tip:${detail.tip}`, head: detail.head, at };
  return sendJson('POST', `/api/staff/tips/${detail.tip}/copies`, {
    act,
    event: signedEvent(state, head, citizenPartOf(facts), restrictedPartOf(facts)),
    copy: {
      core: toBase64Url(sealed.core),
      seal: toBase64Url(sealed.seal),
      wraps: toBase64Url(sealed.wraps),
      body: toBase64Url(sealed.body),
      ...(entries.length === 0 ? {} : { manifest: toBase64Url(manifest) }),
    },
  });
}

/** Seal that the tip's history names for a copy; null when no step does. */
function namedSeal(detail: TipDetail, no: number): Hash | null {
  for (const { type, restrictedPart } of detail.events) {
    if (type !== 'copy_made') continue;
    const act = parsePart(fromBase64Url(restrictedPart)).act as
      | { copy?: unknown; seal?: unknown }
      | undefined;
    if (act?.copy === no) return act.seal as Hash;
  }
  return null;
}

/**
 * Opens a copy: by the voice of the unit that made it, and where the tip's history can be seen (`detail`), the one that a step names. Throws
 * what stands against it, by code.
 */
async function open(state: WorkerState, row: WireCopy, detail: TipDetail | null) {
  const [seal, manifest] = [fromBase64Url(row.seal), fromBase64Url(row.manifest)];
  if (detail !== null)
    ensure(namedSeal(detail, row.no) === hashSeal(state.suite, seal), 'seal_mismatch', 'event');
  const parts = {
    ...{ core: fromBase64Url(row.core), wraps: fromBase64Url(row.wraps), body: fromBase64Url(row.body) },
    seal,
  };
  const core = parseCore(parts.core);
  ensure(core.unit === row.unit, 'core_mismatch', 'unit');
  const epoch = await state.directories.epoch(core.unit, core.epoch, state.keyring.now());
  const opened = openEnvelope(state.suite, parts, await readerFor(state, parts.wraps), {
    instance: state.pins.instance,
    ...{ tip: row.tip, kind: 'note', no: row.no, author: epoch.voiceKey, seal, manifest },
  });
  const copy = parseWorkingCopy(opened.content);
  const files = parseManifest(manifest);
  checkEntries(copy.attachments, files);
  return { copy, files };
}

async function shown(state: WorkerState, row: WireCopy, detail: TipDetail | null): Promise<OpenedCopy> {
  const { tip, no, unit, toUnit } = row;
  const unitNames: Record<string, { vi: string; en: string }> = {};
  for (const code of new Set([unit, toUnit])) {
    const known = await state.directories.unit(code, state.keyring.now()).catch(() => null);
    if (known !== null) unitNames[code] = { vi: known.nameVi, en: known.nameEn };
  }
  const base = { tip, no, unit, toUnit, unitNames };
  try {
    const { copy, files } = await open(state, row, detail);
    const { day, purpose, blocks, attachments } = copy;
    const pictures = attachedTo(state, tip, no, attachments, files);
    return { ...base, day, purpose, blocks, pictures, code: null };
  } catch (error) {
    return { ...base, day: '', purpose: '', blocks: [], pictures: [], code: codeOf(error) };
  }
}

async function all(
  state: WorkerState,
  rows: readonly WireCopy[],
  detail: TipDetail | null,
): Promise<readonly OpenedCopy[]> {
  const out: OpenedCopy[] = [];
  for (const row of rows) out.push(await shown(state, row, detail));
  return out;
}

/** What the Worker does about working copies. Throws Problem, ProtocolError, AppError. */
export const copyHandlers: HandlersOf<CopyCalls> = {
  makeCopy: (state, wish, report) => makeWith(state, wish, report),
  copies: async (state, { tip }) => all(state, (await copiesOf(tip)).rows, await fetchTip(tip)),
  receivedCopies: async (state) =>
    all(state, (await getJson<Pick<CopiesAnswer, 'rows'>>('/api/staff/copies')).rows, null),
};
