import { describe, expect, test } from 'vitest';
import { checkLaw, checkLawFile, type LawFileName } from '../../../src/domain/law-check.ts';
import { lawText } from './support.ts';

/** A shipped file with one change on the first line that has a mark, and what is said about it. */
const told = (name: LawFileName, mark: string, from: string, to: string) => {
  const lines = lawText(name).split('\n');
  const index = lines.findIndex((one) => one.includes(mark) && one.includes(from));
  lines[index] = (lines[index] ?? '').replace(from, to);
  return { line: index + 1, findings: checkLawFile(name, lines.join('\n')) };
};

test('the files that ship are in order', () => {
  expect(checkLaw(lawText)).toEqual([]);
});

describe('a file of law with an error is told with its line', () => {
  test.each([
    ['clocks', 'archive-1m', '"limit":{', '"limit":', 'lacks a comma or the closing brace'],
    ['clocks', 'archive-1m', '"when":{}', '"when":{"unitKind":["commune_police"]}', 'is no field here'],
    ['clocks', 'archive-1m', '"countedFrom"', '"from":"t0","countedFrom"', 'is no field here'],
    ['clocks', 'archive-1m', '"n":1', '"n":1001', 'must be a whole number from 1 to 1000'],
    ['clocks', 'archive-1m', '"nature":"law"', '"nature":"custom"', 'must be one of law, policy'],
    ['clocks', 'archive-1m', '"basis":"', '"basis":"e\u0301', 'must be in Unicode NFC'],
    ['holidays', '2026-08-22', '2026-08-22', '2026-08-21', 'is not a Saturday or Sunday'],
    ['holidays', '2026-09-02', '2026-09-02', '2026-09-01', 'is given twice'],
    ['holidays', '2026-09-01', '2026-09-01', '2025-09-01', 'is not in 2026'],
    ['holidays', '2026-09-01', '2026-09-01', '2026-09-31', 'must be a day YYYY-MM-DD that exists'],
    ['extensions', 'settle-ext-2', '"number":2', '"number":3', 'must be a whole number from 1 to 2'],
    ['extensions', 'settle-ext-2', '"number":2', '"number":1', 'stands for the same cases'],
    ['settlement', 'commune_police', '"outcomes"', '"outcome"', 'is no field here'],
    ['legal-kinds', '"feedback"', '"feedback"', '"petition"', 'is given twice: petition'],
    ['plans', 'ninh-binh-2026', '"ninh-binh-2026"', '""', 'must be text'],
    ['escalation', '"percent":80', '80', '40', 'must ascend'],
    ['escalation', '"percent":100', '100', '90', 'must be 100 in the last mark'],
    ['escalation', '"percent":50', '"focal"', '"mayor"', 'must be one of focal, head, parent'],
    ['escalation', '"above"', '"settle"', '"settling"', 'must be one of'],
    ['escalation', '"until"', '"until":null', '"until":"2017-12-31"', 'is before its first day'],
    ['retention', 'merged-12m', '"merged-12m"', '"apart-6m"', 'is used twice: apart-6m'],
  ] as const)('%s: %s, %s as %s', (name, mark, from, to, problem) => {
    const { line, findings } = told(name, mark, from, to);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ file: `${name}.json`, line, weight: 'error' });
    expect(findings[0]?.problem).toContain(problem);
  });
});

describe('rules that are each in order', () => {
  test('are told when two of them are wrong, each by its line', () => {
    const text = lawText('clocks').replace('"n":20', '"n":0').replace('"n":7', '"n":0');
    const lines = checkLawFile('clocks', text).map(({ line }) => text.split('\n')[line - 1]);
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toContain('"n":0');
  });

  test('may not start a clock where the life cycle does not', () => {
    const { line, findings } = told('clocks', 'archive-1m', '"step":"resolved"', '"step":"registered"');
    expect(findings).toContainEqual({
      ...{ file: 'clocks.json', line, weight: 'error' },
      problem: expect.stringContaining('nothing in the life cycle starts archive at registered'),
    });
  });

  test('may not leave out a clock that the life cycle starts', () => {
    const { findings } = told(
      'clocks',
      'archive-1m',
      '{"step":"resolved","countedFrom":"step"}',
      '{"step":"notified","countedFrom":"step"}',
    );
    expect(findings.map(({ problem }) => problem)).toContain(
      'clocks.rules: no rule starts archive at resolved',
    );
  });

  test('are doubted where one ends and nothing follows, or follows too late', () => {
    const rule =
      lawText('clocks')
        .split('\n')
        .find((one) => one.includes('"archive-1m"')) ?? '';
    const ended = rule.replace('"until":null', '"until":"2026-06-30"');
    const alone = checkLawFile('clocks', lawText('clocks').replace(rule, ended));
    expect(alone).toMatchObject([
      { weight: 'warning', problem: expect.stringContaining('after 2026-06-30') },
    ]);
    const next = rule.replace('archive-1m', 'archive-2m').replace(/"from":"[^"]*"/, '"from":"2026-07-05"');
    const late = checkLawFile(
      'clocks',
      lawText('clocks').replace(rule, `${ended.replace(/,?$/, ',')}\n${next}`),
    );
    expect(late).toMatchObject([
      { weight: 'warning', problem: expect.stringContaining('from 2026-07-01 to 2026-07-04') },
    ]);
    const joined = next.replace('2026-07-05', '2026-07-01');
    const text = lawText('clocks').replace(rule, `${ended.replace(/,?$/, ',')}\n${joined}`);
    expect(checkLawFile('clocks', text)).toEqual([]);
  });
});
