import { addDays, addMonths, dayOf } from '../../src/domain/calendar.ts';
import type { Day } from '../../src/domain/ids.ts';
import type { BenchInstance } from './bench-instance.ts';
import { quantile, timed } from './table.ts';

const TIMES = 40;
export const DASHBOARD_TARGET_MS = 50;

/** Median and 99th percentile of one question to the auditor's page. */
export interface DashboardFigure {
  readonly name: string;
  readonly p50: number;
  readonly p99: number;
}

/** What auditors ask, through the whole service (session, scope, roll-ups, JSON): a province by month and year, everything at once. */
export async function measureDashboard({
  app,
  signIn,
  deps,
}: Pick<BenchInstance, 'app' | 'signIn' | 'deps'>): Promise<DashboardFigure[]> {
  const province = await signIn('sonla.ubnd');
  const everywhere = await signIn('kiem-toan-doc-lap');
  const today = dayOf(deps.clock.now());
  const monthStart = `${today.slice(0, 7)}-01` as Day;
  const yearStart = `${today.slice(0, 4)}-01-01` as Day;
  const yearEnd = `${today.slice(0, 4)}-12-31` as Day;
  const questions: readonly (readonly [string, string, Day, Day, string])[] = [
    ['a province, this month so far', province, monthStart, today, ''],
    ['a province, last month', province, addMonths(monthStart, -1), addDays(monthStart, -1), ''],
    ['a province, this year so far', province, yearStart, today, ''],
    ['a province, its plan of the year', province, yearStart, yearEnd, '&plan=son-la-2026'],
    ['both provinces, 12 months', everywhere, addDays(addMonths(today, -12), 1), today, ''],
    ['both provinces, two years', everywhere, addDays(addMonths(today, -24), 1), today, ''],
    [
      'both provinces, two years, a plan',
      everywhere,
      addDays(addMonths(today, -24), 1),
      today,
      '&plan=ninh-binh-2026',
    ],
  ];
  const figures: DashboardFigure[] = [];
  for (const [name, cookie, from, to, more] of questions) {
    const path = `/api/staff/oversight/rates?from=${from}&to=${to}${more}`;
    const samples = await timed(TIMES, async () => {
      const response = await app.request(path, { headers: { cookie } });
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      await response.text();
    });
    figures.push({ name, p50: quantile(samples, 0.5), p99: quantile(samples, 0.99) });
  }
  return figures;
}
