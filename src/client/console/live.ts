import type { LiveEvent } from '../../domain/live-event.ts';

type Listener = (event: LiveEvent) => void;

/**
 * What the server tells open consoles at once, as a stream of events; content is never among them. The browser reconnects by
 * itself; `onChange` is told when the line is lost and when it is back.
 */
export class Live {
  readonly #listeners = new Set<Listener>();
  #source: EventSource | null = null;

  /** Opens the stream. Does nothing when it is open. */
  open(onChange: (connected: boolean) => void): void {
    if (this.#source !== null) return;
    const source = new EventSource('/api/staff/stream');
    source.onopen = () => onChange(true);
    source.onerror = () => onChange(false);
    source.onmessage = (message: MessageEvent<string>) => {
      const event = readEvent(message.data);
      if (event !== null) for (const listener of this.#listeners) listener(event);
    };
    this.#source = source;
  }

  close(): void {
    this.#source?.close();
    this.#source = null;
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

const KINDS = ['new_tip', 'changed', 'alarm', 'alarm_over', 'unit_changed'];

/** A live event from a stream's line, or null for one that this build does not know. */
export const readEvent = (data: string): LiveEvent | null => {
  try {
    const value = JSON.parse(data) as { readonly kind?: unknown };
    return typeof value.kind === 'string' && KINDS.includes(value.kind) ? (value as LiveEvent) : null;
  } catch {
    return null;
  }
};
