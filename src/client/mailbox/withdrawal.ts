import { fill, formatDay } from '../../i18n/index.ts';
import { make } from '../common/dom.ts';
import type { MailboxPage } from './conversation.ts';
import { StepSender } from './step-sender.ts';
import { phaseText, takenText, troubleText } from './telling.ts';

/** Stages in which there is still something to withdraw from. */
const OPEN: readonly string[] = ['submitted', 'received', 'classified', 'assigned', 'verifying'];

export const mayWithdraw = ({ box }: MailboxPage): boolean => OPEN.includes(box.stage);

/**
 * Taking a tip back with one's own signature. It says first what that does not do: the unit may go on, because a crime is not the informant's to
 * forgive, and nothing that was sent goes away.
 */
export function withdrawal(page: MailboxPage): HTMLElement {
  const { texts, box, lang, worker } = page;
  const { writing } = texts;
  const fold = make('details', 'more no-print', make('summary', '', writing.withdrawTitle));
  fold.id = 'withdrawal';
  const signed = box.steps.findLast(({ step }) => step === 'withdrawal_signed' || step === 'reopened');
  if (signed?.step === 'withdrawal_signed') {
    fold.append(make('p', 'hint', fill(writing.withdrawn, { day: formatDay(lang, signed.day) })));
    return fold;
  }
  const sender = new StepSender(page);
  const status = make('p', 'step-status');
  status.setAttribute('role', 'status');
  const go = make('button', 'button quiet', writing.withdrawGo);
  go.type = 'button';
  go.addEventListener('click', async () => {
    go.disabled = true;
    const say: Parameters<StepSender['send']>[1] = (phase) => {
      status.textContent = phaseText(texts, phase);
    };
    const build: Parameters<StepSender['send']>[0] = (context) => worker.call('withdraw', [context]);
    try {
      const promise = await (sender.maybeThere ? sender.resend(build, say) : sender.send(build, say));
      await page.show(takenText(texts, writing.withdrawDone, promise));
    } catch (error) {
      status.textContent = troubleText(texts, error, sender.maybeThere);
      go.disabled = false;
    }
  });
  fold.append(
    make('p', 'hint', writing.withdrawLead),
    make('p', 'hint', writing.withdrawForced),
    make('p', 'actions', go),
    status,
  );
  return fold;
}
