/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { mayReadTips, mayTakeCalls } from '../../domain/roles.ts';
import { LockedPage } from './account/locked.tsx';
import { AlarmBar, useAlarms } from './alarm-bar.tsx';
import { useBase } from './context.ts';
import { DeskFrame } from './desk.tsx';
import { useState } from './hooks.ts';
import { dropCalls, lockCalls } from './hotline/desks.ts';
import { Live } from './live.ts';
import type { Me } from './wire.ts';

interface DutyProps {
  readonly me: Me;
  readonly locked: boolean;
  readonly onEnter: (me: Me) => void;
  readonly onMe: (me: Me) => void;
  readonly onLock: (me: Me) => void;
  readonly onLeave: (why: 'expired' | 'left') => void;
}

/**
 * Somebody is logged in. The live line, the alarms with their bar, bell and title stay while the console locks and opens again: they need
 * no key and show no content, and a desk that nobody touches at night is the one that must ring.
 */
export const Duty = ({ me, locked, onEnter, onMe, onLock, onLeave }: DutyProps) => {
  const { texts, vault } = useBase();
  const [live] = useState(() => new Live());
  const [connected, setConnected] = useState(true);
  const alarms = useAlarms(live);
  const watches = mayReadTips(me.roles) || mayTakeCalls(me.roles);
  useEffect(() => {
    if (!watches) return;
    live.open((now) => {
      setConnected(now);
      // The line begins with everything that sounds: what ended while it was lost is not among it.
      if (now) alarms.forget();
    });
    return () => live.close();
  }, [live, watches]);
  useEffect(() => {
    if (locked) lockCalls(vault);
  }, [locked]);
  useEffect(() => () => dropCalls(vault), []);
  if (!locked) return <DeskFrame {...{ me, live, connected, alarms, onMe, onLock, onLeave }} />;
  return (
    <>
      <AlarmBar alarms={alarms} locked />
      {connected ? null : (
        <p class="door-note mark mark-soon" role="status">
          {texts.frame.disconnected}
        </p>
      )}
      <LockedPage me={me} onEnter={onEnter} onLeave={onLeave} />
    </>
  );
};
