import type { TipId } from '../../domain/ids.ts';
import type { LiveEvent } from '../../domain/live-event.ts';

/** Urgent tips that nobody has acknowledged yet. */
export interface Alarms {
  readonly tips: readonly { readonly tip: TipId; readonly reason: 'untaken' | 'no_console' }[];
}

export const NO_ALARMS: Alarms = { tips: [] };

/** The alarms after a live event: a tip rings once, whatever its level. */
export const afterEvent = (alarms: Alarms, event: LiveEvent): Alarms => {
  if (event.kind === 'alarm_over') return without(alarms, event.tip);
  if (event.kind !== 'alarm' || alarms.tips.some((known) => known.tip === event.tip)) return alarms;
  return { tips: [...alarms.tips, { tip: event.tip, reason: event.reason }] };
};

/** The alarms once a tip was acknowledged, here or elsewhere. */
export const without = (alarms: Alarms, tip: TipId): Alarms =>
  alarms.tips.some((known) => known.tip === tip)
    ? { tips: alarms.tips.filter((known) => known.tip !== tip) }
    : alarms;

/** The page's title: alarms first, so that a tab in the background shows them. */
export const titleWith = (title: string, alarms: number): string =>
  alarms === 0 ? title : `(${alarms}) ${title}`;

const EVERY = 8000;

/** Rings until it is stopped. A browser lets a page sound only after the person has touched it: until then it stays silent. */
export class Bell {
  #audio: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;

  /** To be called in a click or key press. */
  allow(): void {
    this.#audio ??= new AudioContext();
    void this.#audio.resume();
  }

  ring(): void {
    if (this.#timer !== null) return;
    this.#strike();
    this.#timer = setInterval(() => this.#strike(), EVERY);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Three short notes, soft at both ends. */
  #strike(): void {
    const audio = this.#audio;
    if (audio === null || audio.state !== 'running') return;
    for (const [index, pitch] of [784, 784, 988].entries()) {
      const start = audio.currentTime + index * 0.28;
      const note = audio.createOscillator();
      const volume = audio.createGain();
      note.frequency.value = pitch;
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(0.25, start + 0.02);
      volume.gain.linearRampToValueAtTime(0, start + 0.22);
      note.connect(volume).connect(audio.destination);
      note.start(start);
      note.stop(start + 0.24);
    }
  }
}

/** A line on the desktop that says only that something waits. Nothing without the person's permission. */
export const notifyDesktop = (title: string, body: string): void => {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  new Notification(title, { body, tag: 'tinkin-alarm', requireInteraction: true });
};
