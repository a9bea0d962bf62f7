import { AppError } from '../../domain/errors.ts';
import { citizenPartOf, restrictedPartOf, type StepFacts } from '../../domain/event-parts.ts';
import type { UnitId } from '../../domain/ids.ts';
import { PLAIN_CASE } from '../../domain/law.ts';
import { decide } from '../../domain/life-cycle.ts';
import type { Act } from '../../domain/life-cycle-types.ts';
import { calendarAt } from '../../http/kit/calendar.ts';
import { isStale } from '../../http/kit/server-event.ts';
import { eventRow, requireParts, requireSigner } from '../../http/kit/signed-event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import type { CopyCommit, CopyRow } from '../../ports/store/copies-store.ts';
import type { TipDetail } from '../../ports/store/triage-store.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import { parseCore } from '../../protocol/core.ts';
import { EMPTY_MANIFEST } from '../../protocol/manifest.ts';
import { hashSeal } from '../../protocol/seal.ts';
import { type CopySeries, checkWorkingCopy } from '../../protocol/working-copy.ts';
import { seesNoContent, tipFor } from './access.ts';
import { beginStep } from './begin-step.ts';
import { kindIfKnown, kindOf } from './kind-of.ts';
import type { Law } from './law.ts';
import type { CopyRequest } from './schema.ts';
import { conversationOf, epochOf } from './thread.ts';

type CopyAct = Act & { readonly step: 'copy_made' };

/**
 * Takes a working copy: a note of the unit's own voice, sealed to the unit and to the one that it is for, with the step that records it. What it
 * says stays closed to the service. Errors: `tip_unknown`, `step_forbidden`, `consent_missing`, `unit_unknown`, `wrap_missing` (an epoch that
 * takes nothing new), `frame_malformed`, `seal_mismatch` (also for a manifest that the seal does not name), `attachment_missing` (a picture
 * that is not whole here, or another's), `event_invalid`, `event_signature`, `stale`.
 */
export async function takeCopy(
  deps: Deps,
  law: Law,
  staff: StaffRow,
  tip: string,
  { act, event, copy }: CopyRequest,
): Promise<{ readonly no: number }> {
  const { member, seen, sent, actor } = await beginStep(deps, staff, tip, { type: act.step, event });
  const { detail } = seen;
  const toUnitKind = await kindIfKnown(deps, act.toUnit);
  if (toUnitKind === null) throw new AppError('unit_unknown', { field: 'act.toUnit' });
  const unitKind = await kindOf(deps, detail.state.unit);
  const thread = conversationOf(detail.events);
  const change = decide(detail.state, actor, act, {
    ...law,
    ...PLAIN_CASE,
    calendar: await calendarAt(deps, sent.at),
    now: sent.at,
    unitKind,
    toUnitKind,
    thread,
  });
  const pictures = await checkSealed(deps, detail, staff.unit, act, copy, sent.at);
  const facts: StepFacts = { state: detail.state, act, change, actor: { staff: staff.id, unit: staff.unit } };
  requireParts(sent, citizenPartOf(facts), restrictedPartOf(facts));
  await requireSigner(deps, sent, member.signKey);
  const { manifest, ...sealed } = copy;
  const row = {
    ...{ tip: detail.tip, no: act.copy, unit: staff.unit, toUnit: act.toUnit, ...sealed },
    ...(manifest === undefined || pictures.length === 0 ? {} : { manifest }),
  };
  await commit(deps, { event: eventRow(deps, sent), change, copy: row, pictures });
  return { no: act.copy };
}

async function commit(deps: Deps, made: CopyCommit): Promise<void> {
  if (isStale(await deps.store.copies.make(made))) throw new AppError('stale');
  const { tip, unit, toUnit } = made.copy;
  for (const reader of new Set([unit, toUnit])) deps.live.publish(reader, { kind: 'changed', tip });
}

/**
 * The copy must be the next of its series, of the unit's voice, for exactly the units of the act, by live epochs, and the one that the act
 * names. Gives what it claims of uploads.
 */
async function checkSealed(
  deps: Deps,
  detail: TipDetail,
  unit: UnitId,
  act: CopyAct,
  copy: CopyRequest['copy'],
  now: Parameters<typeof epochOf>[3],
): Promise<CopyCommit['pictures']> {
  const series = seriesOf(deps, await deps.store.copies.ofTip(detail.tip));
  const { epoch: own } = parseCore(copy.core);
  const { voiceKey } = await epochOf(deps, unit, own, now);
  const found = checkWorkingCopy(
    deps.crypto,
    { ...copy, manifest: copy.manifest ?? EMPTY_MANIFEST },
    { instance: deps.instance.id, tip: detail.tip, series, unit, toUnit: act.toUnit, voiceKey },
  );
  for (const { unit: reader, epoch } of found.epochs) await epochOf(deps, reader, epoch, now);
  if (found.no !== act.copy) throw new AppError('event_invalid', { field: 'act.copy' });
  if (found.seal !== act.seal) throw new AppError('event_invalid', { field: 'act.seal' });
  return found.attachments.map(({ id, bytes, parts, root }) => ({ id, bytes, parts, root }));
}

/** Where the next copy of a tip joins. */
const seriesOf = (deps: Pick<Deps, 'crypto'>, rows: readonly CopyRow[]): CopySeries => {
  const last = rows.at(-1);
  return last === undefined ? { no: 0, seal: null } : { no: last.no, seal: hashSeal(deps.crypto, last.seal) };
};

const copyView = ({ tip, no, unit, toUnit, core, body, seal, wraps, manifest }: CopyRow) => ({
  ...{ tip, no, unit, toUnit },
  core: toBase64Url(core),
  body: toBase64Url(body),
  seal: toBase64Url(seal),
  wraps: toBase64Url(wraps),
  manifest: toBase64Url(manifest ?? EMPTY_MANIFEST),
});

/** Copies of a tip that this person's unit made or got, and where the next one joins. Errors: `tip_unknown`, `step_forbidden` for whoever is only called upon from above. */
export async function copiesOf(deps: Deps, staff: StaffRow, tip: string) {
  const { detail, access } = await tipFor(deps, staff, tip);
  if (seesNoContent(access)) throw new AppError('step_forbidden');
  const rows = await deps.store.copies.ofTip(detail.tip);
  const own = rows.filter(({ unit, toUnit }) => unit === staff.unit || toUnit === staff.unit);
  return { tips: [detail.tip], rows: own.map(copyView), series: seriesOf(deps, rows) };
}

/** Copies that other units made for this person's unit. The tips themselves stay closed to it. */
export async function copiesReceived(deps: Deps, staff: StaffRow) {
  const rows = await deps.store.copies.receivedBy(staff.unit);
  return { tips: rows.map(({ tip }) => tip), rows: rows.map(copyView) };
}
