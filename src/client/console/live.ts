import type { LiveEvent } from '../../domain/live-event.ts';
import { byItself } from './by-itself.ts';
import { getJson, Problem } from './http.ts';

type Listener = (event: LiveEvent) => void;

/** Milliseconds: how long the console waits at least and at most before it fetches what an event has changed. */
const SOONEST = 1000;
const LATEST = 5000;
/** Milliseconds before a line that was refused is tried again. */
const AGAIN = 5000;

/**
 * What the server tells open consoles at once, as a stream of events; content is never among them. It lives as long as the session, the
 * console may be locked. The browser reconnects by itself, and where it gives up (a proxy's error) this does; `onChange` is told when the
 * line is lost and when it is back.
 */
export class Live {
  readonly #listeners = new Set<Listener>();
  #source: EventSource | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** Opens the stream. Does nothing when it is open. */
  open(onChange: (connected: boolean) => void): void {
    if (this.#source !== null) return;
    const source = new EventSource('/api/staff/stream');
    source.onopen = () => onChange(true);
    source.onerror = () => {
      onChange(false);
      if (source.readyState === EventSource.CLOSED) this.#openLater(onChange);
    };
    source.onmessage = (message: MessageEvent<string>) => {
      const event = readEvent(message.data);
      if (event !== null) for (const listener of this.#listeners) listener(event);
    };
    this.#source = source;
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#source?.close();
    this.#source = null;
  }

  /** Hears every event at once. Returns the function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Fetches anew after events that `concern` it, once for all that come until then. Some seconds later, because what a console asks
   * for within milliseconds of a tip tells whoever counts requests when the tip came; and marked as asked for by nobody. Returns the
   * function that ends it.
   */
  refetch(concerns: (event: LiveEvent) => boolean, work: () => unknown): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = this.subscribe((event) => {
      if (timer !== undefined || !concerns(event)) return;
      timer = setTimeout(
        () => {
          timer = undefined;
          byItself(work);
        },
        SOONEST + Math.random() * (LATEST - SOONEST),
      );
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }

  /** An answer other than 200 ends an EventSource for good. Asks first whether the session is over, which everybody then hears. */
  #openLater(onChange: (connected: boolean) => void): void {
    this.close();
    const retry = setTimeout(() => {
      const wanted = (): boolean => this.#retry === retry;
      const open = (): void => {
        if (wanted()) this.open(onChange);
      };
      const again = (problem: unknown): void => {
        const over = problem instanceof Problem && problem.status === 401;
        if (wanted() && !over) this.#openLater(onChange);
      };
      byItself(() => getJson('/api/staff/alarms')).then(open, again);
    }, AGAIN);
    this.#retry = retry;
  }
}

/** For figures that anything may change. */
export const anyEvent = (): boolean => true;

// A record, so that a kind that is missing here fails the type check.
const KINDS: Readonly<Record<LiveEvent['kind'], true>> = {
  new_tip: true,
  changed: true,
  alarm: true,
  alarm_over: true,
  unit_changed: true,
  holes_changed: true,
  escalated: true,
  recordings_changed: true,
  boxes_changed: true,
};

/** A live event from a stream's line, or null for one that this build does not know. */
export const readEvent = (data: string): LiveEvent | null => {
  try {
    const value = JSON.parse(data) as { readonly kind?: unknown };
    return typeof value.kind === 'string' && Object.hasOwn(KINDS, value.kind) ? (value as LiveEvent) : null;
  } catch {
    return null;
  }
};
