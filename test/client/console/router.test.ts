import { describe, expect, test } from 'vitest';
import { hrefOf, langOf, parseRoute, queueRoute, type Route } from '../../../src/client/console/router.ts';
import type { TipId } from '../../../src/domain/ids.ts';

const TIP = '0123456789abcdef0123456789abcdef' as TipId;

describe('addresses of the console', () => {
  test.each<Route>([
    { page: 'day' },
    queueRoute('open'),
    { page: 'queue', scope: 'overdue', stage: 'verifying', priority: 'P1', mine: true },
    { page: 'tip', tip: TIP },
    { page: 'register' },
    { page: 'focal-points' },
    { page: 'join' },
    { page: 'oversight', path: '' },
    { page: 'oversight', path: 'overdue' },
  ])('an address leads back to the page it was made for: %o', (route) => {
    const address = new URL(hrefOf(route, 'en'), 'http://x');
    expect(parseRoute(address.pathname, address.search)).toEqual(route);
    expect(langOf(address.search)).toBe('en');
  });

  test('Vietnamese is the language of an address that names none', () => {
    expect(hrefOf({ page: 'day' }, 'vi')).toBe('/console');
    expect(langOf('?lang=fr')).toBe('vi');
  });

  test.each([
    '/console/tip/xyz',
    '/console/tip',
    '/console/nothing',
    '/console/members/more',
    `/console/tip/${TIP}/x`,
  ])('%s names no page', (path) => expect(parseRoute(path, '')).toEqual({ page: 'unknown' }));

  test('a filter that does not exist is left out', () => {
    expect(parseRoute('/console/queue', '?scope=secret&stage=gone&priority=P9&mine=yes')).toEqual(
      queueRoute('open'),
    );
  });
});
