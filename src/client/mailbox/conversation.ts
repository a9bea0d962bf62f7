import type { Lang } from '../../i18n/index.ts';
import type { MailboxTexts } from '../../i18n/vi/mailbox.ts';
import type { CryptoWorker } from '../common/crypto-worker.ts';
import { focusOn, make } from '../common/dom.ts';
import type { OpenedMailbox } from '../common/worker-api.ts';
import { AnswerBox } from './answer-box.ts';
import { codeChange } from './code-change.ts';
import { consentQuestion } from './consent.ts';
import { proofSection } from './proof.ts';
import { showMailbox } from './show.ts';
import type { OpenMailbox } from './step-sender.ts';
import { revisit } from './visit.ts';
import { mayWithdraw, withdrawal } from './withdrawal.ts';

/** What is being written; survives the mailbox being closed for idleness. */
export interface Draft {
  text: string;
}

/** An open mailbox as its parts see it. */
export interface MailboxPage extends OpenMailbox {
  readonly lang: Lang;
  readonly texts: MailboxTexts;
  readonly box: OpenedMailbox;
  readonly draft: Draft;
  /** What looks into files, what sends their parts, and the largest that is taken, in bytes. */
  readonly files: { readonly inspector: string; readonly carrier: string; readonly attachmentBytes: number };
  /** Visits again and draws everything anew, with a sentence above it. */
  show(notice: string): Promise<void>;
}

/** An open mailbox: what the unit wrote, and what can be written back. The Worker keeps the keys until `end`. */
export class Conversation implements MailboxPage {
  readonly worker: CryptoWorker;
  readonly lang: Lang;
  readonly texts: MailboxTexts;
  readonly draft: Draft;
  readonly files: MailboxPage['files'];
  box: OpenedMailbox;
  private readonly host: HTMLElement;
  private readonly close: () => void;
  private answer: AnswerBox | null = null;

  constructor(
    of: Pick<MailboxPage, 'worker' | 'lang' | 'texts' | 'box' | 'draft' | 'files'>,
    host: HTMLElement,
    close: () => void,
  ) {
    this.worker = of.worker;
    this.lang = of.lang;
    this.texts = of.texts;
    this.box = of.box;
    this.draft = of.draft;
    this.files = of.files;
    this.host = host;
    this.close = close;
  }

  readers(): readonly string[] {
    return this.box.readers;
  }

  async refresh(): Promise<void> {
    this.box = await revisit(this.worker, this.lang);
  }

  async show(notice: string): Promise<void> {
    // The step was taken, whatever becomes of the look at it.
    await this.refresh().catch(() => undefined);
    this.draw(notice);
  }

  /** True while something is on its way: not the moment to close for idleness. */
  get sending(): boolean {
    return this.answer?.sending ?? false;
  }

  /** Files that were chosen and not sent: they go with the page's keys. */
  get chosenFiles(): number {
    return this.answer?.chosenFiles ?? 0;
  }

  draw(notice = ''): void {
    const answer = new AnswerBox(this);
    this.answer = answer;
    const close = make('button', 'button quiet', this.texts.close);
    close.type = 'button';
    close.addEventListener('click', this.close);
    const told = make('p', 'callout good', notice);
    told.setAttribute('role', 'status');
    this.host.replaceChildren(
      ...(notice === '' ? [] : [told]),
      ...showMailbox(this.box, this.texts, this.lang, {
        consent: (unit) => consentQuestion(this, unit),
        write: () => answer.focus(),
        proof: proofSection(this),
        between: [answer.element],
      }),
      codeChange(this),
      ...(mayWithdraw(this) ? [withdrawal(this)] : []),
      make('p', 'actions no-print', close),
    );
    focusOn(this.host);
  }
}
