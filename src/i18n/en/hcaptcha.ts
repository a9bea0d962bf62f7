import type { HcaptchaTexts } from '../vi/hcaptcha.ts';

export const hcaptcha: HcaptchaTexts = {
  stage: 'Showing that this is not spam (you answer a check by hCaptcha)',
  anonymity:
    'Before sending, this site opens a check by hCaptcha, an outside company. That company sees your network address and that you visit this site; it does not see what you tell. To hide your address, use Tor Browser.',
  form: {
    title: 'One more step: show that you are not a machine',
    who: 'This service uses hCaptcha, run by an American company, to keep out spam that machines send.',
    sees: 'That company sees your network address and your kind of browser, and that you are on this site. It does not see what you told, nor your code: the check opens in a tab of its own, kept apart from this page.',
    choice:
      'If you do not want it to see your address, stop here and send with Tor Browser. Nothing has been sent.',
    open: 'Open the check in a new tab',
    reopen: 'Open the check again',
    stop: 'Stop and go back',
    refused:
      'hCaptcha did not confirm the answer, or it came too late. Please do the check again; what you wrote is still here.',
    opened: 'The check is open in the other tab. When it is done, come back here; sending goes on by itself.',
    closed: 'The tab with the check was closed before it was done. You can open it again.',
    expired: 'The check has run out. Please do it again in the other tab, or open it again from here.',
    failed:
      'The check could not be loaded: the network or an extension of the browser may be blocking hCaptcha. Check your connection and open it again.',
    unfit:
      'What came from the other tab does not look like a result and was not used. Please open the check again.',
    late: 'The check took too long. Press try again when you are ready.',
    unsupported: 'This browser is too old to receive the result of the check. Please use another one.',
    plain:
      'hCaptcha does not work for you? The simple page does without it, but the server sees your words for a moment.',
    plainLink: 'Open the simple page in a new tab',
  },
  page: {
    title: 'The check by hCaptcha',
    lead: 'The box below belongs to hCaptcha, an outside company. It sees your network address, but not the tip that you write.',
    care: 'Do not write your code or anything of your tip on this page.',
    loading: 'Loading the check…',
    ready: 'Tick the box and do what hCaptcha asks.',
    expired: 'Time has run out. Please tick the box and do it again.',
    error: 'hCaptcha reports an error. Check your connection, then tick the box and do it again.',
    failed:
      'The check could not be loaded. The network or an extension of the browser may be blocking hCaptcha. Try again, or go back to the tab with your tip: what you wrote is still there.',
    retry: 'Try again',
    close: 'Close this tab',
    doneTitle: 'Done. Go back to the other tab',
    done: 'The result is with your tip, which is being sent there. You can close this tab.',
    silentTitle: 'The tab with your tip does not answer',
    silent:
      'Go back to it; the result will be taken then. If that tab was closed, the tip was not sent and has to be written again.',
    lostTitle: 'This page is opened from the page that sends a tip',
    lost: 'Go back to the tab with your tip and open the check from there. Nothing has been loaded from hCaptcha here.',
    noscript: 'The check needs a browser that runs scripts.',
  },
};
