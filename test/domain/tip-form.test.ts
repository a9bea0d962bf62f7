import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { UnitId } from '../../src/domain/ids.ts';
import { parseRoutes, routeFor } from '../../src/domain/routing.ts';
import { FIELD_LIMITS } from '../../src/domain/tip-content.ts';
import {
  accusedUnit,
  answerProblems,
  cleanText,
  contentOf,
  MAX_TICKED,
  routeRequest,
  type TipAnswers,
} from '../../src/domain/tip-form.ts';

const routes = parseRoutes(JSON.parse(readFileSync('db/data/routes.json', 'utf8')));
const COMMUNE = '14-03646-ca' as UnitId;
const PROVINCE = '14-ca' as UnitId;

const whole: TipAnswers = {
  lang: 'vi',
  support: false,
  province: '14',
  commune: '03646',
  placeName: 'Phường Tô Hiệu, Sơn La',
  conduct: 'organising',
  happeningNow: false,
  danger: false,
  minor: false,
  official: 'no',
  involved: 'none',
  accused: 'own',
  excluded: [],
  what: 'Nhà nghỉ bên cầu.',
  when: '',
  where: '',
  who: '',
  how: '',
};
const answers = (change: Partial<TipAnswers>): TipAnswers => ({ ...whole, ...change });
const unitOf = (change: Partial<TipAnswers>) => routeFor(routeRequest(answers(change), routes), routes)?.unit;

describe('answers of the form', () => {
  test('need a place, a kind, an answer about officials and a text, and nothing else', () => {
    expect(answerProblems(whole)).toEqual([]);
    const none = answers({ province: '', commune: '', conduct: '', official: '', what: ' \n ' });
    expect(answerProblems(none).map(({ field }) => field)).toEqual([
      'province',
      'commune',
      'conduct',
      'official',
      'what',
    ]);
  });

  test('need to say who it is once an official is involved', () => {
    expect(answerProblems(answers({ official: 'yes' }))).toEqual([{ field: 'involved', problem: 'missing' }]);
    expect(answerProblems(answers({ official: 'yes', involved: 'investigator' }))).toEqual([]);
  });

  test('that ask for help need neither kind nor officials', () => {
    expect(answerProblems(answers({ support: true, conduct: '', official: '' }))).toEqual([]);
  });

  test('may be as long as the limit in NFC, however they were typed', () => {
    const decomposed = 'ệ'.repeat(FIELD_LIMITS.when).normalize('NFD');
    expect(decomposed.length).toBeGreaterThan(FIELD_LIMITS.when);
    expect(answerProblems(answers({ when: decomposed }))).toEqual([]);
    expect(answerProblems(answers({ when: 'ệ'.repeat(FIELD_LIMITS.when + 1) }))).toEqual([
      { field: 'when', problem: 'long' },
    ]);
  });

  test('become text in NFC with plain line ends and no control characters', () => {
    expect(cleanText(' tie\u0302\u0301ng\r\nmo\u0323\u0302t\u0000hai\rba ')).toBe('tiếng\nmột hai\nba');
  });
});

describe('where the answers lead', () => {
  test('an ordinary tip goes to the commune’s police, without a commune to the province’s', () => {
    expect(unitOf({})).toBe(COMMUNE);
    expect(unitOf({ commune: null })).toBe(PROVINCE);
  });

  test('a tip about the commune’s police is kept from them and says so inside the envelope', () => {
    const about = answers({ official: 'yes', involved: 'commune_police_head' });
    expect(accusedUnit(about, routes)).toBe(COMMUNE);
    expect(unitOf(about)).toBe('14-ttca');
    expect(contentOf(about, routes).excluded).toEqual([COMMUNE]);
    expect(contentOf(about, routes).official).toEqual({
      involved: 'yes',
      unit: COMMUNE,
      role: 'commune_police_head',
    });
  });

  test('a tip about the province’s police as such leaves the province', () => {
    const about = answers({ official: 'yes', involved: 'provincial_police' });
    expect(accusedUnit(about, routes)).toBe(PROVINCE);
    expect(unitOf(about)).toBe('vn-ttb');
  });

  test('a tip about one department’s officer names the police and goes to their inspectorate, which stays in', () => {
    const about = answers({ official: 'yes', involved: 'provincial_department' });
    expect(accusedUnit(about, routes)).toBe(PROVINCE);
    expect(unitOf(about)).toBe('14-ttca');
    expect(contentOf(about, routes).excluded).toEqual([]);
  });

  test('an official of another commune’s police keeps that unit out, not the one of the place', () => {
    const other = '14-03664-ca' as UnitId;
    const about = answers({ official: 'yes', involved: 'commune_police_officer', accused: other });
    expect(contentOf(about, routes)).toMatchObject({ excluded: [other], official: { unit: other } });
    expect(unitOf(about)).toBe('14-ttca');
  });

  test.each([
    ['commune_police', '37-11968-ca', '37-ttca'],
    ['provincial_director', '37-ca', 'vn-ttb'],
    ['provincial_department', '37-ca', '37-ttca'],
    ['other_official', '14-tt', '14-vks'],
    ['other_official', '14-ubnd', '14-vks'],
    ['other_official', 'vn-ttb', '14-tt'],
    ['investigator', '14-vks', '14-ttca'],
    ['provincial_director', 'vn-ttb', '14-vks'],
  ] as const)('%s of %s leads to %s', (involved, accused, unit) =>
    expect(unitOf({ official: 'yes', involved, accused: accused as UnitId })).toBe(unit),
  );

  test('when the unit is not known, none is named and the police of the place are kept out all the same', () => {
    const about = answers({ official: 'yes', involved: 'commune_police_head', accused: 'unknown' });
    expect(contentOf(about, routes)).toMatchObject({ excluded: [COMMUNE], official: { unit: null } });
    expect(unitOf(about)).toBe('14-ttca');
  });

  test('what was typed must be a unit of the list, once an official is involved', () => {
    const typed = { involved: 'investigator', accused: '' } as const;
    expect(answerProblems(answers({ ...typed, official: 'yes' }))).toEqual([
      { field: 'accused', problem: 'missing' },
    ]);
    expect(answerProblems(answers({ ...typed, official: 'no' }))).toEqual([]);
  });

  test('who is named counts only when the answer about officials is yes', () => {
    const changed = answers({ official: 'no', involved: 'commune_police', accused: PROVINCE });
    expect(unitOf(changed)).toBe(COMMUNE);
    expect(contentOf(changed, routes).excluded).toEqual([]);
    expect(contentOf(changed, routes).official).toEqual({ involved: 'no', unit: null, role: null });
  });

  test('a call for help goes to social support whatever else was answered', () => {
    const help = answers({ support: true, official: 'yes', involved: 'commune_police', commune: null });
    expect(unitOf(help)).toBe('14-hotro');
    expect(contentOf(help, routes)).toMatchObject({ conduct: 'support_needed', excluded: [] });
  });

  test('the accused unit and every tick beside it have room inside the envelope', () => {
    const ticks = ['14-ca', '14-ttca', '14-tt', '14-vks', 'vn-ttb', 'vn-vks'] as UnitId[];
    const about = answers({ official: 'yes', involved: 'commune_police', excluded: ticks });
    expect(contentOf(about, routes).excluded).toEqual([COMMUNE, ...ticks]);
  });

  test('more ticks than there is room for are told, not cut', () => {
    const ticks = Array.from({ length: MAX_TICKED + 1 }, (_, i) => `14-0000${i}-ca` as UnitId);
    expect(answerProblems(answers({ excluded: ticks }))).toEqual([{ field: 'excluded', problem: 'many' }]);
    expect(answerProblems(answers({ excluded: ticks.slice(1) }))).toEqual([]);
  });

  test('a unit that the citizen excludes is not sent to and is named inside the envelope', () => {
    expect(unitOf({ excluded: [COMMUNE] })).not.toBe(COMMUNE);
    expect(contentOf(answers({ excluded: [COMMUNE] }), routes).excluded).toEqual([COMMUNE]);
  });
});
