import { AppError, type ErrorCode } from '../../domain/errors.ts';
import type { Deps } from '../../ports/deps.ts';
import { MAX_PART_BYTES } from '../../protocol/attachment.ts';
import { toHex } from '../../protocol/bytes.ts';
import type { AppContext } from './app-env.ts';
import type { Grant } from './part-grants.ts';

const HASH_BYTES = 32;

/**
 * Serves one sealed part of a blob that was opened. Errors: `not_read` without a grant, `field_invalid` (`no`), `gone` when the blob is no
 * longer there.
 */
export async function sendPart(
  c: AppContext,
  deps: Pick<Deps, 'blobs'>,
  part: { readonly id: string; readonly no: string; readonly grant: Grant | null; readonly gone: ErrorCode },
): Promise<Response> {
  const { id, grant, gone } = part;
  if (grant === null) throw new AppError('not_read');
  const no = /^(?:0|[1-9]\d{0,4})$/.test(part.no) ? Number(part.no) : grant.parts;
  if (no >= grant.parts) throw new AppError('field_invalid', { field: 'no' });
  const from = no * MAX_PART_BYTES;
  const to = Math.min(from + MAX_PART_BYTES, grant.bytes);
  const found = await deps.blobs.read(id, { from, to });
  if (found === null) throw new AppError(gone);
  return c.body(found.body, 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(to - from),
    'Cache-Control': 'no-store',
  });
}

/** Hashes of parts that are stored joined, 32 bytes each, as hex. */
export const partHashesOf = (joined: Uint8Array): readonly string[] =>
  Array.from({ length: joined.length / HASH_BYTES }, (_, no) =>
    toHex(joined.subarray(no * HASH_BYTES, (no + 1) * HASH_BYTES)),
  );
