import { fill, type Lang } from '../../../i18n/index.ts';
import type { AttachmentTexts } from '../../../i18n/vi/attachments.ts';
import { type CryptoWorker, WorkerError } from '../../common/crypto-worker.ts';
import { byId, make } from '../../common/dom.ts';
import { uploadLine } from '../../common/part-line.ts';
import { Upload, UploadCancelled } from '../../common/upload.ts';
import type { Line } from '../../common/upload-line.ts';
import { outgoingOf } from '../../inspect/outgoing.ts';
import type { AttachmentInfo } from '../../worker/outgoing-files.ts';
import { Stop } from '../stop.ts';
import type { Chosen } from './chosen.ts';

/** A file that was given to the crypto Worker. */
interface Given {
  readonly worker: CryptoWorker;
  readonly info: AttachmentInfo;
  done: boolean;
}

/** What a person sees of one file on its way. */
interface Row {
  readonly box: HTMLElement;
  say(text: string): void;
  progress(share: number): void;
  controls(shown: 'pause' | 'resume' | 'none'): void;
}

/** Seals and sends files one after the other. What is whole on the server stays there while the person changes answers. */
export class FileSender {
  private readonly texts: AttachmentTexts;
  private readonly line: Line;
  private readonly given = new Map<Chosen, Given>();
  private running: { readonly one: Chosen; readonly upload: Upload } | null = null;

  /** @param carrier address of the script of the Worker that sends parts. */
  constructor(texts: AttachmentTexts, lang: Lang, carrier: string) {
    this.texts = texts;
    this.line = uploadLine(carrier, lang);
  }

  /** `cancelled` is told of a file that the person gave up. Throws `RefusedError`, `WorkerError`, `Stop` for a file that is gone. */
  async send(
    worker: CryptoWorker,
    files: readonly Chosen[],
    cancelled: (one: Chosen) => void,
  ): Promise<void> {
    const rows = new Map(files.map((one) => [one, this.row(one, cancelled)]));
    byId('send-files').replaceChildren(...[...rows.values()].map(({ box }) => box));
    for (const [one, row] of rows) {
      if (!one.gone.signal.aborted) await this.sendOne(worker, one, row);
    }
  }

  /** All are sent again, under new keys. */
  again(): void {
    for (const one of [...this.given.keys()]) this.drop(one);
  }

  /** Takes a file off the server and out of the Worker. */
  drop(one: Chosen): void {
    const given = this.given.get(one);
    if (given === undefined) return;
    this.given.delete(one);
    const { id, secret } = given.info;
    void given.worker.call('detach', [id]).catch(() => undefined);
    if (this.running?.one === one) this.running.upload.cancel();
    else void this.line.send({ method: 'DELETE', url: `/api/uploads/${id}`, secret }).catch(() => undefined);
  }

  forget(): void {
    this.running?.upload.cancel();
    this.given.clear();
    byId('send-files').replaceChildren();
  }

  private async sendOne(worker: CryptoWorker, one: Chosen, row: Row): Promise<void> {
    const given = await this.give(worker, one);
    if (given === null || given.done) {
      row.progress(1);
      row.say(this.texts.sent);
      row.controls('none');
      return;
    }
    const { id } = given.info;
    let share = 0;
    let state: 'sending' | 'waiting' | 'paused' = 'sending';
    const say = (): void =>
      row.say(
        share === 0 && state === 'sending'
          ? this.texts.sealing
          : fill(this.texts[state], { percent: Math.floor(share * 100) }),
      );
    const upload = new Upload(
      given.info,
      {
        part: (no) => worker.call('part', [{ id, no }]),
        done: (no, hash) => worker.call('partDone', [{ id, no, hash }]),
        solve: (challenge) => worker.call('solve', [challenge]),
      },
      {
        progress(sent, all) {
          share = sent / all;
          row.progress(share);
          say();
        },
        note(now) {
          state = now;
          row.controls(now === 'paused' ? 'resume' : 'pause');
          say();
        },
      },
      this.line,
    );
    this.running = { one, upload };
    try {
      const { root } = await upload.run();
      await worker.call('attached', [{ id, root }]);
      given.done = true;
      row.say(this.texts.sent);
      row.controls('none');
    } catch (error) {
      if (error instanceof UploadCancelled) return;
      // The Worker reads the file part by part: it was changed, moved or deleted since.
      if (error instanceof WorkerError && error.code === 'field_invalid')
        throw new Stop({ text: fill(this.texts.gone, { name: one.name }), again: false });
      throw error;
    } finally {
      this.running = null;
    }
  }

  /** Gives a file to the crypto Worker, once; a Worker that was started anew knows none. */
  private async give(worker: CryptoWorker, one: Chosen): Promise<Given | null> {
    const before = this.given.get(one);
    if (before?.worker === worker) return before;
    const outgoing = outgoingOf(one);
    if (outgoing === null) return null;
    const given = { worker, info: await worker.call('attach', [outgoing]), done: false };
    this.given.set(one, given);
    return given;
  }

  private row(one: Chosen, cancelled: (one: Chosen) => void): Row {
    const { texts } = this;
    const bar = make('progress', '');
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute('aria-label', one.name);
    const status = make('span', 'hint', texts.turn);
    const named = (text: string): HTMLButtonElement => {
      const made = make(
        'button',
        'link',
        text,
        make('span', 'visually-hidden', fill(texts.ofFile, { name: one.name })),
      );
      made.type = 'button';
      return made;
    };
    const [pause, resume, cancel] = [named(texts.pause), named(texts.resume), named(texts.cancel)];
    const upload = (): Upload | null => (this.running?.one === one ? this.running.upload : null);
    pause.addEventListener('click', () => {
      upload()?.pause();
      resume.focus();
    });
    resume.addEventListener('click', () => {
      upload()?.resume();
      pause.focus();
    });
    const box = make(
      'li',
      'file-row',
      make('b', '', one.name),
      status,
      bar,
      make('span', 'file-controls', pause, resume, cancel),
    );
    cancel.addEventListener('click', () => {
      box.remove();
      cancelled(one);
    });
    const controls: Row['controls'] = (shown) => {
      pause.hidden = shown !== 'pause';
      resume.hidden = shown !== 'resume';
      cancel.hidden = shown === 'none';
    };
    pause.hidden = resume.hidden = true;
    return {
      box,
      controls,
      say: (text) => {
        if (status.textContent !== text) status.textContent = text;
      },
      progress: (share) => {
        bar.value = Math.round(share * 100);
      },
    };
  }
}
