import { type CompiledQuery, type InferResult, sql } from 'kysely';
import type { StaffId, TipId } from '../../../domain/ids.ts';
import type { QueueRow } from '../../../domain/tip-row.ts';
import { DUE_SOON, type QueueQuery } from '../../../ports/store/triage-store.ts';
import { lit, query } from '../sql/builder.ts';
import { NO_DUE } from './change.ts';
import { fromHex, toHex, toHexOrNull } from './codec.ts';
import { registerNumber } from './register.ts';

/** Rows of the console's lists. */
export const listedTips = query
  .selectFrom('tip as t')
  .select([
    't.seq',
    't.id',
    't.unit',
    't.t0',
    't.channel',
    't.assurance',
    't.urgent',
    't.conduct_group',
    't.stage',
    't.overlay',
    't.priority',
    't.legal_kind',
    't.conduct',
    't.outcome',
    't.pending',
    't.assignee',
    't.transfer_to',
    't.extension',
    't.supervisor',
    't.circumstances',
    't.due',
    registerNumber('t.seq', 't.unit').as('register_number'),
  ]);

/** A tip's row as the console's lists select it. */
export type TipRow = InferResult<typeof listedTips>[number];

export interface BuiltQuery {
  readonly compiled: CompiledQuery<TipRow>;
  /** Which column of a row is its sort key. */
  readonly order: 'due' | 't0';
}

type Scope = QueueQuery['filter']['scope'];

/** The tips of a scope. Its conditions are written as in the definition of the partial index that serves it. */
function scoped({ unit, filter, now }: QueueQuery) {
  const ofUnit = listedTips.where('t.unit', '=', unit);
  const open = ofUnit.where('t.open', '=', lit(1));
  switch (filter.scope) {
    case 'open':
      return open;
    case 'new':
      return open.where('t.stage', '=', lit('submitted'));
    case 'due_soon':
      return open.where('t.due', '>=', now).where('t.due', '<', now + DUE_SOON);
    case 'overdue':
      return open.where('t.due', '<', now);
    case 'incoming_transfer':
      return listedTips.where('t.transfer_to', '=', unit).where('t.transfer_to', 'is not', null);
    case 'pending_decision':
      return ofUnit.where('t.pending', '=', lit(1));
    case 'closed':
      return ofUnit.where('t.open', '=', lit(0));
    case 'all':
      return ofUnit;
  }
}

const BY_RECEIPT: readonly Scope[] = ['closed', 'all'];

/**
 * One page of a queue as one index range: the scope's partial index gives unit and order, filters on stage, priority or assignee take
 * the open list's index that begins with them. Lists by due time go up from the most urgent, lists by receipt down from the newest.
 */
export function buildQueueQuery(asked: QueueQuery): BuiltQuery {
  const { stage, priority, assignee, scope } = asked.filter;
  const order = BY_RECEIPT.includes(scope) ? 't0' : 'due';
  const [direction, beyond] = order === 'due' ? (['asc', '>'] as const) : (['desc', '<'] as const);
  let tips = scoped(asked);
  if (stage !== undefined) tips = tips.where('t.stage', '=', stage);
  if (priority !== undefined) tips = tips.where('t.priority', '=', priority);
  if (assignee !== undefined) tips = tips.where('t.assignee', '=', fromHex(assignee));
  if (asked.after !== undefined) {
    const { key, seq } = asked.after;
    tips = tips.where(sql<boolean>`(${sql.ref(`t.${order}`)}, t.seq) ${sql.raw(beyond)} (${key}, ${seq})`);
  }
  const compiled = tips
    .orderBy(`t.${order}`, direction)
    .orderBy('t.seq', direction)
    .limit(asked.limit + 1)
    .compile();
  return { compiled, order };
}

export function toQueueRow(row: TipRow): QueueRow {
  return {
    tip: toHex<TipId>(row.id),
    unit: row.unit,
    t0: row.t0,
    registerNumber: row.register_number,
    stage: row.stage,
    overlay: row.overlay,
    priority: row.priority,
    urgent: row.urgent === 1,
    conductGroup: row.conduct_group,
    conduct: row.conduct,
    legalKind: row.legal_kind,
    channel: row.channel,
    assurance: row.assurance,
    assignee: toHexOrNull<StaffId>(row.assignee),
    due: row.due === NO_DUE ? null : (row.due as QueueRow['due']),
    outcome: row.outcome,
    pending: row.pending === 1,
  };
}
