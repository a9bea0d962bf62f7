import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { AuditedRates } from '../../src/audit/report.ts';
import type { UnitId } from '../../src/domain/ids.ts';
import { type Plan, parsePlans } from '../../src/domain/plans.ts';
import { figures } from '../../src/features/oversight/figures.ts';
import type { Instance } from '../fixtures/instance.ts';
import { UNITS } from './cast.ts';
import { plusDays } from './dates.ts';
import type { Paper } from './paper.ts';
import { balance, rate, VERBS } from './recount.ts';

type Store = Pick<Instance['store'], 'oversight' | 'directory'>;

const plans: readonly Plan[] = parsePlans(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../db/data/plans.json'), 'utf8')),
);
/** Without a plan, and by those that choose by kind and by conduct. */
const QUESTIONS: readonly (Plan | null)[] = [
  null,
  ...plans.filter(({ countedConduct }, i) => i === 0 || countedConduct !== null).slice(0, 2),
];

/** Rates of each unit and of all, under plans and without, and the balance, as the service shows them and as the papers have them. */
export async function checkFigures(
  { oversight, directory }: Store,
  papers: readonly Paper[],
  today: string,
): Promise<void> {
  const units = await directory.units(null);
  const codes = units.map((unit) => unit.code as string);
  const span = { from: plusDays(today, -40), to: plusDays(today, 20), today };
  for (const plan of QUESTIONS) {
    const found = await figures({ oversight, units, plan, period: span as never });
    const mine = (list: readonly string[], once: boolean) =>
      Object.fromEntries(VERBS.map((verb) => [verb, rate(papers, verb, list, span, plan, once)]));
    expect([plan?.id, found.total]).toEqual([plan?.id, mine(codes, true)]);
    for (const one of found.units)
      expect([plan?.id, one.code, one.rates]).toEqual([plan?.id, one.code, mine([one.code], false)]);
  }
  for (const list of [codes, ...codes.map((one) => [one])]) {
    const now = { from: span.from, to: today, today };
    const found = await oversight.balance(
      list as UnitId[],
      now.from as never,
      today as never,
      today as never,
    );
    expect([list, found]).toEqual([list, balance(papers, list, now)]);
    const { carriedOver, received, settled, transferred, merged, open, suspended } = found;
    expect(carriedOver + received).toBe(settled + transferred + merged + open + suspended);
  }
}

/** Rates as the auditor's verifier counts them from the log alone. */
export function checkAudited(rates: readonly AuditedRates[], papers: readonly Paper[], today: string): void {
  const units = UNITS.map((one) => one.code);
  for (const one of rates) {
    const plan = plans.find(({ id }) => id === one.plan) ?? null;
    const span =
      plan === null
        ? { from: `${today.slice(0, 4)}-01-01`, to: plusDays(today, 31), today }
        : { from: plan.from, to: plan.to, today };
    const list = one.unit === null ? units : [one.unit as string];
    const mine = Object.fromEntries(
      VERBS.map((verb) => [verb, rate(papers, verb, list, span, plan, one.unit === null)]),
    );
    expect([one.plan, one.unit, one.rates]).toEqual([one.plan, one.unit, mine]);
  }
}
