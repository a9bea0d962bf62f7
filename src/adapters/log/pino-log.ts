import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
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

/**
 * Structured log with a fixed list of fields: method, route pattern, status, duration in ms, error code; no address, agent, query or body.
 *
 * Staff requests are a line each. Citizens' requests are **counted** and written when the hour turns, because a line is itself a
 * record of when somebody sent or read something; the service promises to keep nothing finer than the hour.
 */
export function pinoLog(options: PinoLogOptions): PinoLog {
  const logger = createLogger(options);
  const tally = createTally((line) => logger.info(line, 'requests'));
  const hourNow = (): number => Math.floor(options.clock.now() / 3600);
  return {
    request(line) {
      if (isCitizens(line.route)) tally.add(hourNow(), line);
      else {
        tally.turn(hourNow());
        logger.info(line, 'request');
      }
    },
    service: (level, event, facts) => logger[level](facts ?? {}, event),
    close: () => tally.flush(),
  };
}

function createLogger(options: PinoLogOptions): Logger {
  const settings = { level: options.level, base: null, timestamp: stdTimeFunctions.isoTime };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

/** Everything but the staff's own routes is a citizen's. */
const isCitizens = (route: string): boolean =>
  !(route.startsWith('/api/staff') || route.startsWith('/console') || route === '/healthz');
