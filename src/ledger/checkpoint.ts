import { fromBase64, fromDecimal, toBase64 } from './encoding.ts';

/** A log's size and root under its name (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Name of the log: a URL without scheme, e.g. `tin.example.gov.vn/ledger`. */
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/** The text of a checkpoint, which is what is signed; without extension lines. RangeError for an origin or root of another form. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  if (!isOrigin(origin) || root.length !== 32 || !Number.isSafeInteger(size) || size < 0)
    throw new RangeError('checkpoint');
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** True for a log's name: one line without blanks, at most 200 characters; so it is never the beginning of a DSSE's signed bytes. */
export const isOrigin = (origin: string): boolean =>
  origin.length > 0 && origin.length <= 200 && !/[\s\p{Cc}]/u.test(origin);

/** Reads a checkpoint's text (attacker-controlled); lines after the third are left alone. Null for anything malformed. */
export function parseCheckpoint(text: string): Checkpoint | null {
  if (!text.endsWith('\n')) return null;
  const [origin = '', digits = '', encoded = '', ...extensions] = text.slice(0, -1).split('\n');
  const size = fromDecimal(digits);
  const root = fromBase64(encoded);
  if (!isOrigin(origin) || size === null || root?.length !== 32 || extensions.includes('')) return null;
  return { origin, size, root };
}
