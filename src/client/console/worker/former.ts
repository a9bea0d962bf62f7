import type { TipId } from '../../../domain/ids.ts';
import { fromBase64Url } from '../../../protocol/base64.ts';
import { checkWrap, type RecipientKey } from '../../../protocol/envelope.ts';
import { ProtocolError } from '../../../protocol/errors.ts';
import { getJson, Problem } from '../http.ts';
import { readerFor } from './reader.ts';
import type { WorkerState } from './state.ts';

/** What a wrap is opened with: an envelope's place, its core and a wraps block. */
export interface Locked {
  readonly tip: TipId;
  readonly no: number;
  readonly core: Uint8Array;
  readonly wraps: Uint8Array;
}

export interface Opener {
  /** The block that opens: the present one, or a former one. */
  readonly wraps: Uint8Array;
  readonly reader: RecipientKey;
  /** Number of the tip's event that replaced this block; null for the present one. */
  readonly replacedNo: number | null;
}

interface FormerPage {
  readonly rows: readonly { readonly replacedNo: number; readonly wraps: string }[];
  readonly next: number | null;
}

/** Codes of a block that is there for me and does not open: somebody put it there, by mistake or not. */
const BROKEN: readonly string[] = ['wrap_foreign', 'commitment_mismatch', 'wraps_malformed'];

/**
 * What opens an envelope: its present wraps, or else the former ones that were for my unit, the latest first. The core's commitment decides,
 * so that no block opens it to another text. Throws what stands against the present wraps: Problem `no_key`, `key_broken`, ProtocolError
 * `wraps_malformed`, `wrap_foreign`, `commitment_mismatch`.
 */
export async function openerFor(state: WorkerState, locked: Locked): Promise<Opener> {
  try {
    return { ...(await tried(state, locked)), replacedNo: null };
  } catch (error) {
    if (!(error instanceof ProtocolError) || !BROKEN.includes(error.code)) throw error;
    const former = await formerOpener(state, locked);
    if (former === null) throw error;
    return former;
  }
}

async function tried(state: WorkerState, { core, wraps }: Locked): Promise<Omit<Opener, 'replacedNo'>> {
  const reader = await readerFor(state, wraps);
  checkWrap(state.suite, { core, wraps }, reader);
  return { wraps, reader };
}

async function formerOpener(state: WorkerState, locked: Locked): Promise<Opener | null> {
  const path = `/api/staff/tips/${locked.tip}/former-wraps?no=${locked.no}`;
  let next: number | null = null;
  do {
    const page: FormerPage = await getJson<FormerPage>(next === null ? path : `${path}&before=${next}`);
    for (const { replacedNo, wraps } of page.rows) {
      try {
        return { ...(await tried(state, { ...locked, wraps: fromBase64Url(wraps) })), replacedNo };
      } catch (error) {
        // The next one may open.
        if (!(error instanceof ProtocolError) && !(error instanceof Problem)) throw error;
      }
    }
    next = page.next;
  } while (next !== null);
  return null;
}
