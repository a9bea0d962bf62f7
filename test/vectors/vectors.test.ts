import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { suites } from '../protocol/suites.ts';
import { VECTORS } from './all.ts';

describe.each(suites)('golden vectors with $name', (suite) => {
  it.each(Object.entries(VECTORS))('%s: every byte is as it was written down', (name, compute) => {
    const stored = JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8'));
    expect(JSON.parse(JSON.stringify(compute(suite)))).toEqual(stored);
  });
});
