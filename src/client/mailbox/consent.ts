import { isUnitId } from '../../domain/ids.ts';
import { fill, formatDay } from '../../i18n/index.ts';
import { make } from '../common/dom.ts';
import type { MailboxPage } from './conversation.ts';
import { StepSender } from './step-sender.ts';
import { phaseText, takenText, troubleText } from './telling.ts';
import { directoryOf } from './visit.ts';

/**
 * The unit's question whether another one may have the tip. Name and buttons come only when the person asks for them, after the directory
 * has proven which unit it is: what is signed is the unit's code, so its name must not be the asking unit's word.
 */
export function consentQuestion(page: MailboxPage, unit: string): HTMLElement {
  const { texts, box } = page;
  const { writing } = texts;
  const status = make('p', 'step-status');
  status.setAttribute('role', 'status');
  const look = make('button', 'button quiet', writing.consentLook);
  look.type = 'button';
  const panel = make('div', 'consent no-print', make('p', '', writing.consentAsk));
  const answered = box.steps.findLast(({ step }) => step === 'consent_answered');
  if (answered !== undefined && answered.day !== '')
    panel.append(make('p', 'hint', fill(writing.consentDone, { day: formatDay(page.lang, answered.day) })));
  panel.append(make('p', 'actions', look), status);
  look.addEventListener('click', async () => {
    look.disabled = true;
    status.textContent = writing.phases.keys;
    try {
      const names = await namesOf(page, unit);
      status.textContent = names === null ? fill(writing.unitUnproven, { unit }) : '';
      if (names !== null) panel.replaceChildren(...question(page, unit, names[page.lang], status));
    } catch (error) {
      status.textContent = troubleText(texts, error, false);
      look.disabled = false;
    }
  });
  return panel;
}

async function namesOf(
  { worker, lang }: MailboxPage,
  unit: string,
): Promise<{ readonly vi: string; readonly en: string } | null> {
  if (!isUnitId(unit)) return null;
  const bundle = await directoryOf(unit, lang);
  const names = await worker.call('unitNames', [{ unit, bundle, now: Math.floor(Date.now() / 1000) }]);
  return names === null ? null : { vi: names.nameVi, en: names.nameEn };
}

function question(page: MailboxPage, unit: string, name: string, status: HTMLElement): Node[] {
  const { texts, worker } = page;
  const { writing } = texts;
  const sender = new StepSender(page);
  const yes = make('button', 'button', writing.consentYes);
  const no = make('button', 'button quiet', writing.consentNo);
  let chosen: boolean | null = null;
  const answer = async (agree: boolean): Promise<void> => {
    if (!isUnitId(unit)) return;
    for (const one of [yes, no]) one.disabled = true;
    const say: Parameters<StepSender['send']>[1] = (phase) => {
      status.textContent = phaseText(texts, phase);
    };
    const build: Parameters<StepSender['send']>[0] = (context) =>
      worker.call('consent', [{ ...context, unit, yes: agree }]);
    try {
      const again = sender.maybeThere && chosen === agree;
      chosen = agree;
      const promise = await (again ? sender.resend(build, say) : sender.send(build, say));
      await page.show(takenText(texts, writing.answered, promise));
    } catch (error) {
      status.textContent = troubleText(texts, error, sender.maybeThere);
      for (const one of [yes, no]) one.disabled = false;
    }
  };
  for (const [button, agree] of [
    [yes, true],
    [no, false],
  ] as const) {
    button.type = 'button';
    button.addEventListener('click', () => void answer(agree));
  }
  return [
    make('p', 'consent-question', fill(writing.consentQuestion, { unit: name })),
    make('p', 'hint', writing.consentWhy),
    make('p', 'actions', yes, no),
    status,
  ];
}
