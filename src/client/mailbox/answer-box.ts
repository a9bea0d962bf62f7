import { CONVERSATION_LIMITS, type Informant } from '../../domain/conversation.ts';
import { fill } from '../../i18n/index.ts';
import type { ReadMailbox } from '../../protocol/mailbox-reading.ts';
import { make } from '../common/dom.ts';
import { RefusedError } from '../common/http.ts';
import type { PromiseResult } from '../common/worker-api.ts';
import type { MailboxPage } from './conversation.ts';
import { FilesFold } from './files-fold.ts';
import { NameFold } from './name-fold.ts';
import { StepSender } from './step-sender.ts';
import { phaseText, takenText, troubleText } from './telling.ts';

/** From so few on, the page tells how many messages the day still takes. */
const FEW = 3;

/** Why nothing can be written now; empty when it can. */
function closedBecause({ muted, room }: ReadMailbox, page: MailboxPage): string {
  const { writing } = page.texts;
  if (muted) return writing.muted;
  if (room === null) return '';
  if (room.total === 0) return writing.noRoom;
  return room.today === 0 ? writing.noRoomToday : '';
}

/** The field under the unit's words, in which the citizen writes back. Its text is kept over every failure. */
export class AnswerBox {
  readonly element: HTMLElement;
  private readonly page: MailboxPage;
  private readonly sender: StepSender;
  private readonly field: HTMLTextAreaElement;
  private readonly button: HTMLButtonElement;
  private readonly edit: HTMLButtonElement;
  private readonly status: HTMLElement;
  private readonly name: NameFold;
  private readonly files: FilesFold;
  private busy = false;

  constructor(page: MailboxPage) {
    const { writing } = page.texts;
    this.page = page;
    this.sender = new StepSender(page);
    this.field = make('textarea', '');
    Object.assign(this.field, { id: 'answer', rows: 5, maxLength: CONVERSATION_LIMITS.text });
    for (const [name, value] of Object.entries({ autocomplete: 'off', spellcheck: 'false' }))
      this.field.setAttribute(name, value);
    this.field.value = page.draft.text;
    this.field.addEventListener('input', () => {
      page.draft.text = this.field.value;
      this.tell('');
    });
    const label = make('label', '', writing.label);
    label.htmlFor = 'answer';
    this.button = make('button', 'button', writing.send);
    this.button.type = 'button';
    this.button.addEventListener('click', () => void this.send());
    this.edit = make('button', 'button quiet', writing.edit);
    this.edit.type = 'button';
    this.edit.hidden = true;
    this.edit.addEventListener('click', () => this.editAgain());
    this.status = make('p', 'step-status');
    this.status.setAttribute('role', 'status');
    this.name = new NameFold(page);
    this.files = new FilesFold(page);
    this.element = make('section', 'answer no-print', make('h2', '', writing.title));
    const closed = closedBecause(page.box, page);
    if (closed !== '') {
      this.element.append(make('p', 'callout', closed));
      return;
    }
    this.element.append(
      make('p', 'hint', `${this.whoReads()} ${writing.notShown}`),
      ...(page.box.thread === 'whole' && page.box.consistent
        ? []
        : [make('p', 'callout warn', writing.doubt)]),
      make('div', 'field', label, this.field),
      this.files.element,
      this.name.element,
      this.files.rows,
      make('p', 'actions', this.button, this.edit),
      this.status,
      ...this.roomLeft(),
    );
  }

  focus(): void {
    this.field.focus();
    this.field.scrollIntoView({ block: 'center' });
  }

  /** How many files are chosen and not sent. */
  get chosenFiles(): number {
    return this.files.count();
  }

  get sending(): boolean {
    return this.busy;
  }

  private whoReads(): string {
    const { box, texts, lang } = this.page;
    const unit = lang === 'vi' ? box.unitNameVi : box.unitNameEn;
    return fill(box.readers.length > 1 ? texts.writing.whoBoth : texts.writing.who, { unit });
  }

  private roomLeft(): Node[] {
    const { room } = this.page.box;
    if (room === null || room.today > FEW) return [];
    return [make('p', 'hint', fill(this.page.texts.writing.roomToday, { n: room.today }))];
  }

  private tell(text: string, wrong = false): void {
    this.status.textContent = text;
    this.status.classList.toggle('error', wrong);
  }

  private editAgain(): void {
    this.lock(false);
    this.edit.hidden = true;
    this.button.textContent = this.page.texts.writing.send;
    this.forgotten = true;
    this.tell('');
    this.field.focus();
  }

  /** True when the person gave up a frame that may have arrived: the next one is a new message. */
  private forgotten = false;

  private lock(on: boolean): void {
    this.field.readOnly = on;
    this.name.lock(on);
    this.files.lock(on);
  }

  /** The server may have lost a file since, or has it in an earlier message that nobody knew arrived: it is sent once more. */
  private async withFiles(send: () => Promise<PromiseResult>): Promise<PromiseResult> {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof RefusedError) || error.code !== 'attachment_missing') throw error;
      this.files.again();
      return send();
    }
  }

  private async send(): Promise<void> {
    const { worker, lang, texts } = this.page;
    const { writing } = texts;
    const text = this.field.value.normalize('NFC').trim();
    if (this.busy) return;
    const waiting = this.files.problem();
    if (waiting !== '') return this.tell(waiting, true);
    if (text === '' && this.files.count() === 0) return this.tell(writing.empty, true);
    const informant: Informant | null | 'missing' = this.name.read();
    if (informant === 'missing') return this.tell(writing.nameMissing, true);
    this.busy = true;
    this.button.disabled = true;
    this.edit.hidden = true;
    this.lock(true);
    const build: Parameters<StepSender['send']>[0] = async (context) => {
      if (this.files.count() > 0) this.tell(writing.sendingFiles);
      await this.files.send();
      return worker.call('compose', [{ ...context, text, lang, informant }]);
    };
    const say: Parameters<StepSender['send']>[1] = (phase) => this.tell(phaseText(texts, phase));
    try {
      const resend = this.sender.maybeThere && !this.forgotten;
      this.forgotten = false;
      const promise = await this.withFiles(() =>
        resend ? this.sender.resend(build, say) : this.sender.send(build, say),
      );
      this.files.forget();
      this.busy = false;
      this.page.draft.text = '';
      await this.page.show(takenText(texts, writing.sent, promise));
    } catch (error) {
      this.busy = false;
      const { maybeThere } = this.sender;
      this.tell(troubleText(texts, error, maybeThere), true);
      this.button.disabled = false;
      this.button.textContent = maybeThere ? writing.resend : writing.send;
      this.edit.hidden = !maybeThere;
      this.lock(maybeThere);
    }
  }
}
