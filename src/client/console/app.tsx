/** @jsxImportSource hono/jsx/dom */
import { useCallback, useEffect, useMemo } from 'hono/jsx/dom';
import type { Lang } from '../../i18n/index.ts';
import { JoinPage } from './account/join.tsx';
import { LoginPage } from './account/login.tsx';
import { type Base, BaseContext, textsOf } from './context.ts';
import { Duty } from './duty.tsx';
import { useState } from './hooks.ts';
import { getJson, SESSION_OVER } from './http.ts';
import { homeOf } from './nav.ts';
import { hrefOf, langOf, parseRoute, type Route } from './router.ts';
import { Skeleton } from './ui/parts.tsx';
import type { Me, Presence } from './wire.ts';
import type { Vault } from './worker-client.ts';

type Phase =
  | { readonly name: 'starting' }
  | { readonly name: 'out'; readonly why: 'fresh' | 'expired' | 'left' }
  | { readonly name: 'locked'; readonly me: Me }
  | { readonly name: 'in'; readonly me: Me };

interface Place {
  readonly route: Route;
  readonly lang: Lang;
}

const here = (): Place => ({
  route: parseRoute(location.pathname, location.search),
  lang: langOf(location.search),
});

const phaseOf = (presence: Presence): Phase =>
  presence.state === 'open'
    ? { name: 'locked', me: presence.me }
    : { name: 'out', why: presence.state === 'over' ? 'expired' : 'fresh' };

const useStart = (setPhase: (phase: Phase) => void): void => {
  useEffect(() => {
    getJson<Presence>('/api/staff/session')
      .then(phaseOf)
      .catch((): Phase => ({ name: 'out', why: 'fresh' }))
      .then(setPhase);
  }, []);
};

/** The whole console: the door, the lock, or the desk, by who is there and whether the keys are open. */
export const App = ({ vault }: { readonly vault: Vault }) => {
  const [place, setPlace] = useState(here);
  const [phase, setPhase] = useState<Phase>({ name: 'starting' });
  useEffect(() => {
    const moved = (): void => setPlace(here());
    addEventListener('popstate', moved);
    return () => removeEventListener('popstate', moved);
  }, []);
  useStart(setPhase);
  useEffect(() => {
    document.documentElement.lang = place.lang;
  }, [place.lang]);
  const go = useCallback((route: Route) => {
    history.pushState(null, '', hrefOf(route, here().lang));
    setPlace(here());
    scrollTo(0, 0);
  }, []);
  const speak = useCallback((lang: Lang) => {
    history.replaceState(null, '', hrefOf(here().route, lang));
    setPlace(here());
  }, []);
  const base = useMemo((): Base => ({ ...place, ...textsOf(place.lang), vault, go, speak }), [place, vault]);
  const enter = (me: Me): void => {
    setPhase({ name: 'in', me });
    const home = homeOf(me.roles);
    if (here().route.page === 'day' && home.page !== 'day') go(home);
  };
  const leave = useCallback((why: 'expired' | 'left') => {
    vault.lock();
    setPhase({ name: 'out', why });
  }, []);
  const loggedIn = phase.name === 'in' || phase.name === 'locked';
  useEffect(() => {
    if (!loggedIn) return;
    const over = (): void => leave('expired');
    addEventListener(SESSION_OVER, over);
    return () => removeEventListener(SESSION_OVER, over);
  }, [loggedIn]);
  const renew = useCallback((me: Me) => setPhase({ name: 'in', me }), []);
  const lock = useCallback(
    (me: Me) => {
      vault.lock();
      setPhase({ name: 'locked', me });
    },
    [vault],
  );

  const view = () => {
    if (place.route.page === 'join') return <JoinPage />;
    if (phase.name === 'starting')
      return (
        <main class="door">
          <div class="door-card">
            <Skeleton lines={4} />
          </div>
        </main>
      );
    if (phase.name === 'out') return <LoginPage why={phase.why} onEnter={enter} />;
    return (
      <Duty
        me={phase.me}
        locked={phase.name === 'locked'}
        onEnter={enter}
        onMe={renew}
        onLock={lock}
        onLeave={leave}
      />
    );
  };
  return <BaseContext value={base}>{view()}</BaseContext>;
};
