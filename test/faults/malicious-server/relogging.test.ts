import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHECK_NAMES, type CheckName } from '../../../src/audit/violation.ts';
import { type AuditWorld, audited, auditWorld } from '../../audit/world.ts';
import { ATTACKS, type Handed } from './attacks.ts';
import { apart, relogged, together } from './forging.ts';

let world: AuditWorld;
beforeAll(async () => {
  world = await auditWorld();
});
afterAll(() => world.instance.close());

const verify = ({ lines, given, pins }: Handed, checks: readonly CheckName[] = CHECK_NAMES) => {
  const { instance } = world;
  const trusting = pins === undefined ? instance : { ...instance, pins: { ...instance.pins, ...pins } };
  return audited({ instance: trusting }, lines, { ...(given === undefined ? {} : { given }), checks });
};

const without = (name: CheckName): readonly CheckName[] => CHECK_NAMES.filter((check) => check !== name);

describe('without an attack', () => {
  test('the auditor finds nothing, in the bundle as it was handed out', async () => {
    expect((await verify({ lines: world.lines })).violations).toEqual([]);
  });

  test('the auditor finds nothing in a log that was made anew with nothing changed', async () => {
    const again = together(relogged(world.instance, apart(world.lines)));
    expect((await verify({ lines: again })).violations).toEqual([]);
  });
});

describe('a service that', () => {
  test.each(ATTACKS)('$name is caught by the auditor: $caughtBy', async ({ caughtBy, also = [], make }) => {
    const { ok, violations } = await verify(make(world));
    expect(ok).toBe(false);
    expect([...new Set(violations.map(({ check }) => check))]).toEqual(expect.arrayContaining([caughtBy]));
    expect(violations.filter(({ check }) => check !== caughtBy && !also.includes(check))).toEqual([]);
  });

  test.each(ATTACKS)(
    '$name goes unnoticed where $caughtBy is taken out',
    async ({ caughtBy, also = [], make }) => {
      const { violations } = await verify(make(world), without(caughtBy));
      expect([...new Set(violations.map(({ check }) => check))]).toEqual(also);
    },
  );
});
