import type { BundleLine } from '../../audit/lines.ts';
import { AppError } from '../../domain/errors.ts';
import { staffEvent } from '../../domain/events/index.ts';
import type { Hash } from '../../domain/ids.ts';
import type { RouteTable } from '../../domain/routing.ts';
import { recorded } from '../../http/kit/server-event.ts';
import type { BundleInSealing } from '../../ports/bundle-sealer.ts';
import type { Deps } from '../../ports/deps.ts';
import type { StaffRow } from '../../ports/store/accounts-store.ts';
import { toHex, utf8 } from '../../protocol/bytes.ts';
import { auditorOf } from './auditor.ts';
import { bundleLines } from './bundle.ts';
import { type AuditLedger, newestPublished } from './source.ts';

/** Plain bytes that are sealed at once. */
const PIECE = 256 * 1024;
/** Seconds after which what was recorded at the start of the service is in the log. */
const SOON = 60;

/** A sealed bundle that is written while it is read. */
export interface TakenBundle {
  readonly fileName: string;
  /** Entries of the tree below the checkpoint: what a reader measures its progress by. */
  readonly size: number;
  readonly bytes: ReadableStream<Uint8Array>;
}

/**
 * The bundle of this auditor as the newest published checkpoint has it, sealed to their key. That it was taken is recorded before the first
 * byte leaves. Errors: `forbidden`, `auditor_key`, `ledger_empty` before the first checkpoint, `unavailable` while the log has yet to say
 * by which files of law the service decides, `sealer_busy`.
 */
export async function takeBundle(
  deps: Deps,
  ledger: AuditLedger,
  routes: RouteTable,
  staff: StaffRow,
): Promise<TakenBundle> {
  const auditor = await auditorOf(deps, routes, staff);
  const newest = await newestPublished(ledger);
  if (newest === null) throw new AppError('ledger_empty');
  if (await lawWaits(deps, ledger, newest)) throw new AppError('unavailable', { retryAfter: SOON });
  const { origin } = newest.log;
  const { size } = newest.batch;
  const root = toHex(newest.batch.root) as Hash;
  const kind = auditor.units === null ? ('whole' as const) : ('scoped' as const);
  const header = { instance: deps.instance.id, origin, size, root, kind, auditor: auditor.id };
  const sealing = await deps.bundles.begin(header, auditor.kemKey);
  try {
    const act = staffEvent(staff.id, 'bundle_taken', { kind, origin, size, root });
    await recorded(deps, act, (event) => deps.store.oversight.recordRead(event));
  } catch (error) {
    sealing.abort();
    throw error;
  }
  const lines = bundleLines({ deps, ledger, ...newest }, { auditor: auditor.id, units: auditor.units });
  return { fileName: `tinkin-${kind}-${size}.tk1b`, size, bytes: sealedStream(deps, lines, sealing) };
}

/** True while the newest word on the files of law is not below the checkpoint: a verifier would accuse the service of having kept it back. */
async function lawWaits(
  { store }: Pick<Deps, 'store'>,
  ledger: AuditLedger,
  { log, batch }: NonNullable<Awaited<ReturnType<typeof newestPublished>>>,
): Promise<boolean> {
  const no = Math.max(0, ...(await store.law.lawFiles()).map((file) => file.no));
  if (no === 0) return false;
  const [event] = await ledger.openedOf(log.log, 'directory', no, 1);
  return event === undefined || event.index >= batch.size;
}

/** Writes and seals only as fast as somebody reads. A fault on the way ends the stream without its last chunk, so that nobody takes it for whole. */
function sealedStream(
  { log }: Pick<Deps, 'log'>,
  lines: AsyncGenerator<BundleLine>,
  sealing: BundleInSealing,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { plain, done } = await nextPiece(lines);
          const ready = await sealing.push(plain);
          if (ready.length > 0) controller.enqueue(ready);
          if (!done) return;
          controller.enqueue(await sealing.finish());
          controller.close();
        } catch (error) {
          sealing.abort();
          log.service('error', 'bundle_broken', {
            code: error instanceof AppError ? error.code : 'internal',
          });
          controller.error(error);
        }
      },
      async cancel() {
        sealing.abort();
        await lines.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}

/** Some lines as bytes of their own, and whether they were the last. */
async function nextPiece(
  lines: AsyncGenerator<BundleLine>,
): Promise<{ readonly plain: Uint8Array<ArrayBuffer>; readonly done: boolean }> {
  const texts: string[] = [];
  for (let length = 0; length < PIECE; ) {
    const next = await lines.next();
    if (next.done === true) return { plain: new Uint8Array(utf8(texts.join(''))), done: true };
    const text = `${JSON.stringify(next.value)}\n`;
    texts.push(text);
    length += text.length;
  }
  return { plain: new Uint8Array(utf8(texts.join(''))), done: false };
}
