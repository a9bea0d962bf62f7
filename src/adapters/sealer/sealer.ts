import { AppError } from '../../domain/errors.ts';
import type { Seconds, UnitId } from '../../domain/ids.ts';
import { isUnitId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PlainTip, Sealer, ServerSealed } from '../../ports/sealer.ts';
import { wipe } from '../../protocol/bytes.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { unitsOfMailbox } from '../../protocol/mailbox-reading.ts';
import { parseReceiptCode } from '../../protocol/receipt-code.ts';
import { encodePins, type Pins } from '../../protocol/root.ts';
import { createQuota } from './quota.ts';
import { SealerRefusal, startThreads, type Threads } from './threads.ts';

export interface SealerOptions {
  readonly pins: Pins;
  readonly clock: Clock;
  /** Threads at most. */
  readonly workers: number;
  /** Requests to send that may wait for them, and as many to read; beyond it `sealer_busy`. */
  readonly queue: number;
  /** Tips sealed in one minute at most, from everybody together; beyond it `sealer_quota`. */
  readonly perMinute: number;
  /** Directory bundle of a unit (bytes of `encodeBundle`): `live` for sealing, `all` for reading. Error `unit_unknown`. */
  bundleFor(unit: UnitId, epochs: 'live' | 'all'): Promise<Uint8Array>;
}

/** Refusals after which the next candidate is tried. */
const MISSING: readonly string[] = ['epoch_missing', 'unit_unknown'];

/** The sealer on Node's worker threads. Threads start with the first request and hold the process up no longer than it runs. */
export function createSealer(options: SealerOptions): Sealer {
  const threads = startThreads({ ...options, data: encodePins(options.pins) });
  const count = createQuota(options.clock, options.perMinute);
  return {
    async seal(tip, t0) {
      count();
      try {
        return await seal(options, threads, tip, t0);
      } finally {
        wipe(tip.seed);
      }
    },
    async unlock(text) {
      const code = checkedCode(text);
      const { locator, loginKey, secret } = await threads.run<'unlock'>({ kind: 'unlock', code });
      return {
        locator,
        loginKey,
        async read(view) {
          const units = unitsOfMailbox(view).filter(isUnitId);
          const found = await Promise.allSettled(units.map((unit) => options.bundleFor(unit, 'all')));
          const bundles = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
          const { tip, unit, t0, stage, overlay, outcome, assurance, readers, steps, messages } = view;
          return threads.run<'read'>({
            kind: 'read',
            locator,
            secret: new Uint8Array(secret),
            contents: { tip, unit, t0, stage, overlay, outcome, assurance, readers, steps, messages },
            bundles,
            now: options.clock.now(),
          });
        },
        close: () => wipe(secret),
      };
    },
    close: () => threads.close(),
  };
}

async function seal(
  options: SealerOptions,
  threads: Threads,
  tip: PlainTip,
  t0: Parameters<Sealer['seal']>[1],
): Promise<ServerSealed> {
  let { content } = tip;
  const now: Seconds = options.clock.now();
  const { urgent, conductGroup, excluded, seed } = tip;
  for (const [i, unit] of tip.candidates.entries()) {
    try {
      const bundle = await options.bundleFor(unit, 'live');
      const sealed = await threads.run<'seal'>({
        kind: 'seal',
        bundle,
        unit,
        excluded,
        content,
        seed: new Uint8Array(seed),
        urgent,
        conductGroup,
        t0,
        now,
      });
      return { ...sealed, fallback: sealed.fallback || i > 0 };
    } catch (error) {
      if (!isMissing(error)) throw error;
      if (error instanceof SealerRefusal && error.content !== undefined) content = error.content;
    }
  }
  wipe(content);
  throw new AppError('epoch_unknown', { field: 'unit' });
}

const isMissing = (error: unknown): boolean =>
  (error instanceof ProtocolError || error instanceof AppError) && MISSING.includes(error.code);

function checkedCode(text: string): string {
  try {
    return parseReceiptCode(text);
  } catch (cause) {
    throw new AppError('code_malformed', { field: 'code', cause });
  }
}
