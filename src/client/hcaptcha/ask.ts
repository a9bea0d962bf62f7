import { hcaptcha as en } from '../../i18n/en/hcaptcha.ts';
import { type Lang, localPath } from '../../i18n/index.ts';
import { type HcaptchaTexts, hcaptcha as vi } from '../../i18n/vi/hcaptcha.ts';
import { byId, make } from '../common/dom.ts';
import { LEAVING, leaveFor } from '../common/leave.ts';
import { CHECK_PATH, channelName, type HeardMessage, newCheckId, readMessage } from './channel.ts';

const TEXTS: Readonly<Record<Lang, HcaptchaTexts>> = { vi, en };
/** Bounds, in seconds, of how long the form waits: the device's clock, by which the rest of the time is reckoned, may be wrong. */
const SHORTEST = 120;
const LONGEST = 600;

export interface AskOptions {
  readonly lang: Lang;
  /** UTC seconds at which the challenge runs out. */
  readonly expires: number;
  /** Address of the script-less form without language; empty where it is switched off. */
  readonly plain: string;
  /** True when an answer was given and refused. */
  readonly refused: boolean;
  /** Puts the question where the person looks. */
  readonly show: (box: HTMLElement) => void;
}

export type Asked =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'stop' }
  | { readonly kind: 'late'; readonly text: string };

/** The channel of the check that was asked for last. It stays until the next one: leaving in a hurry leaves both tabs. */
let current: { readonly channel: BroadcastChannel; readonly end: AbortController } | null = null;

function openChannel(id: string): BroadcastChannel {
  current?.channel.close();
  current?.end.abort();
  const channel = new BroadcastChannel(channelName(id));
  const end = new AbortController();
  current = { channel, end };
  const { signal } = end;
  window.addEventListener(LEAVING, () => channel.postMessage({ kind: 'leave' }), { signal });
  channel.addEventListener(
    'message',
    ({ data }) => {
      if (readMessage(data)?.kind !== 'leave') return;
      // Told by the other tab: it need not be told back.
      end.abort();
      leaveFor(byId<HTMLAnchorElement>('leave-quickly').href);
    },
    { signal },
  );
  return channel;
}

/**
 * Explains hCaptcha's check, offers it in a tab of its own and waits for what comes of it. Nothing of the third party's runs in this
 * page: the other tab has no handle on it (`noopener`, Cross-Origin-Opener-Policy) and can only say what `readMessage` lets through.
 */
export function askHcaptcha({ lang, expires, plain, refused, show }: AskOptions): Promise<Asked> {
  const t = TEXTS[lang].form;
  const status = make('p', 'check-status');
  status.setAttribute('role', 'status');
  const open = make('a', 'button', t.open);
  const stop = make('button', 'button quiet', t.stop);
  stop.type = 'button';
  const otherWay = make('p', 'hint');
  otherWay.hidden = true;
  if (plain !== '') otherWay.append(t.plain, ' ', newTab(make('a', '', t.plainLink), localPath(lang, plain)));
  const box = make(
    'div',
    'callout',
    make('p', 'callout-title', t.title),
    make('p', '', t.who),
    make('p', '', t.sees),
    make('p', '', t.choice),
    status,
    make('p', 'actions', open, stop),
    otherWay,
  );
  box.id = 'check';
  box.tabIndex = -1;
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', t.title);
  const tell = (text: string, trouble: boolean): void => {
    status.textContent = text;
    status.classList.toggle('trouble', trouble);
  };
  if (refused) tell(t.refused, true);

  return new Promise((resolve) => {
    const end = new AbortController();
    const settle = (asked: Asked): void => {
      end.abort();
      clearTimeout(timer);
      box.remove();
      resolve(asked);
    };
    const left = Math.min(LONGEST, Math.max(SHORTEST, expires - Date.now() / 1000));
    const timer = setTimeout(() => settle({ kind: 'late', text: t.late }), left * 1000);
    stop.addEventListener('click', () => settle({ kind: 'stop' }));

    const hear = (message: HeardMessage | null): void => {
      if (message === null || message.kind === 'leave' || message.kind === 'taken') return;
      if (message.kind === 'token') {
        current?.channel.postMessage({ kind: 'taken' });
        settle(message);
        return;
      }
      const fine = message.kind === 'opened';
      if (fine) open.textContent = t.reopen;
      else otherWay.hidden = plain === '';
      tell(t[message.kind], !fine);
    };
    if (typeof BroadcastChannel === 'undefined') {
      open.hidden = true;
      otherWay.hidden = plain === '';
      tell(t.unsupported, true);
    } else {
      const id = newCheckId();
      newTab(open, `${localPath(lang, CHECK_PATH)}#${id}`);
      openChannel(id).addEventListener('message', ({ data }) => hear(readMessage(data)), {
        signal: end.signal,
      });
    }
    show(box);
  });
}

function newTab(link: HTMLAnchorElement, href: string): HTMLAnchorElement {
  link.href = href;
  link.target = '_blank';
  link.rel = 'noopener';
  return link;
}
