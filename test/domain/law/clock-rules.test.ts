import { describe, expect, test } from 'vitest';
import { parseClockRules } from '../../../src/domain/clock-rules.ts';
import { type ClockCase, ruleFor } from '../../../src/domain/clocks.ts';
import { DataError } from '../../../src/domain/data-error.ts';
import { atLine, readJsonWithPlaces } from '../../../src/domain/json-lines.ts';
import { at, lawJson, lawText } from './support.ts';

const rules = parseClockRules(lawJson('clocks'));
const COMMUNE: ClockCase = { unitKind: 'commune_police', legalKind: null, circumstances: [], remote: false };
const idOf = (
  clock: Parameters<typeof ruleFor>[1],
  step: Parameters<typeof ruleFor>[2]['step'],
  of: ClockCase,
) => ruleFor(rules, clock, { step, now: at('2026-11-22 10:00'), t0: at('2026-11-20 09:00') }, of)?.id ?? null;

describe('the rule for a case', () => {
  test('a commune verifies within its seven days', () => {
    expect(idOf('verify', 'submitted', COMMUNE)).toBe('verify-commune-7d');
  });
  test('a denunciation has thirty days in a commune, too: the kind weighs more than the unit', () => {
    expect(idOf('verify', 'classified', { ...COMMUNE, legalKind: 'denunciation' })).toBe(
      'verify-denunciation-30d',
    );
  });
  test('a victim under 18 sends a commune’s tip up within 24 hours', () => {
    expect(idOf('transfer', 'classified', { ...COMMUNE, circumstances: ['minor'] })).toBe(
      'transfer-commune-24h',
    );
  });
  test('what was resumed has a month', () => {
    expect(idOf('settle', 'resumed', { ...COMMUNE, unitKind: 'provincial_police' })).toBe(
      'settle-resumed-1m',
    );
  });
  test('a rule is taken by the day from which it counts', () => {
    const old = ruleFor(
      rules,
      'verify',
      { step: 'submitted', now: at('2018-02-01'), t0: at('2018-02-01') },
      COMMUNE,
    );
    expect(old?.id).toBe('verify-20d');
  });
});

/** What a lawyer is told about a file. */
const told = (text: string): string => {
  const { value, places } = readJsonWithPlaces('clocks', text);
  try {
    parseClockRules(value);
    return 'nothing';
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return atLine(error, 'clocks.json', places).message;
  }
};
const SHIPPED = lawText('clocks');
/** The shipped file with one change on the line of a rule. */
const changed = (id: string, from: string, to: string): { text: string; line: number } => {
  const lines = SHIPPED.split('\n');
  const line = lines.findIndex((one) => one.includes(`"id":"${id}"`));
  lines[line] = (lines[line] ?? '').replace(from, to);
  return { text: lines.join('\n'), line: line + 1 };
};

describe('a wrong file', () => {
  test.each([
    ['transfer-24h', '"n":24', '"n":0', 'must be a whole number from 1 to 1000'],
    ['transfer-24h', '"n":24', '"n":"24"', 'must be a whole number from 1 to 1000'],
    ['archive-1m', '"from":"2020-04-01"', '"from":"2020-04-31"', 'must be a day YYYY-MM-DD that exists'],
    ['archive-1m', '"until":null', '"until":"2019-01-01"', 'is before its first day'],
    ['archive-1m', '"unit":"m"', '"unit":"wh"', 'must not be wh'],
    ['archive-1m', '"clock":"archive"', '"clock":"archives"', 'must be one of'],
    ['archive-1m', '"step":"resolved"', '"step":"solved"', 'must be one of'],
    ['archive-1m', '"escalates":false', '"escalate":false', 'is no field here'],
    ['archive-1m', '"id":"archive-1m"', '"id":"assign-3d"', 'is used twice: assign-3d'],
    ['settle-reopened-20d', '"step":"reopened"', '"step":"submitted"', 'stands for the same cases'],
    ['verify-commune-7d', '["commune_police"]', '[]', 'must not be empty'],
  ])('in the rule %s, %s as %s is named with its line', (id, from, to, problem) => {
    const { text, line } = changed(id, from, to);
    const message = told(text);
    expect(message).toContain(`clocks.json:${line}: clocks.rules[`);
    expect(message).toContain(problem);
  });
  test('what is no JSON is named with line and column', () => {
    const { text, line } = changed('archive-1m', '"limit":{', '"limit":');
    expect(() => readJsonWithPlaces('clocks', text)).toThrow(`clocks:${line}:`);
  });
  test('a name twice in one object is refused', () => {
    expect(() => readJsonWithPlaces('x', '{"a":1,\n"a":2}')).toThrow('x:2:4: has "a" twice');
  });
  test('the shipped file is in order', () => {
    expect(told(SHIPPED)).toBe('nothing');
  });
});
