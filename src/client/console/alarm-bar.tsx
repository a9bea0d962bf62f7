/** @jsxImportSource hono/jsx/dom */
import { useCallback, useEffect } from 'hono/jsx/dom';
import type { TipId } from '../../domain/ids.ts';
import { type Alarms, afterEvent, Bell, NO_ALARMS, notifyDesktop, titleWith, without } from './alarm.ts';
import { useBase } from './context.ts';
import { useState } from './hooks.ts';
import { sendJson } from './http.ts';
import type { Live } from './live.ts';
import { Icon } from './ui/icon.tsx';
import { Go } from './ui/parts.tsx';

export interface AlarmState {
  readonly alarms: Alarms;
  readonly acknowledge: (tip: TipId) => void;
  /** Forgets what rings, before the server says anew what does. */
  readonly forget: () => void;
}

/** Listens for urgent tips, rings, counts in the title and tells the desktop, until somebody says "I have it". */
export const useAlarms = (live: Live): AlarmState => {
  const { texts } = useBase();
  const [alarms, setAlarms] = useState<Alarms>(NO_ALARMS);
  const [bell] = useState(() => new Bell());
  useEffect(
    () =>
      live.subscribe((event) => {
        setAlarms((before) => afterEvent(before, event));
        if (event.kind === 'alarm') notifyDesktop(texts.alarm.title, texts.alarm.body);
      }),
    [live, texts],
  );
  useEffect(() => {
    const allow = (): void => bell.allow();
    addEventListener('pointerdown', allow);
    addEventListener('keydown', allow);
    return () => {
      removeEventListener('pointerdown', allow);
      removeEventListener('keydown', allow);
      bell.stop();
      document.title = texts.frame.title;
    };
  }, [bell]);
  useEffect(() => {
    document.title = titleWith(texts.frame.title, alarms.tips.length);
    if (alarms.tips.length > 0) bell.ring();
    else bell.stop();
  }, [alarms, texts]);
  const acknowledge = (tip: TipId): void => {
    setAlarms((before) => without(before, tip));
    void sendJson('POST', `/api/staff/alarms/${tip}/acknowledge`).catch(() => undefined);
  };
  const forget = useCallback(() => setAlarms(NO_ALARMS), []);
  return { alarms, acknowledge, forget };
};

const toPassphrase = (): void => document.getElementById('passphrase')?.focus();

/**
 * The red bar across the top while an urgent tip waits. On a locked console it acknowledges nothing, because nobody has shown who they
 * are: it leads to the passphrase.
 */
export const AlarmBar = (props: { readonly alarms: AlarmState; readonly locked?: boolean }) => {
  const { alarms, acknowledge } = props.alarms;
  const { texts } = useBase();
  const first = alarms.tips[0];
  return (
    <div role="alert">
      {first === undefined ? null : (
        <div class="alarm">
          <span class="mark strong">
            <Icon name="bell" />
            {texts.alarm.waiting(alarms.tips.length)}
          </span>
          {first.reason === 'no_console' ? <span>{texts.alarm.noConsole}</span> : null}
          {props.locked === true ? (
            <button type="button" class="button" onClick={toPassphrase}>
              {texts.alarm.unlock}
            </button>
          ) : (
            <>
              <Go to={{ page: 'tip', tip: first.tip }}>{texts.alarm.open}</Go>
              <button type="button" class="button" onClick={() => acknowledge(first.tip)}>
                {texts.alarm.acknowledge}
              </button>
            </>
          )}
        </div>
      )}
    </div>
  );
};
