import { CONVERSATION_LIMITS, type Informant } from '../../domain/conversation.ts';
import { make } from '../common/dom.ts';
import type { MailboxPage } from './conversation.ts';

/** "I want to say who I am": closed until somebody opens it, and read only while it is open. */
export class NameFold {
  readonly element: HTMLDetailsElement;
  private readonly name: HTMLInputElement;
  private readonly contact: HTMLInputElement;
  private readonly secret: HTMLInputElement;

  constructor({ texts }: Pick<MailboxPage, 'texts'>) {
    const { writing } = texts;
    this.name = input('answer-name', CONVERSATION_LIMITS.name);
    this.contact = input('answer-contact', CONVERSATION_LIMITS.contact);
    this.secret = make('input', '');
    Object.assign(this.secret, { type: 'checkbox', id: 'answer-secret', checked: true });
    this.element = make(
      'details',
      'more',
      make('summary', '', writing.nameTitle),
      make('p', 'hint', writing.nameLead),
      field(writing.name, this.name),
      field(writing.contact, this.contact),
      make('p', 'tick', this.secret, labelOf(writing.secret, this.secret)),
    );
  }

  /** What was said; null while the fold is closed, `missing` when it is open without a name. */
  read(): Informant | null | 'missing' {
    if (!this.element.open) return null;
    const name = this.name.value.normalize('NFC').trim();
    if (name === '') return 'missing';
    return {
      mode: this.secret.checked ? 'confidential' : 'named',
      reason: '',
      name,
      born: '',
      address: '',
      contact: this.contact.value.normalize('NFC').trim(),
    };
  }

  lock(on: boolean): void {
    for (const one of [this.name, this.contact]) one.readOnly = on;
    this.secret.disabled = on;
  }
}

function input(id: string, most: number): HTMLInputElement {
  const made = make('input', '');
  Object.assign(made, { type: 'text', id, maxLength: most });
  made.setAttribute('autocomplete', 'off');
  return made;
}

const labelOf = (text: string, of: HTMLInputElement): HTMLLabelElement => {
  const label = make('label', '', text);
  label.htmlFor = of.id;
  return label;
};

const field = (text: string, of: HTMLInputElement): HTMLElement =>
  make('div', 'field', labelOf(text, of), of);
