import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const rows = (file: string): string[] =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(/^(?: \* )?(\| `(?:TINKIN_|HOST|PORT)[^\n]*\|)$/gm),
  ].map((match) => match[1] ?? '');

it('docs/operations.md lists every variable as src/config.ts describes it', () => {
  const described = rows('src/config.ts');
  expect(described.length).toBeGreaterThan(15);
  expect(rows('docs/operations.md')).toEqual(described);
});
