import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUNDLE_LIMITS } from '../../src/audit/lines.ts';
import { type AuditWorld, audited, auditWorld } from './world.ts';

let world: AuditWorld;
beforeAll(async () => {
  world = await auditWorld();
});
afterAll(() => world.instance.close());

const field =
  (name: string, value: unknown) =>
  (line: string): string =>
    JSON.stringify({ ...(JSON.parse(line) as object), [name]: value });
const header =
  (change: (line: string) => string) =>
  (lines: readonly string[]): readonly string[] =>
    lines.map((line, i) => (i === 0 ? change(line) : line));
const last = (kind: string, change: (line: string) => string) => (lines: readonly string[]) => {
  const at = lines.findLastIndex((line) => line.startsWith(`{"t":"${kind}"`));
  return lines.with(at, change(lines[at] ?? ''));
};

/** What a hostile writer may hand out instead of a bundle. */
const HOSTILE: readonly (readonly [string, (lines: readonly string[]) => readonly string[]])[] = [
  ['nothing at all', () => []],
  ['no JSON', (lines) => lines.with(3, '{')],
  ['a line that is too long', (lines) => lines.with(3, `"${'x'.repeat(BUNDLE_LIMITS.line)}"`)],
  ['deep nesting', (lines) => lines.with(3, '['.repeat(100_000))],
  ['a list instead of an object', (lines) => lines.with(3, '[]')],
  ['an unknown line', (lines) => lines.with(3, '{"t":"__proto__"}')],
  ['a second header', (lines) => [lines[0] ?? '', ...lines]],
  ['no header', (lines) => lines.slice(1)],
  ['lines in another order', (lines) => lines.toReversed()],
  ['a size beyond any memory', header(field('size', Number.MAX_SAFE_INTEGER))],
  ['a version of the future', header(field('v', 2))],
  ['a root that is none', header(field('root', 'zz'))],
  ['a negative index', last('event', field('i', -1))],
  ['an index beyond the log', last('event', field('i', 10_000_000))],
  ['bytes that are none', last('entries', field('b', '%%%'))],
  ['entries that are cut', last('entries', field('b', 'AAAA'))],
  ['more dummies than leaves', last('batch', field('dummies', 10_000_000))],
  ['events without their chain', (lines) => lines.filter((line) => !line.startsWith('{"t":"chain"'))],
  ['batches without entries', (lines) => lines.filter((line) => !line.startsWith('{"t":"entries"'))],
  ['no statement', (lines) => lines.filter((line) => !line.startsWith('{"t":"statement"'))],
  ['a part that is no object', last('event', field('p', '7'))],
  ['a record that is none', last('event', field('r', '{}'))],
];

describe('a hostile bundle', () => {
  it.each(HOSTILE)('with %s is refused and never breaks the verifier', async (_, change) => {
    const report = await audited(world, change(world.lines));
    expect(report.ok).toBe(false);
    expect(report.violations.length).toBeGreaterThan(0);
  });
});
