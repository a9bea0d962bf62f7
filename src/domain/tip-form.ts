import type { UnitId } from './ids.ts';
import { isUrgent } from './priority.ts';
import { INVOLVED, type Involved, type RouteRequest, type RouteTable, routeFor } from './routing.ts';
import { FIELD_LIMITS, MAX_EXCLUDED, type TipContent } from './tip-content.ts';

/**
 * Unit of the official who is involved, as answered: `own`, the police of the place itself; `unknown`; empty while something is typed that
 * is no unit of the list; or the unit that was chosen.
 */
export type AccusedAnswer = 'own' | 'unknown' | '' | UnitId;

/** What the citizen's form asks, as answered so far; the same with script and without. Text as typed. */
export interface TipAnswers {
  readonly lang: 'vi' | 'en';
  /** True on "I need help": the tip goes to social support and never to police. */
  readonly support: boolean;
  readonly province: string;
  /** Code of the commune; null for "I do not know", empty while nothing was chosen. */
  readonly commune: string | null;
  /** Name of the place for the person who reads the tip. */
  readonly placeName: string;
  readonly conduct: string;
  readonly happeningNow: boolean;
  readonly danger: boolean;
  readonly minor: boolean;
  readonly official: 'no' | 'yes' | 'unsure' | '';
  readonly involved: Involved;
  readonly accused: AccusedAnswer;
  /** Units that the citizen ticked, and nothing that follows from another answer. */
  readonly excluded: readonly UnitId[];
  readonly what: string;
  readonly when: string;
  readonly where: string;
  readonly who: string;
  readonly how: string;
}

export const TEXT_FIELDS = ['what', 'when', 'where', 'who', 'how'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];
export type AnswerField =
  | 'province'
  | 'commune'
  | 'conduct'
  | 'official'
  | 'involved'
  | 'accused'
  | 'excluded'
  | TextField;

/** An answer that is missing, too long, or more than there is room for. */
export interface AnswerProblem {
  readonly field: AnswerField;
  readonly problem: 'missing' | 'long' | 'many';
}

/** The conduct of a request for help, an id of the conduct table. */
export const SUPPORT_CONDUCT = 'support_needed';
/** Most units that a person may tick: beside them the accused unit must have room. */
export const MAX_TICKED = MAX_EXCLUDED - 1;

/** True for an answer to "who is it?". */
export const isInvolved = (value: string): value is Involved => INVOLVED.some((known) => known === value);

/** One text as it is sealed: NFC, line ends as \n, no other control characters, no blanks around it. */
export const cleanText = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ')
    .trim();

/** Everything that keeps these answers from being sent, in the form's order. */
export const answerProblems = (answers: TipAnswers): AnswerProblem[] => {
  const problems: AnswerProblem[] = [];
  const missing = (field: AnswerField, is: boolean): void => {
    if (is) problems.push({ field, problem: 'missing' });
  };
  missing('province', answers.province === '');
  missing('commune', answers.commune === '');
  missing('conduct', !answers.support && answers.conduct === '');
  missing('official', !answers.support && answers.official === '');
  missing('involved', !answers.support && answers.official === 'yes' && answers.involved === 'none');
  missing('accused', !answers.support && answers.official === 'yes' && answers.accused === '');
  if (answers.excluded.length > MAX_TICKED) problems.push({ field: 'excluded', problem: 'many' });
  missing('what', cleanText(answers.what) === '');
  for (const field of TEXT_FIELDS)
    if (cleanText(answers[field]).length > FIELD_LIMITS[field]) problems.push({ field, problem: 'long' });
  return problems;
};

/**
 * The police of the tip's own place that an answer about who is involved speaks of, wherever an ordinary tip from there would go: the
 * commune's or the province's. Null for other officials, and while the commune is not known.
 */
export const ownPolice = (
  { province, commune, involved }: Pick<TipAnswers, 'province' | 'commune' | 'involved'>,
  table: RouteTable,
): UnitId | null => {
  const usual = (at: string | null): UnitId | null =>
    routeFor({ province, commune: at, involved: 'none', excluded: [] }, table)?.unit ?? null;
  if (involved.startsWith('commune_police')) return commune ? usual(commune) : null;
  return involved.startsWith('provincial_') || involved === 'investigator' ? usual(null) : null;
};

/** The unit that the answers accuse, as far as they name one: the police of the place unless another was chosen. */
export const accusedUnit = (answers: TipAnswers, table: RouteTable): UnitId | null => {
  const { accused } = answers;
  if (answers.support || answers.official !== 'yes' || accused === '' || accused === 'unknown') return null;
  return accused === 'own' ? ownPolice(answers, table) : accused;
};

/** Somebody inside a large unit: its own inspectorate, which would go out with it, decides about them (NĐ 22/2019 Đ5). */
const INSIDE: readonly Involved[] = ['provincial_department', 'provincial_department_head'];

/**
 * The unit that must be kept out because of who is involved, though nobody ticked it. When the unit is not known, the police of the place
 * are kept out all the same. The police of a province stay in when somebody of one department is involved: the route goes around them,
 * to their inspectorate.
 */
const unitToKeepOut = (answers: TipAnswers, table: RouteTable): UnitId | null => {
  if (answers.support || answers.official !== 'yes') return null;
  const unit = accusedUnit(answers, table) ?? ownPolice(answers, table);
  const province = unit?.slice(0, 2) ?? '';
  const wholePolice = routeFor({ province, commune: null, involved: 'none', excluded: [] }, table)?.unit;
  return INSIDE.includes(answers.involved) && unit === wholePolice ? null : unit;
};

/** What the route table is asked with: the citizen's exclusions and, derived anew each time, the accused unit itself. */
export const routeRequest = (answers: TipAnswers, table: RouteTable): RouteRequest => {
  const out = unitToKeepOut(answers, table);
  return {
    province: answers.province,
    commune: answers.commune === '' ? null : answers.commune,
    involved: !answers.support && answers.official === 'yes' ? answers.involved : 'none',
    accused: accusedUnit(answers, table),
    excluded: out === null ? answers.excluded : [...new Set([out, ...answers.excluded])],
    support: answers.support,
  };
};

/** True when human eyes are needed at once. */
export const answersUrgent = (answers: TipAnswers): boolean => isUrgent(answers);

/** The content that is sealed. The answers must have no problem. */
export const contentOf = (answers: TipAnswers, table: RouteTable): TipContent => {
  const request = routeRequest(answers, table);
  const involved = answers.support || answers.official === '' ? 'no' : answers.official;
  return {
    v: 1,
    lang: answers.lang,
    place: {
      province: request.province,
      commune: request.commune,
      name: cleanText(answers.placeName),
    },
    conduct: answers.support ? SUPPORT_CONDUCT : answers.conduct,
    urgent: {
      happeningNow: answers.happeningNow,
      danger: answers.danger,
      minor: answers.minor,
    },
    official: {
      involved,
      unit: accusedUnit(answers, table),
      role: involved === 'yes' ? answers.involved : null,
    },
    excluded: request.excluded,
    what: cleanText(answers.what),
    when: cleanText(answers.when),
    where: cleanText(answers.where),
    who: cleanText(answers.who),
    how: cleanText(answers.how),
  };
};
