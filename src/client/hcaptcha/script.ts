import type { Lang } from '../../i18n/index.ts';

/** hCaptcha's script, as its documentation names it; drawn by our call alone, without its own error reports. */
const SCRIPT = 'https://js.hcaptcha.com/1/api.js?render=explicit&recaptchacompat=off&sentry=false';
/** The script calls this by name once it is ready. */
const READY = 'tinkinHcaptchaReady';
const LOAD_MS = 30_000;

/** The part of hCaptcha's interface that is used. */
export interface HcaptchaApi {
  render(container: HTMLElement, settings: Readonly<Record<string, unknown>>): unknown;
}

/** Fetches and starts hCaptcha's script. Rejects when it does not come within half a minute or is blocked; may be called again. */
export function loadHcaptcha(lang: Lang): Promise<HcaptchaApi> {
  const globals = window as unknown as Record<string, unknown>;
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const fail = (): void => {
      clearTimeout(timer);
      script.remove();
      reject(new Error('not loaded'));
    };
    const timer = setTimeout(fail, LOAD_MS);
    globals[READY] = (): void => {
      clearTimeout(timer);
      resolve(globals.hcaptcha as HcaptchaApi);
    };
    script.addEventListener('error', fail);
    script.src = `${SCRIPT}&onload=${READY}&hl=${lang}`;
    document.head.append(script);
  });
}
