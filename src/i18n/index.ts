/**
 * Catalogues are plain typed objects, one file an area and language: `vi/<area>.ts` is the original, `en/<area>.ts` is declared
 * `typeof` the Vietnamese one, so that a missing or superfluous key fails the type check.
 */
export const LANGS = ['vi', 'en'] as const;
export type Lang = (typeof LANGS)[number];

/** One thing in both languages. */
export type InBoth<T> = { readonly vi: T; readonly en: T };

/** The other language: what the language link leads to. */
export const otherLang = (lang: Lang): Lang => (lang === 'vi' ? 'en' : 'vi');

/** The path of a page in a language: Vietnamese has no prefix, English lives under `/en`. `path` starts with `/`. */
export const localPath = (lang: Lang, path: string): string =>
  lang === 'vi' ? path : path === '/' ? '/en' : `/en${path}`;

/** The language that a path is in. */
export const langOfPath = (path: string): Lang => (path === '/en' || path.startsWith('/en/') ? 'en' : 'vi');

/** A path without its language prefix; `/` for the home page. */
export const barePath = (path: string): string => (langOfPath(path) === 'en' ? path.slice(3) || '/' : path);

/** Fills `{name}` places of a text. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

/** A whole number as it is written in the language (thousands separated). */
export const formatNumber = (lang: Lang, value: number): string =>
  String(Math.trunc(value)).replace(/\B(?=(\d{3})+(?!\d))/g, lang === 'vi' ? '.' : ',');

/** `YYYY-MM-DD` as people write a day: 22/11/2026 in Vietnamese, 22 Nov 2026 in English. */
export const formatDay = (lang: Lang, day: string): string => {
  const [year = '', month = '', date = ''] = day.split('-');
  return lang === 'vi'
    ? `${date}/${month}/${year}`
    : `${Number(date)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
};

/** The day of the week, 0 Sunday to 6 Saturday, as it stands before a date. */
export const formatWeekday = (lang: Lang, weekday: number): string => WEEKDAYS[lang][weekday] ?? '';

const WEEKDAYS: InBoth<readonly string[]> = {
  vi: ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
