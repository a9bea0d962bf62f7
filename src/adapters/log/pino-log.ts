import { type DestinationStream, pino, stdTimeFunctions } from 'pino';
import type { Clock } from '../../ports/clock.ts';
import type { RequestLog } from '../../ports/deps.ts';
import { createTally } from './tally.ts';

export interface PinoLogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Where lines go; standard output unless told. */
  readonly destination?: DestinationStream;
  readonly clock: Clock;
}

export interface PinoLog extends RequestLog {
  /** Writes what is still counted. */
  close(): void;
}

/** Milliseconds after the end of an hour at which it is written, so that no timer comes before it. */
const GRACE = 1_000;

/**
 * Structured log with a fixed list of fields: method, route pattern, status, duration in ms, error code; no address, agent, query or body.
 *
 * Staff requests are a line each. Citizens' requests, and those that a console makes by itself because a citizen did something, are
 * **counted** and written by a timer when their hour has ended, with the hour and no other time: a line is itself a record of when
 * somebody sent or read something, and the service promises to keep nothing finer than the hour.
 */
export function pinoLog(options: PinoLogOptions): PinoLog {
  const destination = options.destination ?? pino.destination(1);
  const settings = { level: options.level, base: null };
  const logger = pino({ ...settings, timestamp: stdTimeFunctions.isoTime }, destination);
  const timeless = pino({ ...settings, timestamp: false }, destination);
  const tally = createTally((line) => timeless.info(line, 'requests'));
  const hourNow = (): number => Math.floor(options.clock.now() / 3600);
  const atHoursEnd = (): NodeJS.Timeout =>
    setTimeout(
      () => {
        tally.writeBefore(hourNow());
        timer = atHoursEnd();
      },
      (3600 - (options.clock.now() % 3600)) * 1000 + GRACE,
    ).unref();
  let timer = atHoursEnd();
  return {
    request({ bySelf, ...line }) {
      if (bySelf === true || isCitizens(line.route)) tally.add(hourNow(), line);
      else logger.info(line, 'request');
    },
    service: (level, event, facts) => logger[level](facts ?? {}, event),
    close() {
      clearTimeout(timer);
      tally.flush();
    },
  };
}

/** Everything but the staff's own routes is a citizen's. */
const isCitizens = (route: string): boolean =>
  !(route.startsWith('/api/staff') || route.startsWith('/console') || route === '/healthz');
