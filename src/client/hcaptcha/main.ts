import '../common/older-browsers.ts';
import type { Lang } from '../../i18n/index.ts';
import type { HcaptchaTexts } from '../../i18n/vi/hcaptcha.ts';
import { byId, focusOn } from '../common/dom.ts';
import { LEAVING, leaveFor } from '../common/leave.ts';
import { type CheckMessage, channelName, checkIdOf, readMessage } from './channel.ts';
import { loadHcaptcha } from './script.ts';

/** What the page tells its script (written by `features/intake/views/hcaptcha-page.tsx`). */
interface PageData {
  readonly lang: Lang;
  readonly sitekey: string;
  readonly texts: HcaptchaTexts['page'];
}

/** What can stand in place of the check: no form that waits, result taken, form that does not answer. */
const ENDS = ['check-lost', 'check-done', 'check-silent'] as const;
/** Milliseconds after which a form that has not taken the result is told to be silent; it may only sleep in the background. */
const SILENCE_MS = 3000;

const { lang, sitekey, texts } = JSON.parse(byId('check-data').textContent ?? '') as PageData;
const widget = byId('check-widget');
const status = byId('check-status');
const retry = byId('check-retry');
const leave = byId<HTMLAnchorElement>('leave-quickly');
const id = checkIdOf(location.hash);

byId('check-close').addEventListener('click', () => window.close());
if (id === null) show('check-lost');
else begin(id);

/** Shows one of the page's ends in place of the check. */
function show(end: (typeof ENDS)[number]): void {
  for (const other of ['check', ...ENDS]) byId(other).hidden = true;
  const panel = byId(end);
  panel.hidden = false;
  focusOn(panel);
}

function begin(checkId: string): void {
  const channel = new BroadcastChannel(channelName(checkId));
  const tell = (message: CheckMessage): void => channel.postMessage(message);
  const say = (text: string, trouble: boolean): void => {
    status.textContent = text;
    status.classList.toggle('trouble', trouble);
  };

  // The other language is the same check.
  const language = document.querySelector<HTMLAnchorElement>('a.language');
  if (language !== null) language.hash = checkId;

  let told = false;
  let silence: ReturnType<typeof setTimeout> | undefined;
  const onLeaving = (): void => {
    if (!told) tell({ kind: 'leave' });
    told = true;
  };
  window.addEventListener(LEAVING, onLeaving);
  channel.addEventListener('message', ({ data }) => {
    const heard = readMessage(data)?.kind;
    if (heard === 'taken') {
      clearTimeout(silence);
      show('check-done');
    }
    if (heard !== 'leave') return;
    told = true;
    leaveFor(leave.href);
  });
  window.addEventListener('pagehide', () => tell({ kind: 'closed' }));
  tell({ kind: 'opened' });

  const start = (): void => {
    retry.hidden = true;
    say(texts.loading, false);
    loadHcaptcha(lang)
      .then((api) => {
        api.render(widget, {
          sitekey,
          hl: lang,
          theme: window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
          callback: (token: unknown) => {
            tell({ kind: 'token', token: String(token) });
            clearTimeout(silence);
            silence = setTimeout(() => show('check-silent'), SILENCE_MS);
          },
          'expired-callback': expired,
          'chalexpired-callback': expired,
          'error-callback': () => {
            say(texts.error, true);
            tell({ kind: 'failed' });
          },
        });
        say(texts.ready, false);
      })
      .catch(() => {
        say(texts.failed, true);
        retry.hidden = false;
        tell({ kind: 'failed' });
      });
  };
  const expired = (): void => {
    say(texts.expired, true);
    tell({ kind: 'expired' });
  };
  retry.addEventListener('click', () => {
    tell({ kind: 'opened' });
    start();
  });
  start();
}
