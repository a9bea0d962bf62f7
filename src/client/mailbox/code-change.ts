import { make } from '../common/dom.ts';
import type { MailboxPage } from './conversation.ts';
import { StepSender } from './step-sender.ts';
import { phaseText, takenText, troubleText } from './telling.ts';

/**
 * A new code in the place of the old one. It is shown to be written down before it is taken, not after: were the answer lost on the way, a
 * code that nobody saw would have locked its holder out for good. Until the page says that it is done, both are kept.
 */
export function codeChange(page: MailboxPage): HTMLElement {
  const { writing } = page.texts;
  const fold = make('details', 'more no-print', make('summary', '', writing.changeTitle));
  fold.id = 'code-change';
  if (page.box.offerChange) {
    fold.open = true;
    fold.append(make('p', 'callout warn', writing.changeOffer));
  }
  const status = make('p', 'step-status');
  status.setAttribute('role', 'status');
  const begin = make('button', 'button quiet', writing.changeMake);
  begin.type = 'button';
  const panel = make('div', '', make('p', 'actions', begin));
  begin.addEventListener('click', async () => {
    begin.disabled = true;
    try {
      panel.replaceChildren(...newCode(page, await page.worker.call('makeCode', []), status, panel));
    } catch (error) {
      status.textContent = troubleText(page.texts, error, false);
      begin.disabled = false;
    }
  });
  fold.append(make('p', 'hint', writing.changeLead), panel, status);
  return fold;
}

function newCode(page: MailboxPage, code: string, status: HTMLElement, panel: HTMLElement): Node[] {
  const { texts, worker } = page;
  const { writing } = texts;
  const sender = new StepSender(page);
  const groups = make('ol', 'code', ...(code.match(/.{4}/g) ?? []).map((group) => make('li', '', group)));
  const go = make('button', 'button', writing.changeGo);
  const stop = make('button', 'button quiet', writing.changeStop);
  for (const one of [go, stop]) one.type = 'button';
  stop.addEventListener('click', () => {
    panel.replaceChildren();
    status.textContent = writing.changeStopped;
  });
  go.addEventListener('click', async () => {
    for (const one of [go, stop]) one.disabled = true;
    const say: Parameters<StepSender['send']>[1] = (phase) => {
      status.textContent = phaseText(texts, phase);
    };
    const build: Parameters<StepSender['send']>[0] = (context) => worker.call('changeCode', [context]);
    try {
      const promise = await (sender.maybeThere ? sender.resend(build, say) : sender.send(build, say));
      groups.replaceChildren();
      await page.show(takenText(texts, writing.changed, promise));
    } catch (error) {
      const { maybeThere } = sender;
      status.textContent = maybeThere ? writing.changeLost : troubleText(texts, error, false);
      go.disabled = false;
      go.textContent = maybeThere ? writing.changeAgain : writing.changeGo;
      // What may have been taken must not be called off: the old code may open nothing any more.
      stop.hidden = maybeThere;
      stop.disabled = false;
    }
  });
  return [
    make('h3', '', writing.changeWrite),
    groups,
    make('p', 'callout warn', writing.changeBoth),
    make('p', 'actions', go, stop),
  ];
}
