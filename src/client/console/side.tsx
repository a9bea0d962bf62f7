/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { useBase, useDesk } from './context.ts';
import { useState } from './hooks.ts';
import { homeOf, type NavItem, navFor } from './nav.ts';
import { OVERSIGHT_PAGES } from './oversight/pages.ts';
import type { Route } from './router.ts';
import { Icon } from './ui/icon.tsx';
import { Go, LanguageButton } from './ui/parts.tsx';
import type { Counts } from './wire.ts';

const same = (a: Route, b: Route): boolean => {
  if (a.page !== b.page) return false;
  if (a.page === 'queue' && b.page === 'queue') return a.scope === b.scope;
  return a.page !== 'oversight' || b.page !== 'oversight' || a.path === b.path;
};

/** The server stops counting there. */
const MOST = 10_000;
const countText = (count: number): string => (count >= MOST ? `${MOST}+` : String(count));

const Line = ({ item, count }: { readonly item: NavItem; readonly count: number | null }) => {
  const { lang, texts, route } = useBase();
  const oversight = item.route.page === 'oversight' ? item.route.path : null;
  const label =
    oversight === null
      ? (texts.nav as Readonly<Record<string, string>>)[item.key]
      : OVERSIGHT_PAGES.find((page) => page.path === oversight)?.title[lang];
  const tone =
    count === null || count === 0
      ? ''
      : item.key === 'overdue'
        ? 'nav-count-overdue'
        : item.key === 'due_soon'
          ? 'nav-count-soon'
          : '';
  return (
    <li>
      <Go to={item.route} class="nav-link" current={same(item.route, route)}>
        <span>{label ?? item.key}</span>
        {item.count === null || count === null ? null : (
          <span class={`nav-count ${tone}`}>{countText(count)}</span>
        )}
      </Go>
    </li>
  );
};

/** The left column: my day, the work, the unit, and the way out. On a phone it folds behind a button. */
export const SideColumn = (props: {
  readonly counts: Counts | null;
  readonly connected: boolean;
  readonly onHelp: () => void;
}) => {
  const { lang, texts, words, route } = useBase();
  const { me, lock, logout } = useDesk();
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [JSON.stringify(route)]);
  return (
    <header class="side" data-open={open ? 'yes' : 'no'}>
      <div class="side-inner">
        <div class="side-head">
          <div class="brand">
            <Go to={homeOf(me.roles)} class="brand-name">
              TinKín
            </Go>
            <span class="small soft">{me.unitName[lang]}</span>
          </div>
          <button
            type="button"
            class="button menu-button"
            aria-expanded={open ? 'true' : 'false'}
            aria-controls="side-menu"
            onClick={() => setOpen(!open)}
          >
            <Icon name="menu" />
            {texts.frame.menu}
          </button>
        </div>
        <div class="side-menu" id="side-menu">
          <nav class="side-nav" aria-label={texts.frame.navigation}>
            {navFor(me.roles, me.unitKind).map((group) => (
              <div class="nav-group" key={group.key}>
                <p class="nav-title" id={`nav-${group.key}`}>
                  {texts.navGroups[group.key]}
                </p>
                <ul aria-labelledby={`nav-${group.key}`}>
                  {group.items.map((item) => (
                    <Line
                      item={item}
                      count={item.count === null ? null : (props.counts?.[item.count] ?? null)}
                      key={item.key}
                    />
                  ))}
                </ul>
              </div>
            ))}
          </nav>
          <div class="side-foot">
            <span>
              {me.displayName}
              <br />
              <span class="soft">{me.roles.map((role) => words.role[role]).join(', ')}</span>
            </span>
            {props.connected ? null : <span class="mark mark-soon">{texts.frame.disconnected}</span>}
            <div class="buttons">
              <button type="button" class="button" onClick={lock}>
                <Icon name="lock" />
                {texts.frame.lock}
              </button>
              <button type="button" class="button button-quiet" onClick={logout}>
                {texts.frame.logout}
              </button>
            </div>
            <div class="buttons">
              <button type="button" class="button button-quiet" onClick={props.onHelp}>
                {texts.frame.help}
              </button>
              <LanguageButton />
            </div>
          </div>
        </div>
      </div>
    </header>
  );
};
