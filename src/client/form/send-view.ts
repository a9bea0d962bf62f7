import type { SendingTexts } from '../../i18n/vi/sending.ts';
import { byId, focusOn, make } from '../common/dom.ts';

export type Stage = 'prepare' | 'keys' | 'files' | 'seal' | 'proof' | 'send' | 'promise';

/** What went wrong, in words, and whether trying again can help. */
export interface Trouble {
  readonly text: string;
  readonly again: boolean;
}

/** The panel between "send" and the code. */
export interface SendView {
  open(): void;
  close(): void;
  stage(stage: Stage): void;
  progress(share: number): void;
  /** `remark` is said below, where it is not empty. */
  sealedFor(unit: string, fingerprint: string, remark: string): void;
  note(text: string): void;
  /** Puts a box that asks something where the person looks. */
  show(box: HTMLElement): void;
  /** Asks whether another unit may take the tip. */
  ask(title: string, text: string, yes: string, no: string): Promise<boolean>;
  /** Shows trouble; resolves with what the person chose. */
  trouble(trouble: Trouble): Promise<'again' | 'edit'>;
}

export function createSendView(texts: SendingTexts): SendView {
  const panel = byId('send-panel');
  const problem = byId('send-problem');
  const retry = byId<HTMLButtonElement>('send-retry');
  const edit = byId<HTMLButtonElement>('send-edit');
  const bar = byId<HTMLProgressElement>('proof-progress');
  const note = byId('send-note');
  const stages = Array.from(panel.querySelectorAll<HTMLElement>('[data-stage]'));

  return {
    open() {
      byId('tip-form').hidden = true;
      byId('step-of').textContent = '';
      byId('form-title').classList.add('visually-hidden');
      problem.hidden = true;
      panel.hidden = false;
      focusOn(panel);
    },
    close() {
      panel.hidden = true;
      byId('form-title').classList.remove('visually-hidden');
      byId('tip-form').hidden = false;
    },
    stage(stage) {
      const at = stages.findIndex(({ dataset }) => dataset.stage === stage);
      for (const [i, one] of stages.entries()) {
        one.dataset.state = i < at ? 'done' : i === at ? 'now' : 'later';
        if (i === at) one.setAttribute('aria-current', 'step');
        else one.removeAttribute('aria-current');
        if (one.dataset.stage === stage) one.hidden = false;
      }
      note.textContent = texts.stay;
    },
    progress(share) {
      bar.value = Math.min(100, Math.round(share * 100));
    },
    sealedFor(unit, fingerprint, remark) {
      const lines = [make('b', '', unit), make('span', 'fingerprint', fingerprint)];
      if (remark !== '') lines.push(make('span', 'hint', remark));
      byId('sealed-for').replaceChildren(...lines);
    },
    note(text) {
      note.textContent = text;
    },
    show(box) {
      note.before(box);
      focusOn(box);
    },
    ask(title, text, yes, no) {
      const agree = make('button', 'button', yes);
      const refuse = make('button', 'button quiet', no);
      agree.type = 'button';
      refuse.type = 'button';
      const box = make(
        'div',
        'callout warn',
        make('p', 'callout-title', title),
        make('p', '', text),
        make('p', 'actions', agree, refuse),
      );
      box.tabIndex = -1;
      box.setAttribute('role', 'alert');
      this.show(box);
      return new Promise((resolve) => {
        const answer = (value: boolean) => (): void => {
          box.remove();
          resolve(value);
        };
        agree.addEventListener('click', answer(true));
        refuse.addEventListener('click', answer(false));
      });
    },
    trouble({ text, again }) {
      byId('send-problem-title').textContent = texts.retryTitle;
      byId('send-problem-text').textContent = text;
      retry.hidden = !again;
      problem.hidden = false;
      problem.scrollIntoView({ block: 'nearest' });
      return new Promise((resolve) => {
        const choose = (value: 'again' | 'edit') => (): void => {
          problem.hidden = true;
          resolve(value);
        };
        retry.onclick = choose('again');
        edit.onclick = choose('edit');
      });
    },
  };
}
