import { citizenPartOf, restrictedPartOf } from '../../../domain/event-parts.ts';
import type { TipId } from '../../../domain/ids.ts';
import { NO_LAW } from '../../../domain/law.ts';
import { decide } from '../../../domain/life-cycle.ts';
import { fromBase64Url, toBase64Url } from '../../../protocol/base64.ts';
import { toHex } from '../../../protocol/bytes.ts';
import { parseCore } from '../../../protocol/core.ts';
import { rewrapDataKey } from '../../../protocol/envelope.ts';
import { epochRecipient, hashWraps, parseWraps, type Recipient } from '../../../protocol/wraps.ts';
import { getJson, sendJson } from '../http.ts';
import type { SignedEvent } from '../wire.ts';
import type { Calls, Report } from './calls.ts';
import { openerFor } from './former.ts';
import { mailboxFor } from './mailbox.ts';
import { bytesOf, firstOf, openedWithFormer } from './opening.ts';
import { epochNow, offeredTo } from './recipients.ts';
import { onceMore, signedEvent } from './signing.ts';
import type { WorkerState } from './state.ts';
import { actorFor, fetchTip } from './steps.ts';

interface OpenWraps {
  readonly rows: readonly {
    readonly seq: number;
    readonly tip: TipId;
    readonly no: number;
    readonly core: string;
    readonly wraps: string;
  }[];
  readonly next: number | null;
}

type Row = OpenWraps['rows'][number];

/**
 * Locks the unit's open tips again: every envelope that the present epoch does not open gets wraps that it does, and loses the old ones.
 * Content and seals stay; each tip gets its own signed event. Nothing is read: wraps alone travel.
 */
export async function rewrapOpen(
  state: WorkerState,
  _input: unknown,
  report: Report,
): Promise<{ readonly count: number }> {
  const { unit } = state.keyring.me;
  const { epoch } = await epochNow(state, unit);
  const present = { id: epochRecipient(unit, epoch.n), publicKey: epoch.publicKey };
  const work = await staleThreads(present.id);
  let done = 0;
  report(done, work.length);
  for (const thread of work) {
    await onceMore(async () => {
      const step = await rewrapStep(state, thread, present);
      await sendJson('POST', '/api/staff/rewrap', { steps: [step] });
    });
    state.reads.drop(thread.tip);
    done += 1;
    report(done, work.length);
  }
  return { count: done };
}

/**
 * Puts back what opens a tip whose present wraps do not: every such envelope gets fresh wraps of the key that a former block held. The step
 * is an event like any other re-wrap. Throws as `openerFor`.
 */
export async function putBack(state: WorkerState, { tip }: Calls['putBack']['in']): Promise<null> {
  const { unit } = state.keyring.me;
  const { epoch } = await epochNow(state, unit);
  const present = { id: epochRecipient(unit, epoch.n), publicKey: epoch.publicKey };
  const read = await state.reads.one(tip);
  const broken = read.envelopes.filter((envelope) => openedWithFormer(envelope) !== null);
  if (broken.length === 0) return null;
  const core = bytesOf(firstOf(read)).core;
  await onceMore(async () => {
    const step = await rewrapStep(
      state,
      { tip, core, stale: broken.toSorted((a, b) => a.no - b.no) },
      present,
    );
    await sendJson('POST', '/api/staff/rewrap', { steps: [step] });
  });
  state.reads.drop(tip);
  return null;
}

/** A tip of which some envelopes are to be locked again. */
interface Thread {
  readonly tip: TipId;
  /** Core of the tip itself. */
  readonly core: Uint8Array;
  readonly stale: readonly Pick<Row, 'no' | 'core' | 'wraps'>[];
}

async function staleThreads(presentId: string): Promise<readonly Thread[]> {
  const rows: Row[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const page: OpenWraps = await getJson<OpenWraps>(`/api/staff/open-wraps?after=${after}&limit=50`);
    rows.push(...page.rows);
    after = page.next;
  }
  const isStale = ({ wraps }: Row): boolean =>
    !parseWraps(fromBase64Url(wraps)).some(({ id }) => id === presentId);
  return rows
    .filter((row) => row.no === 1)
    .map(({ tip, core }) => ({
      tip,
      core: fromBase64Url(core),
      stale: rows.filter((row) => row.tip === tip && isStale(row)).toSorted((a, b) => a.no - b.no),
    }))
    .filter(({ stale }) => stale.length > 0);
}

async function rewrapStep(
  state: WorkerState,
  { tip, core, stale }: Thread,
  present: Recipient,
): Promise<{
  readonly tip: TipId;
  readonly event: SignedEvent;
  readonly wraps: readonly { no: number; wraps: string }[];
}> {
  const detail = await fetchTip(tip);
  const others = await offeredTo(state, detail);
  const fresh: { no: number; wraps: string; hash: string }[] = [];
  for (const row of stale) {
    const rowCore = fromBase64Url(row.core);
    const place = { tip, no: row.no, core: rowCore, wraps: fromBase64Url(row.wraps) };
    const { wraps: block, reader } = await openerFor(state, place);
    const letter = { no: row.no, core: rowCore };
    const recipients = [present, ...others, ...mailboxFor(state, detail, parseCore(core), letter)];
    const wraps = rewrapDataKey(state.suite, { core: rowCore, wraps: block }, reader, recipients);
    fresh.push({ no: row.no, wraps: toBase64Url(wraps), hash: toHex(hashWraps(state.suite, wraps)) });
  }
  const actor = actorFor(state, detail);
  const act = { step: 'rewrapped' as const };
  const at = state.keyring.now();
  const change = decide(detail.state, actor, act, {
    ...NO_LAW,
    now: at,
    unitKind: state.keyring.me.unitKind,
  });
  const facts = {
    state: detail.state,
    act,
    change,
    actor: { staff: actor.staff, unit: actor.unit },
    wraps: fresh.map(({ no, hash }) => ({ no, hash })),
  };
  const head = { type: act.step, subject: `tip:${tip}`, head: detail.head, at };
  return {
    tip,
    event: signedEvent(state, head, citizenPartOf(facts), restrictedPartOf(facts)),
    wraps: fresh.map(({ no, wraps }) => ({ no, wraps })),
  };
}
