import type { Hash } from '../domain/ids.ts';
import { isHash } from '../domain/ids.ts';
import { CHUNK_BYTES } from './body.ts';
import { concat, equalBytes, lengthPrefixed, readU32, u32, utf8, wipe } from './bytes.ts';
import { openFromKey, sealToKey } from './epoch.ts';
import { ensure } from './errors.ts';
import { taggedHash } from './hash.ts';
import { parseObject, Reader } from './json.ts';
import { type Hashes, SIZES, type Suite } from './suite.ts';

const MAGIC = concat(utf8('TK1B'), Uint8Array.of(1));
/** Longest header, in bytes of its JSON. */
const MAX_HEADER = 2048;
/** X-Wing ciphertext and sealed key. */
const WRAP_BYTES = SIZES.kemCiphertext + SIZES.dataKey + SIZES.aeadTag;
const SEALED_CHUNK = CHUNK_BYTES + SIZES.streamTag;
const NO_AD = new Uint8Array(0);

/** What a sealed bundle says of itself in clear. */
export interface SealedBundleHeader {
  readonly instance: string;
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  readonly kind: 'whole' | 'scoped';
  /** Id in the directory, or account, of the auditor to whom it is sealed. */
  readonly auditor: string;
}

/** Exact JSON bytes of a header. */
const headerBytes = ({ instance, origin, size, root, kind, auditor }: SealedBundleHeader): Uint8Array =>
  utf8(JSON.stringify({ type: 'bundle', instance, origin, size, root, kind, auditor }));

const bindingOf = (
  hashes: Pick<Hashes, 'blake2b512'>,
  { instance, auditor }: SealedBundleHeader,
  header: Uint8Array,
): Uint8Array =>
  lengthPrefixed('tk1/bundle', instance, auditor, taggedHash(hashes, 'tk1/bundle-header', header));

const streamKey = (suite: Suite, key: Uint8Array): Uint8Array => suite.kdf(key, 'tk1bundl', 0, 32);

/** A bundle on its way out, in pieces of any size. */
export interface BundleSealing {
  /** Sealed bytes that are ready; perhaps none. */
  push(plain: Uint8Array): Uint8Array;
  /** What is left, with the mark of the end; forgets the key. */
  end(): Uint8Array;
}

/**
 * Seals a bundle to an auditor's X-Wing key (1216 bytes): `TK1B` ‖ 1 ‖ u32 ‖ header ‖ sealed key (1168) ‖ stream header (24) ‖ chunks of
 * 64 KiB, the last one marked (docs/protocol.md, Bundle). Only a chunk is in memory.
 */
export function sealBundle(suite: Suite, of: SealedBundleHeader, kemKey: Uint8Array): BundleSealing {
  const header = headerBytes(of);
  const key = suite.randomBytes(SIZES.dataKey);
  const wrap = sealToKey(suite, key, bindingOf(suite, of, header), kemKey);
  const start = suite.randomBytes(SIZES.streamHeader);
  const inner = streamKey(suite, key);
  const stream = suite.streamSealer(inner, start);
  wipe(key, inner);
  let begun = concat(MAGIC, u32(header.length), header, wrap, start);
  let rest: Uint8Array = new Uint8Array(0);
  const sealed = (chunks: readonly Uint8Array[]): Uint8Array => {
    const bytes = concat(begun, ...chunks);
    begun = new Uint8Array(0);
    return bytes;
  };
  return {
    push(plain) {
      const all = concat(rest, plain);
      const chunks: Uint8Array[] = [];
      let from = 0;
      // The last chunk, which may be a full one, waits for the end.
      for (; all.length - from > CHUNK_BYTES; from += CHUNK_BYTES)
        chunks.push(stream.push(all.subarray(from, from + CHUNK_BYTES), NO_AD, false));
      rest = all.slice(from);
      return sealed(chunks);
    },
    end() {
      const last = sealed([stream.push(rest, NO_AD, true)]);
      stream.end();
      wipe(rest);
      return last;
    },
  };
}

/** Hands out exact numbers of bytes of a source that comes in pieces of any size. */
class Bytes {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next `length` bytes; fewer only at the end of the source. */
  async take(length: number): Promise<Uint8Array> {
    const pieces = [this.#held];
    let have = this.#held.length;
    while (have < length) {
      const next = await this.#source.next();
      if (next.done === true) break;
      pieces.push(next.value);
      have += next.value.length;
    }
    const all = pieces.length === 1 ? this.#held : concat(...pieces);
    this.#held = all.subarray(length);
    return all.subarray(0, length);
  }
}

/** Reads the clear header of a sealed bundle (attacker-controlled). Throws `audit_bundle_malformed`. */
function readHeader(bytes: Uint8Array): SealedBundleHeader {
  const code = 'audit_bundle_malformed';
  const reader = new Reader(parseObject(bytes, MAX_HEADER, code), code);
  reader.oneOf('type', ['bundle']);
  const header: SealedBundleHeader = {
    instance: reader.string('instance', 64),
    origin: reader.string('origin', 200),
    size: reader.integer('size', 1, Number.MAX_SAFE_INTEGER),
    root: reader.guarded('root', 64, isHash),
    kind: reader.oneOf('kind', ['whole', 'scoped']),
    auditor: reader.string('auditor', 64),
  };
  reader.done();
  return header;
}

/**
 * Opens a sealed bundle (attacker-controlled) with an auditor's X-Wing secret and gives its plain bytes piece by piece; only a chunk is in
 * memory. What came before a fault is already given, so trust nothing until the end. Throws `audit_bundle_malformed`: not a bundle, cut,
 * altered, followed by something, or sealed to somebody else.
 */
export async function* openBundle(
  suite: Suite,
  secretKey: Uint8Array,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const malformed = (condition: boolean): void => ensure(condition, 'audit_bundle_malformed');
  const bytes = new Bytes(source);
  const begin = await bytes.take(MAGIC.length + 4);
  malformed(begin.length === MAGIC.length + 4 && equalBytes(begin.subarray(0, MAGIC.length), MAGIC));
  const length = readU32(begin, MAGIC.length);
  malformed(length <= MAX_HEADER);
  const header = await bytes.take(length);
  malformed(header.length === length);
  const of = readHeader(header);
  const wrap = await bytes.take(WRAP_BYTES);
  const start = await bytes.take(SIZES.streamHeader);
  malformed(wrap.length === WRAP_BYTES && start.length === SIZES.streamHeader);
  const key = openFromKey(suite, wrap, bindingOf(suite, of, header), secretKey);
  ensure(key !== null && key.length === SIZES.dataKey, 'audit_bundle_malformed', 'key');
  const inner = streamKey(suite, key);
  const stream = suite.streamOpener(inner, start);
  wipe(key, inner);
  try {
    for (let ended = false; !ended; ) {
      const opened = stream.pull(await bytes.take(SEALED_CHUNK), NO_AD);
      ensure(opened !== null, 'audit_bundle_malformed', 'chunk');
      yield opened.message;
      ended = opened.last;
    }
    malformed((await bytes.take(1)).length === 0);
  } finally {
    stream.end();
  }
}
