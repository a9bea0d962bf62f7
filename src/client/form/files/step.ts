import { fill } from '../../../i18n/index.ts';
import type { AttachmentTexts } from '../../../i18n/vi/attachments.ts';
import type { CryptoWorker } from '../../common/crypto-worker.ts';
import { byId } from '../../common/dom.ts';
import { lookIn } from '../../inspect/inspector.ts';
import type { PageData } from '../page-data.ts';
import { fileCard } from './card.ts';
import { admit, type Chosen, newChosen, sizeText } from './chosen.ts';
import { FileSender } from './file-sender.ts';

/** The step in which files are chosen. Fetched only when somebody chooses some. */
export interface FilesStep {
  /** Why the step cannot be left yet; empty when it can. */
  problem(): string;
  /** One line a file for the review. */
  lines(): readonly string[];
  readonly title: string;
  count(): number;
  /** Seals and sends every file that is not on the server yet. Throws what `Upload` throws, and `Stop` for a file that is gone. */
  send(worker: CryptoWorker): Promise<void>;
  /** The server says that it lacks one: all are sent again. */
  again(): void;
  /** Takes everything away; what is on its way is given up. */
  forget(): void;
}

/** What of a page's data the step needs. */
type FilesData = Pick<PageData, 'lang' | 'inspector' | 'carrier' | 'attachmentBytes'>;

export async function createFilesStep(data: FilesData): Promise<FilesStep> {
  const { lang } = data;
  const { attachments: texts } =
    lang === 'vi'
      ? await import('../../../i18n/vi/attachments.ts')
      : await import('../../../i18n/en/attachments.ts');
  return new Step(data, texts);
}

class Step implements FilesStep {
  readonly title: string;
  private readonly data: FilesData;
  private readonly texts: AttachmentTexts;
  private readonly sender: FileSender;
  private readonly chosen: Chosen[] = [];
  private reading: Promise<void> = Promise.resolve();

  constructor(data: FilesData, texts: AttachmentTexts) {
    this.data = data;
    this.texts = texts;
    this.title = texts.reviewTitle;
    this.sender = new FileSender(texts, data.lang, data.carrier);
    const input = byId<HTMLInputElement>('files-input');
    input.disabled = false;
    const take = (): void => {
      this.add(Array.from(input.files ?? []));
      // The same file may be chosen again after it was taken away.
      input.value = '';
    };
    input.addEventListener('change', take);
    // Chosen while this was on its way.
    take();
  }

  problem(): string {
    if (this.chosen.some(({ state }) => state === 'not_loaded')) return this.texts.retryReading;
    return this.chosen.some(({ state }) => state === 'reading') ? this.texts.waitReading : '';
  }

  lines(): readonly string[] {
    const { reviewClean, reviewOriginal } = this.texts;
    return this.chosen.map(({ name, file, form }) =>
      fill(form === 'original' ? reviewOriginal : reviewClean, {
        name,
        size: sizeText(this.data.lang, file.size),
      }),
    );
  }

  count(): number {
    return this.chosen.length;
  }

  async send(worker: CryptoWorker): Promise<void> {
    await this.sender.send(worker, this.chosen, (given) => this.remove(given));
  }

  again(): void {
    this.sender.again();
  }

  forget(): void {
    for (const one of this.chosen.splice(0)) one.gone.abort();
    this.sender.forget();
    this.show();
    this.tell('');
  }

  private add(files: readonly File[]): void {
    const bounds = { bytes: this.data.attachmentBytes, texts: this.texts, lang: this.data.lang };
    const { taken, refused } = admit(files, this.chosen, bounds, fill);
    for (const file of taken) {
      const one = newChosen(file);
      this.chosen.push(one);
      this.look(one);
    }
    this.show();
    this.tell(refused.join('\n'));
  }

  /** One file after the other: a phone has memory for one picture. */
  private look(one: Chosen): void {
    one.state = 'reading';
    this.reading = this.reading.then(async () => {
      if (one.gone.signal.aborted) return;
      try {
        const { file, name } = one;
        one.looked = await lookIn(this.data.inspector, { file, name }, one.gone.signal);
        one.form = one.looked.inspection.ways[0] ?? 'original';
        one.state = 'ready';
      } catch {
        one.state = 'not_loaded';
      }
      if (!one.gone.signal.aborted) this.show();
      if (this.problem() === '') this.tell('');
    });
  }

  private remove(one: Chosen): void {
    const at = this.chosen.indexOf(one);
    if (at === -1) return;
    one.gone.abort();
    this.chosen.splice(at, 1);
    this.sender.drop(one);
    this.show();
    this.tell(fill(this.texts.removed, { name: one.name }));
  }

  private show(): void {
    const list = byId('files-list');
    list.hidden = this.chosen.length === 0;
    list.replaceChildren(
      ...this.chosen.map((one, at) =>
        fileCard(one, at, this.texts, this.data.lang, {
          remove: () => {
            this.remove(one);
            byId('files-input').focus();
          },
          again: () => {
            this.look(one);
            this.show();
          },
          changed: () => {
            this.sender.drop(one);
            this.show();
            byId(`file-way-${at}-${one.form}`).focus();
          },
        }),
      ),
    );
    const { choose, chooseMore } = this.texts.step;
    byId('files-choose').textContent = this.chosen.length === 0 ? choose : chooseMore;
  }

  private tell(text: string): void {
    byId('files-status').textContent = text;
  }
}
