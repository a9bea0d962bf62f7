import type { BenchInstance } from './bench-instance.ts';
import { atMost, type BenchRow, plainRow, quantile, timed } from './table.ts';

const TIMES = 300;
const TARGET_MS = 20;
const TARGET_BYTES = 50_000;
/** Pages turned to reach a deep place. */
const DEEP = 400;
/** An officer of the unit to which most tips come. */
const ACCOUNT = 'sonla.canbo';

interface Page {
  readonly rows: readonly { readonly tip: string }[];
  readonly next: string | null;
}

/**
 * Pages of the busiest unit's queue through the whole service (session, query, JSON): first pages, filters, and places far down that
 * are reached by turning pages.
 */
export async function benchQueue({
  app,
  signIn,
}: Pick<BenchInstance, 'app' | 'signIn'>): Promise<BenchRow[]> {
  const cookie = await signIn(ACCOUNT);
  const get = async (path: string): Promise<string> => {
    const response = await app.request(`/api/staff/${path}`, { headers: { cookie } });
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.text();
  };
  const turn = async (query: string, pages: number): Promise<string> => {
    let after = '';
    for (let page = 0; page < pages; page++) {
      const { next } = JSON.parse(await get(`queue?${query}${after}`)) as Page;
      if (next === null) break;
      after = `&after=${next}`;
    }
    return `queue?${query}${after}`;
  };
  const paths: readonly (readonly [string, string])[] = [
    ['open, first page', 'queue?scope=open&limit=50'],
    ['open, deep', await turn('scope=open&limit=50', DEEP)],
    ['overdue', 'queue?scope=overdue&limit=50'],
    ['stage verifying', 'queue?scope=open&stage=verifying&limit=50'],
    ['priority P1', 'queue?scope=open&priority=P1&limit=50'],
    ['all, first page', 'queue?scope=all&limit=50'],
    ['all, deep', await turn('scope=all&limit=50', DEEP)],
    ['closed, deep', await turn('scope=closed&limit=50', DEEP)],
    ['all, filtered by stage and priority', 'queue?scope=all&stage=archived&priority=P3&limit=50'],
    ['counts', 'counts'],
  ];
  const rows: BenchRow[] = [];
  let largest = 0;
  for (const [name, path] of paths) {
    const body = await get(path);
    largest = Math.max(largest, Buffer.byteLength(body));
    const samples = await timed(TIMES, () => get(path));
    rows.push(plainRow(`queue, ${name}, p50`, quantile(samples, 0.5), 'ms'));
    rows.push(atMost(`queue, ${name}, p99`, quantile(samples, 0.99), 'ms', TARGET_MS));
  }
  rows.push(atMost('queue, largest page of 50 rows', largest, 'B', TARGET_BYTES));
  return rows;
}

/** Leader of the province in which most tips are. */
const LEADER = 'sonla.truong';
const BOARD_TARGET_MS = 50;

/** The board of what is overdue in the units below, through the whole service. */
export async function benchBoard({
  app,
  signIn,
}: Pick<BenchInstance, 'app' | 'signIn'>): Promise<BenchRow[]> {
  const cookie = await signIn(LEADER);
  const get = async (path: string): Promise<string> => {
    const response = await app.request(`/api/staff/${path}`, { headers: { cookie } });
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.text();
  };
  const body = await get('board/below');
  const { units, rows, next } = JSON.parse(body) as {
    readonly units: readonly { readonly overdue: number }[];
    readonly rows: readonly unknown[];
    readonly next: string | null;
  };
  if (rows.length === 0 || next === null) throw new Error('nothing is overdue: there is nothing to measure');
  const first = await timed(TIMES, () => get('board/below'));
  const second = await timed(TIMES, () => get(`board/below?after=${next}`));
  return [
    plainRow('board of the units below: units with something overdue', units.length, 'units'),
    plainRow('board of the units below, p50', quantile(first, 0.5), 'ms'),
    atMost('board of the units below, p99', quantile(first, 0.99), 'ms', BOARD_TARGET_MS),
    atMost('board of the units below, second page, p99', quantile(second, 0.99), 'ms', BOARD_TARGET_MS),
    atMost('board of the units below, bytes', Buffer.byteLength(body), 'B', TARGET_BYTES),
  ];
}
