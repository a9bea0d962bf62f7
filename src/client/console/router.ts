import { isTipId, type TipId } from '../../domain/ids.ts';
import {
  PRIORITIES,
  type Priority,
  QUEUE_SCOPES,
  type QueueScope,
  STAGES,
  type Stage,
} from '../../domain/terms.ts';
import type { Lang } from '../../i18n/index.ts';

/** Every page of the console, as a value. */
export type Route =
  | { readonly page: 'day' }
  | {
      readonly page: 'queue';
      readonly scope: QueueScope;
      readonly stage: Stage | null;
      readonly priority: Priority | null;
      readonly mine: boolean;
    }
  | { readonly page: 'tip'; readonly tip: TipId }
  | { readonly page: 'oversight'; readonly path: string }
  | { readonly page: (typeof PLAIN_PAGES)[number] }
  | { readonly page: 'unknown' };

const PLAIN_PAGES = [
  'copies',
  'messages',
  'hotline',
  'boxes',
  'posters',
  'outside',
  'elsewhere',
  'board',
  'register',
  'post-checks',
  'handover',
  'members',
  'epochs',
  'focal-points',
  'workload',
  'retention',
  'supervision',
  'rights',
  'units',
  'holidays',
  'staff',
  'law',
  'account',
  'join',
] as const;

const isOneOf = <T extends string>(words: readonly T[], value: string | null): value is T =>
  value !== null && (words as readonly string[]).includes(value);

/** The page that an address names. `path` and `search` as in `location`. */
export const parseRoute = (path: string, search: string): Route => {
  const parts = path
    .replace(/^\/console\/?/, '')
    .split('/')
    .filter((part) => part !== '');
  const query = new URLSearchParams(search);
  const [first, second] = parts;
  if (first === undefined) return { page: 'day' };
  if (first === 'queue' && second === undefined) {
    const scope = query.get('scope');
    const stage = query.get('stage');
    const priority = query.get('priority');
    return {
      page: 'queue',
      scope: isOneOf(QUEUE_SCOPES, scope) ? scope : 'open',
      stage: isOneOf(STAGES, stage) ? stage : null,
      priority: isOneOf(PRIORITIES, priority) ? priority : null,
      mine: query.get('mine') === '1',
    };
  }
  if (first === 'tip' && second !== undefined && isTipId(second) && parts.length === 2)
    return { page: 'tip', tip: second };
  if (first === 'oversight') return { page: 'oversight', path: parts.slice(1).join('/') };
  if (isOneOf(PLAIN_PAGES, first) && second === undefined) return { page: first };
  return { page: 'unknown' };
};

const pathOf = (route: Route): string => {
  switch (route.page) {
    case 'day':
      return '/console';
    case 'tip':
      return `/console/tip/${route.tip}`;
    case 'oversight':
      return `/console/oversight${route.path === '' ? '' : `/${route.path}`}`;
    case 'unknown':
      return '/console';
    default:
      return `/console/${route.page}`;
  }
};

/** The address of a page, language kept. Vietnamese is the default and takes no parameter. */
export const hrefOf = (route: Route, lang: Lang): string => {
  const query = new URLSearchParams();
  if (route.page === 'queue') {
    if (route.scope !== 'open') query.set('scope', route.scope);
    if (route.stage !== null) query.set('stage', route.stage);
    if (route.priority !== null) query.set('priority', route.priority);
    if (route.mine) query.set('mine', '1');
  }
  if (lang === 'en') query.set('lang', 'en');
  const search = query.toString();
  return `${pathOf(route)}${search === '' ? '' : `?${search}`}`;
};

/** The language that an address asks for. */
export const langOf = (search: string): Lang =>
  new URLSearchParams(search).get('lang') === 'en' ? 'en' : 'vi';

/** The queue without a filter. */
export const queueRoute = (scope: QueueScope): Route => ({
  page: 'queue',
  scope,
  stage: null,
  priority: null,
  mine: false,
});
