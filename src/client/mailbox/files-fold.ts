import { ATTACHMENT_LIMITS } from '../../domain/attachments.ts';
import { fill } from '../../i18n/index.ts';
import { make } from '../common/dom.ts';
import type { FilesStep } from '../form/files/step.ts';
import type { MailboxPage } from './conversation.ts';

/** "Attach files": what handles them is fetched when somebody opens it, and nothing of it by who never does. */
export class FilesFold {
  readonly element: HTMLDetailsElement;
  /** Files on their way; outside the fold, so that they are seen while it is closed. */
  readonly rows: HTMLElement;
  private readonly page: MailboxPage;
  private readonly panel: HTMLElement;
  private files: FilesStep | null = null;
  private loading = false;

  constructor(page: MailboxPage) {
    this.page = page;
    this.panel = make('div', '');
    this.rows = make('ul', 'file-rows');
    this.rows.id = 'send-files';
    this.element = make('details', 'more', make('summary', '', page.texts.writing.filesTitle), this.panel);
    this.element.id = 'answer-files';
    this.element.addEventListener('toggle', () => {
      if (this.element.open) void this.load();
    });
  }

  count(): number {
    return this.files?.count() ?? 0;
  }

  /** Why nothing can be sent yet; empty when it can. */
  problem(): string {
    return this.files?.problem() ?? '';
  }

  /** Seals and sends every file that is not on the server yet. */
  async send(): Promise<void> {
    if (this.count() > 0) await this.files?.send(this.page.worker);
  }

  /** The server lacks one: all are sent again. */
  again(): void {
    this.files?.again();
  }

  forget(): void {
    this.files?.forget();
  }

  lock(on: boolean): void {
    this.element.inert = on;
  }

  private async load(): Promise<void> {
    if (this.files !== null || this.loading) return;
    this.loading = true;
    const { lang, texts, files } = this.page;
    this.panel.replaceChildren(make('p', 'hint', texts.writing.filesLoading));
    try {
      const { attachments } =
        lang === 'vi'
          ? await import('../../i18n/vi/attachments.ts')
          : await import('../../i18n/en/attachments.ts');
      const { createFilesStep } = await import('../form/files/step.ts');
      const { step, list } = attachments;
      const chosen = make('ul', 'files');
      chosen.id = 'files-list';
      chosen.hidden = true;
      chosen.setAttribute('aria-label', list);
      const status = make('p', 'files-status');
      status.id = 'files-status';
      status.setAttribute('role', 'status');
      const input = make('input', '');
      Object.assign(input, { type: 'file', id: 'files-input', multiple: true, autocomplete: 'off' });
      input.setAttribute('aria-describedby', 'files-limits files-status');
      const choose = make('label', 'button quiet', step.choose);
      choose.id = 'files-choose';
      choose.htmlFor = input.id;
      const size = `${Math.floor(files.attachmentBytes / 1024 / 1024)} MB`;
      const limits = make('p', 'hint', fill(step.limits, { count: ATTACHMENT_LIMITS.count, size }));
      limits.id = 'files-limits';
      this.panel.replaceChildren(
        make('p', 'hint', `${step.careTitle}. ${step.care}`),
        chosen,
        status,
        make('div', 'files-choose', input, choose),
        limits,
      );
      this.files = await createFilesStep({ lang, ...files });
    } catch {
      // A script that did not come through the line: said beside a button, while words go on without it.
      const retry = make('button', 'link', texts.writing.filesNotLoaded);
      retry.type = 'button';
      retry.addEventListener('click', () => void this.load());
      this.panel.replaceChildren(make('p', '', retry));
    }
    this.loading = false;
  }
}
