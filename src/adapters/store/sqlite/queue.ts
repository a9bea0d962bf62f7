import type { Hour, StaffId, TipId, UnitId } from '../../../domain/ids.ts';
import type {
  Assurance,
  ConductGroup,
  IntakeChannel,
  LegalKind,
  Outcome,
  Overlay,
  Priority,
  Stage,
} from '../../../domain/terms.ts';
import { DUE_SOON, type QueueQuery, type QueueRow } from '../../../ports/store/triage-store.ts';
import { NO_DUE } from './change.ts';
import { fromHex, toHex, toHexOrNull } from './codec.ts';
import { registerNumberSql } from './register.ts';

/** A tip's row as the console's lists select it. */
export interface TipRow {
  readonly seq: number;
  readonly id: Uint8Array;
  readonly unit: UnitId;
  readonly t0: Hour;
  readonly channel: IntakeChannel;
  readonly assurance: Assurance;
  readonly urgent: number;
  readonly conduct_group: ConductGroup;
  readonly stage: Stage;
  readonly overlay: Overlay;
  readonly priority: Priority;
  readonly legal_kind: LegalKind | null;
  readonly conduct: string | null;
  readonly outcome: Outcome | null;
  readonly assignee: Uint8Array | null;
  readonly transfer_to: UnitId | null;
  readonly due: number;
  readonly register_number: string | null;
}

export const TIP_COLUMNS = `t.seq, t.id, t.unit, t.t0, t.channel, t.assurance, t.urgent, t.conduct_group, t.stage, t.overlay, t.priority,
  t.legal_kind, t.conduct, t.outcome, t.assignee, t.transfer_to, t.due, ${registerNumberSql('t.seq', 't.unit')} AS register_number`;

export interface BuiltQuery {
  readonly sql: string;
  readonly values: Record<string, string | number | Uint8Array>;
  /** Which column of a row is its sort key. */
  readonly order: 'due' | 't0';
}

interface Scope {
  readonly order: 'due' | 't0';
  /** Conditions besides the unit, each written as in the definition of the partial index that serves it. */
  readonly where: readonly string[];
  readonly unitColumn?: 'transfer_to';
}

const SCOPES: Record<QueueQuery['filter']['scope'], Scope> = {
  open: { order: 'due', where: ['t.open = 1'] },
  new: { order: 'due', where: ['t.open = 1', `t.stage = 'submitted'`] },
  due_soon: { order: 'due', where: ['t.open = 1', 't.due >= @now', 't.due < @soon'] },
  overdue: { order: 'due', where: ['t.open = 1', 't.due < @now'] },
  incoming_transfer: { order: 'due', where: ['t.transfer_to IS NOT NULL'], unitColumn: 'transfer_to' },
  pending_decision: { order: 'due', where: ['t.pending = 1'] },
  closed: { order: 't0', where: ['t.open = 0'] },
  all: { order: 't0', where: [] },
};

/**
 * One page of a queue as one index range: the scope's partial index gives unit and order, filters on stage, priority or assignee take
 * the open list's index that begins with them. Lists by due time go up from the most urgent, lists by receipt down from the newest.
 */
export function buildQueueQuery(query: QueueQuery): BuiltQuery {
  const scope = SCOPES[query.filter.scope];
  const { order } = scope;
  const where = [`t.${scope.unitColumn ?? 'unit'} = @unit`, ...scope.where];
  const values: BuiltQuery['values'] = { unit: query.unit, limit: query.limit + 1 };
  if (query.filter.scope === 'due_soon') values.soon = query.now + DUE_SOON;
  if (query.filter.scope === 'due_soon' || query.filter.scope === 'overdue') values.now = query.now;
  const { stage, priority, assignee } = query.filter;
  if (stage !== undefined) {
    where.push('t.stage = @stage');
    values.stage = stage;
  }
  if (priority !== undefined) {
    where.push('t.priority = @priority');
    values.priority = priority;
  }
  if (assignee !== undefined) {
    where.push('t.assignee = @assignee');
    values.assignee = fromHex(assignee);
  }
  if (query.after !== undefined) {
    where.push(`(t.${order}, t.seq) ${order === 'due' ? '>' : '<'} (@afterKey, @afterSeq)`);
    values.afterKey = query.after.key;
    values.afterSeq = query.after.seq;
  }
  const direction = order === 'due' ? 'ASC' : 'DESC';
  const sql = `SELECT ${TIP_COLUMNS} FROM tip t WHERE ${where.join(' AND ')}
    ORDER BY t.${order} ${direction}, t.seq ${direction} LIMIT @limit`;
  return { sql, values, order };
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
  };
}
