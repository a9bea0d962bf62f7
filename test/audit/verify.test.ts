import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AuditWorld, audited, auditWorld } from './world.ts';

let world: AuditWorld;
beforeAll(async () => {
  world = await auditWorld();
});
afterAll(() => world.instance.close());

test('a bundle of a real log has nothing to complain of', async () => {
  const report = await audited(world, world.lines);
  expect(report.violations).toEqual([]);
  expect(report.ok).toBe(true);
  expect(report.leaves.opened + report.leaves.dummies + report.leaves.shredded).toBe(report.size);
  expect(report.signatures).toBeGreaterThan(50);
  expect(report.tips).toBeGreaterThan(5);
});
