/** @jsxImportSource hono/jsx/dom */
import { useCallback, useEffect, useMemo, useRef } from 'hono/jsx/dom';
import type { Conduct } from '../../domain/conduct.ts';
import { mayReadTips } from '../../domain/roles.ts';
import { AlarmBar, type AlarmState } from './alarm-bar.tsx';
import { type Desk, DeskContext, useBase } from './context.ts';
import { HelpDialog } from './help.tsx';
import { useState } from './hooks.ts';
import { getJson, sendJson } from './http.ts';
import { useIdleLock } from './idle.ts';
import { giveEscape, moveRow, pressOf, wishOf } from './keys.ts';
import { anyEvent, type Live } from './live.ts';
import { PageOf } from './page-of.tsx';
import { parseRoute, queueRoute, type Route } from './router.ts';
import { SideColumn } from './side.tsx';
import { Icon } from './ui/icon.tsx';
import { useLoad } from './use-load.ts';
import type { Counts, Me } from './wire.ts';

interface FrameProps {
  readonly me: Me;
  readonly live: Live;
  /** False while the live line is lost. */
  readonly connected: boolean;
  readonly alarms: AlarmState;
  readonly onMe: (me: Me) => void;
  readonly onLock: (me: Me) => void;
  readonly onLeave: (why: 'expired' | 'left') => void;
}

const useKeys = (onHelp: () => void, onBack: () => void): void => {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const wish = wishOf(pressOf(event));
      if (wish === null) return;
      if (wish === 'escape') {
        if (!giveEscape()) onBack();
        return;
      }
      event.preventDefault();
      if (wish === 'help') onHelp();
      else moveRow(wish);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [onBack]);
};

/** Who is logged in, what is due, and the page they are on. */
export const DeskFrame = ({ me, live, connected, alarms, onMe, onLock, onLeave }: FrameProps) => {
  const { texts, vault, route, go } = useBase();
  const [offset] = useState(() => me.now - Math.floor(Date.now() / 1000));
  const [help, setHelp] = useState(false);
  const [said, setSaid] = useState({ sentence: '', place: '' });
  const counts = useLoad(
    () => (mayReadTips(me.roles) ? getJson<Counts>('/api/staff/counts') : Promise.resolve(NO_COUNTS)),
    me.unit,
  );
  const conduct = useLoad(
    () => getJson<{ readonly conducts: readonly Conduct[] }>('/data/conduct.json'),
    'conduct',
  );

  useEffect(() => live.refetch(anyEvent, counts.again), [live]);
  useEffect(
    () =>
      live.refetch(
        (event) => event.kind === 'unit_changed',
        () => {
          // New epochs may have been wrapped for me.
          vault.ask('refresh', {}).then(onMe, () => undefined);
        },
      ),
    [live],
  );
  useEffect(() => {
    document.querySelector<HTMLElement>('main h1')?.focus();
  }, [placeOf(route)]);

  const lock = useCallback(() => onLock(me), [me]);
  useIdleLock(lock);
  const logout = useCallback(() => {
    void sendJson('POST', '/api/staff/logout').finally(() => onLeave('left'));
  }, []);
  const list = useRef<Route>(queueRoute('open'));
  if (LISTS.includes(route.page)) list.current = route;
  const back = useCallback(() => {
    if (route.page === 'tip') go(list.current);
  }, [route.page]);
  const openHelp = useCallback(() => setHelp(true), []);
  useKeys(openHelp, back);

  const conducts = conduct.loaded.state === 'ready' ? conduct.loaded.value.conducts : [];
  const desk = useMemo(
    (): Desk => ({
      me,
      live,
      conducts,
      now: () => Math.floor(Date.now() / 1000) + offset,
      nameOf: (staff) =>
        me.colleagues.find((known) => known.staff === staff)?.displayName ?? staff.slice(0, 8),
      lock,
      logout,
      list: list.current,
      // Said where it was done: another page says nothing of it.
      tell: (sentence) =>
        setSaid({ sentence, place: placeOf(parseRoute(location.pathname, location.search)) }),
      refresh: async () => {
        onMe(await vault.ask('refresh', {}));
        await counts.again();
      },
      recount: () => void counts.again(),
    }),
    [me, conducts, offset, route],
  );
  return (
    <DeskContext value={desk}>
      <a class="skip" href="#main">
        {texts.frame.skip}
      </a>
      <div class="frame">
        <SideColumn
          counts={counts.loaded.state === 'ready' ? counts.loaded.value : null}
          connected={connected}
          onHelp={openHelp}
        />
        <div>
          <AlarmBar alarms={alarms} />
          <div role="status" class="said-place">
            {said.sentence === '' || said.place !== placeOf(route) ? null : (
              <p class="said">
                <Icon name="done" />
                {said.sentence}
              </p>
            )}
          </div>
          <main class="page" id="main" tabindex={-1} key={placeOf(route)}>
            <PageOf route={route} />
          </main>
        </div>
      </div>
      {help ? <HelpDialog onClose={() => setHelp(false)} /> : null}
    </DeskContext>
  );
};

/** Pages from which tips are opened. */
const LISTS: readonly Route['page'][] = ['day', 'queue', 'messages', 'register', 'outside'];

/** What makes an address another page: a filter of the same list does not. */
const placeOf = (route: Route): string =>
  route.page === 'queue' ? `queue/${route.scope}` : JSON.stringify(route);

const NO_COUNTS: Counts = {
  open: 0,
  new: 0,
  due_soon: 0,
  overdue: 0,
  incoming_transfer: 0,
  pending_decision: 0,
  messages: 0,
};
