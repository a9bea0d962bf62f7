import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHECK_NAMES, type CheckName } from '../../../src/audit/violation.ts';
import type { Seconds } from '../../../src/domain/ids.ts';
import { type Publishing, publishDirectory } from '../../../src/instance/publish.ts';
import { formatVkey } from '../../../src/ledger/note.ts';
import { type AuditWorld, audited, auditWorld, bundleOf } from '../../audit/world.ts';
import { type Instance, openInstance } from '../../fixtures/instance.ts';
import { testWitness, withLog } from '../../fixtures/ledger.ts';
import { ATTACKS, type Handed } from './attacks.ts';
import { COLLUDING } from './colluding.ts';
import { apart, relogged, together, withChain } from './forging.ts';
import { HIDING } from './hiding.ts';
import { LIES } from './lies.ts';
import { ROLL_BACKS } from './roll-backs.ts';

const ALL = [...ATTACKS, ...COLLUDING, ...ROLL_BACKS];

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
  test.each(ALL)('$name is caught by the auditor: $caughtBy', async ({ caughtBy, also = [], make }) => {
    const { ok, violations } = await verify(make(world));
    expect(ok).toBe(false);
    expect([...new Set(violations.map(({ check }) => check))]).toEqual(expect.arrayContaining([caughtBy]));
    expect(violations.filter(({ check }) => check !== caughtBy && !also.includes(check))).toEqual([]);
  });

  test.each(ALL)(
    '$name goes unnoticed where $caughtBy is taken out',
    async ({ caughtBy, also = [], make }) => {
      const { violations } = await verify(make(world), without(caughtBy));
      expect([...new Set(violations.map(({ check }) => check))]).toEqual(also);
    },
  );
});

describe('a service whose officers look into nothing', () => {
  const unread = () => {
    const forged = apart(world.lines);
    const readers = forged.chains.map(({ subject }) => subject).filter((name) => name.startsWith('reader:'));
    return together(
      relogged(
        world.instance,
        readers.reduce((less, reader) => withChain(less, reader, () => []), forged),
      ),
    );
  };

  test('is worth a look by readBeforeOpen, and is no breach', async () => {
    const { ok, warnings } = await verify({ lines: unread() });
    expect([ok, [...new Set(warnings.map(({ check }) => check))]]).toEqual([true, ['readBeforeOpen']]);
  });

  test('goes unnoticed where readBeforeOpen is taken out', async () => {
    expect((await verify({ lines: unread() }, without('readBeforeOpen'))).warnings).toEqual([]);
  });
});

describe('a service whose clock runs ahead of its witness’s', () => {
  const seen = async (ahead: number, checks: readonly CheckName[] = CHECK_NAMES) => {
    const instance = await openInstance();
    try {
      const late = { now: () => (instance.clock.now() - ahead) as Seconds };
      const witness = testWitness({ ...instance, deps: { ...instance.deps, clock: late } });
      await nameWitness(instance, formatVkey(witness.key));
      await withLog(instance, { rounds: 2, witnesses: [witness] });
      const { violations } = await audited({ instance }, await bundleOf(instance), { checks });
      return [...new Set(violations.map(({ check }) => check))];
    } finally {
      await instance.close();
    }
  };

  test('by an hour is caught by the auditor: checkpointTime', async () => {
    expect(await seen(3600)).toEqual(['checkpointTime']);
  });

  test('by an hour goes unnoticed where checkpointTime is taken out', async () => {
    expect(await seen(3600, without('checkpointTime'))).toEqual([]);
  });

  test('by seconds is believed', async () => {
    expect(await seen(3)).toEqual([]);
  });
});

test('every check of the verifier has an attack that it alone stands against', () => {
  const tried = [...ALL.map(({ caughtBy }) => caughtBy), ...[...LIES, ...HIDING].map(({ check }) => check)];
  const apartFrom = CHECK_NAMES.filter((name) => !tried.includes(name));
  // These two are tried above, because they need another world or are no breach.
  expect(apartFrom).toEqual(['checkpointTime', 'readBeforeOpen']);
});

/** The directory's next version, which names a witness. */
async function nameWitness(instance: Instance, vkey: string): Promise<void> {
  const { suite, pins, store, recorder, deps, directoryKeys } = instance;
  const bench = {
    ...{ suite, pins, recorder, data: deps.data, now: instance.clock.now() },
    instance: { store, ledgerKey: deps.ledger.publicKey },
  };
  await publishDirectory(bench as unknown as Publishing, directoryKeys.slice(0, 2), null, { added: [vkey] });
}
