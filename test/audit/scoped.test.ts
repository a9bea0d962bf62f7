import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundleLine } from '../../src/audit/lines.ts';
import type { Hash, Seconds } from '../../src/domain/ids.ts';
import type { MailboxHead } from '../../src/protocol/mailbox-head.ts';
import { type AuditWorld, audited, auditWorld, bundleOf } from './world.ts';

let world: AuditWorld;
let lines: readonly BundleLine[];

beforeAll(async () => {
  world = await auditWorld();
  const { instance } = world;
  const bundle = await bundleOf(instance, [instance.person('tohieu.canbo').unit]);
  lines = bundle.map((line) => JSON.parse(line) as BundleLine);
});
afterAll(() => world.instance.close());

const verify = (some: readonly BundleLine[], heads: readonly MailboxHead[] = []) =>
  audited(
    world,
    some.map((line) => JSON.stringify(line)),
    { given: { heads } },
  );
const checksOf = async (some: readonly BundleLine[], heads: readonly MailboxHead[] = []) => [
  ...new Set((await verify(some, heads)).violations.map(({ check }) => check)),
];
const without = (fits: (line: BundleLine) => boolean): readonly BundleLine[] => {
  const at = lines.findLastIndex(fits);
  return lines.toSpliced(at, 1);
};

describe('a bundle for the auditor of a unit', () => {
  it('is accused of nothing, and claims no check that needs every leaf', async () => {
    const { ok, violations, tips, ran } = await verify(lines);
    expect([ok, violations]).toEqual([true, []]);
    expect(tips).toBeGreaterThan(0);
    expect(ran).toContain('openingMatches');
    expect(ran).not.toContain('leafUnopened');
  });

  it('opens nothing that its proof does not lead to the checkpoint', async () => {
    expect(await checksOf(without(({ t }) => t === 'proof'))).toEqual(['openingMatches']);
    const turned = lines.map((line) =>
      line.t === 'proof' ? { ...line, nodes: line.nodes.toReversed() } : line,
    );
    expect(await checksOf(turned)).toEqual(['openingMatches']);
  });

  it('has every batch head, though it has no batch but the newest', async () => {
    const headless = lines.filter((line) => line.t !== 'chain' || line.subject !== 'log');
    expect(await checksOf(headless)).toContain('bundleShape');
  });

  it('ends at the checkpoint that it names', async () => {
    const [header, ...rest] = lines;
    if (header?.t !== 'bundle') throw new Error('no header');
    expect(await checksOf([{ ...header, root: 'ab'.repeat(32) }, ...rest])).toEqual(['bundleShape']);
  });

  it('need not have what a citizen of another unit was shown, and may not have another step in its place', async () => {
    const header = lines[0] as Extract<BundleLine, { t: 'bundle' }>;
    const head: MailboxHead = {
      ...{
        origin: header.origin,
        no: 1,
        leaf: 'ab'.repeat(32) as Hash,
        size: 8,
        root: 'cd'.repeat(32) as Hash,
      },
      ...{ tip: 'ef'.repeat(16) as MailboxHead['tip'], day: '2026-11-23' as MailboxHead['day'] },
      includeBy: 0 as Seconds,
    };
    expect(await checksOf(lines, [head])).toEqual([]);
    expect(await checksOf(lines, [{ ...head, tip: world.lives.waiting }])).toEqual(['noContradiction']);
  });
});
