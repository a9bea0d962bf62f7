import { ATTACHMENT_LIMITS, type AttachmentForm, cleanFileName } from '../../../domain/attachments.ts';
import type { Looked } from '../../inspect/api.ts';
import { outgoingOf } from '../../inspect/outgoing.ts';
import type { CallAttachment } from '../worker/hotline-calls.ts';

/** A file that came with a letter or a person. */
export interface CallFile {
  readonly file: Blob;
  readonly name: string;
  /** Media type as the device names it; what is sealed goes by the bytes. */
  readonly type: string;
  /** `not_loaded`: what reads files did not come through the line. */
  readonly state: 'reading' | 'not_loaded' | 'ready';
  /** Null before it was looked into, and for a kept voice, which is evidence as it is. */
  readonly looked: Looked | null;
  readonly form: AttachmentForm;
}

/** A file that has just been chosen. */
export const newFile = (file: File): CallFile => ({
  ...{ file, name: cleanFileName(file.name), type: file.type },
  ...{ state: 'reading', looked: null, form: 'original' },
});

/** A recording that is kept as evidence: never changed. */
export const keptVoice = (file: Blob, name: string, type: string): CallFile => ({
  ...{ file, name, type },
  ...{ state: 'ready', looked: null, form: 'original' },
});

/** Which of the files may join those that are there. */
export function admitted(
  files: readonly File[],
  there: number,
): { readonly taken: readonly CallFile[]; readonly wrong: string | null; readonly beyond: boolean } {
  const fits = ({ size }: File): boolean => size > 0 && size <= ATTACHMENT_LIMITS.bytes;
  const good = files.filter(fits).map(newFile);
  const room = ATTACHMENT_LIMITS.count - there;
  const wrong = files.find((file) => !fits(file));
  return {
    taken: good.slice(0, room),
    wrong: wrong === undefined ? null : cleanFileName(wrong.name),
    beyond: good.length > room,
  };
}

/** The file as it is sealed: without what it tells, or the original, as it was chosen. */
export const sealedFile = (file: CallFile): CallAttachment =>
  outgoingOf(file) ?? { file: file.file, name: file.name, type: file.type, form: 'original' };

/** Where the files of a call stand. */
export interface FileKeeper {
  changeFiles(call: number, change: (files: readonly CallFile[]) => readonly CallFile[]): void;
}

/** Looks into the files of calls, one after the other: a Worker that takes a picture apart needs its memory. */
export class FileReading {
  readonly #keeper: FileKeeper;
  readonly #look: (file: Blob, name: string) => Promise<Looked>;
  #turn: Promise<void> = Promise.resolve();

  constructor(keeper: FileKeeper, look: (file: Blob, name: string) => Promise<Looked>) {
    this.#keeper = keeper;
    this.#look = look;
  }

  /** Resolves once it was looked into, or could not be. A file that was taken away meanwhile stays away. */
  read(call: number, { file, name }: Pick<CallFile, 'file' | 'name'>): Promise<void> {
    const set = (change: Partial<CallFile>): void =>
      this.#keeper.changeFiles(call, (files) =>
        files.map((one) => (one.file === file ? { ...one, ...change } : one)),
      );
    set({ state: 'reading' });
    this.#turn = this.#turn.then(async () => {
      try {
        const looked = await this.#look(file, name);
        set({ looked, state: 'ready', form: looked.inspection.ways[0] ?? 'original' });
      } catch {
        set({ state: 'not_loaded' });
      }
    });
    return this.#turn;
  }
}
