import { useEffect } from 'hono/jsx/dom';
import { useState } from '../hooks.ts';
import { sendJson } from '../http.ts';
import type { Vault } from '../worker-client.ts';
import { askHotline } from './ask.ts';
import { CallDesk } from './desk.ts';
import type { DeskView } from './desk-view.ts';
import { Listening, type ListeningView } from './listening.ts';

const desks = new WeakMap<Vault, CallDesk>();
const voices = new WeakMap<Vault, Listening>();

/** The calls of this console; made at the first question. They outlive the page and the lock, and end with the session. */
export const deskOf = (vault: Vault): CallDesk => {
  const known = desks.get(vault);
  if (known !== undefined) return known;
  const desk = new CallDesk(
    askHotline(vault),
    () => performance.now(),
    (opening) => sendJson('POST', `/api/staff/hotline/boxes/${opening}/entered`),
  );
  desks.set(vault, desk);
  return desk;
};

/** The recording that is being heard on this console. */
export const listeningOf = (vault: Vault): Listening => {
  const known = voices.get(vault);
  if (known !== undefined) return known;
  const listening = new Listening(askHotline(vault));
  voices.set(vault, listening);
  return listening;
};

/** The console locks: codes and mailboxes of callers leave the page with the keys. */
export const lockCalls = (vault: Vault): void => {
  desks.get(vault)?.lock();
  voices.get(vault)?.close();
};

/** The session is over: every word leaves the page. */
export const dropCalls = (vault: Vault): void => {
  desks.get(vault)?.wipe();
  voices.get(vault)?.wipe();
};

/** The desk as it is now, drawn anew at every change. */
export const useDeskView = (desk: CallDesk): DeskView => {
  const [view, setView] = useState(desk.view());
  useEffect(() => desk.listen(() => setView(desk.view())), [desk]);
  return view;
};

/** The recording as it is now, drawn anew at every change. */
export const useListeningView = (listening: Listening): ListeningView => {
  const [view, setView] = useState(listening.view());
  useEffect(() => listening.listen(() => setView(listening.view())), [listening]);
  return view;
};

/** The browser asks before the page is closed or loaded anew while words are not sealed. */
export const useLeaveGuard = (wordsLeft: () => boolean): void => {
  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent): void => {
      if (wordsLeft()) event.preventDefault();
    };
    addEventListener('beforeunload', leaving);
    return () => removeEventListener('beforeunload', leaving);
  }, []);
};
