import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundleLine } from '../../../src/audit/lines.ts';
import type { AuditReport } from '../../../src/audit/report.ts';
import { CHECK_NAMES, type CheckName } from '../../../src/audit/violation.ts';
import { type AuditWorld, audited, auditWorld } from '../../audit/world.ts';
import { HIDING } from './hiding.ts';
import { LIES, type Lie } from './lies.ts';

const ALL = [...LIES, ...HIDING];

let world: AuditWorld;
let honest: readonly BundleLine[];
let report: AuditReport;

beforeAll(async () => {
  world = await auditWorld();
  honest = world.lines.map((line) => JSON.parse(line) as BundleLine);
  report = await audited(world, world.lines);
});
afterAll(() => world.instance.close());

/** Names under which the verifier complains of a lie. */
async function caught(attack: Lie, checks: readonly CheckName[]): Promise<readonly CheckName[]> {
  const { lines, given = {} } = attack.tell(honest, world, report);
  const texts = lines.map((line) => JSON.stringify(line));
  const { violations } = await audited(world, texts, { given, checks });
  return [...new Set(violations.map(({ check }) => check))];
}

describe('a service that', () => {
  it('is honest is accused of nothing', () => {
    expect(report.violations).toEqual([]);
  });

  it.each(ALL)('$lie is caught by $check', async (attack) => {
    expect(await caught(attack, CHECK_NAMES)).toContain(attack.check);
  });
});

describe('without its own check', () => {
  it.each(ALL)('a service that $lie goes unseen, but for what it breaks besides', async (attack) => {
    const rest = CHECK_NAMES.filter((name) => name !== attack.check);
    expect(await caught(attack, rest)).toEqual(attack.also ?? []);
  });
});
