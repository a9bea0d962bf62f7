import type { WireRecording } from '../../../protocol/wire-hotline.ts';
import type { Problem } from '../http.ts';
import { asProblem } from '../use-load.ts';
import type { AskHotline } from './ask.ts';

/** Answer of `GET /api/staff/hotline/recordings`, oldest first. */
export interface WireRecordings {
  readonly recordings: readonly WireRecording[];
}

/** A recording that is open on this computer. */
export interface OpenVoice {
  readonly id: string;
  readonly hour: number;
  readonly type: string;
  readonly seconds: number;
  readonly line: string;
  readonly parts: number;
  readonly bytes: number;
  /** Tips that were sealed since it was opened. */
  readonly tips: number;
}

export interface ListeningView {
  readonly voice: OpenVoice | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** The voice of the last one is gone for good. */
  readonly ended: boolean;
}

const NOTHING: ListeningView = { voice: null, busy: false, problem: null, ended: false };

/** One recording at a time: opened, heard, written down, and its voice destroyed. Nothing here says which tip came of it. */
export class Listening {
  readonly #ask: AskHotline;
  readonly #listeners = new Set<() => void>();
  #view = NOTHING;
  /** Token of the transcriber on this computer; typed once a session, kept nowhere. */
  token = '';

  constructor(ask: AskHotline) {
    this.#ask = ask;
  }

  view(): ListeningView {
    return this.#view;
  }

  /** Tells of every change until the returned function is called. */
  listen(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  /** Opens a recording; that is written down before its first part comes. False when another one is open or it did not open. */
  async open({ id, hour, bytes }: WireRecording): Promise<boolean> {
    if (this.#view.voice !== null || this.#view.busy) return false;
    return this.#doing(async () => {
      const opened = await this.#ask('openRecording', { id });
      this.#set({ voice: { id, hour, bytes, ...opened, tips: 0 }, ended: false });
    });
  }

  /** One plain part of the recording that is open. */
  async part(no: number): Promise<Uint8Array<ArrayBuffer>> {
    const { voice } = this.#view;
    if (voice === null) return new Uint8Array(0);
    return new Uint8Array(await this.#ask('recordingPart', { id: voice.id, no }));
  }

  /** A tip was sealed while the recording was open. */
  sealed(): void {
    const { voice } = this.#view;
    if (voice !== null) this.#set({ voice: { ...voice, tips: voice.tips + 1 } });
  }

  /** Puts the recording back unheard or half heard; it stays as it was. */
  close(): void {
    if (!this.#view.busy) this.#set(NOTHING);
  }

  /** The session is over. */
  wipe(): void {
    this.token = '';
    this.#set(NOTHING);
  }

  /**
   * Destroys the voice for good. `transcribed` only after a tip was sealed, `nothing` only with a reason; false otherwise, and when it
   * could not be done.
   */
  async end(end: 'transcribed' | 'nothing', reason: string): Promise<boolean> {
    const { voice, busy } = this.#view;
    if (voice === null || busy) return false;
    if (end === 'transcribed' ? voice.tips === 0 : reason.trim() === '') return false;
    return this.#doing(async () => {
      await this.#ask('endRecording', { id: voice.id, end, reason: reason.normalize('NFC').trim() });
      this.#set({ voice: null, ended: true });
    });
  }

  async #doing(work: () => Promise<void>): Promise<boolean> {
    this.#set({ busy: true, problem: null });
    try {
      await work();
      return true;
    } catch (error) {
      this.#set({ problem: asProblem(error) });
      return false;
    } finally {
      this.#set({ busy: false });
    }
  }

  #set(change: Partial<ListeningView>): void {
    this.#view = { ...this.#view, ...change };
    for (const changed of this.#listeners) changed();
  }
}
