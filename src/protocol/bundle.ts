import { lengthPrefixed, readU32 } from './bytes.ts';
import { ensure } from './errors.ts';
import { decodeFrame, encodeFrame } from './frame.ts';
import { packStatement, unpackStatement } from './packed-statement.ts';

/** Exact statement bytes from which a reader builds a verified directory. Order within a list does not matter. */
export interface DirectoryBundle {
  /** Directory key sets (DSSE): the one in force and any former one that the directory names. */
  readonly keySets: readonly Uint8Array[];
  /** The newest directory (DSSE). */
  readonly directory: Uint8Array;
  /** Earlier directories (DSSE), newest first; needed only by readers that remember an older one. */
  readonly previous: readonly Uint8Array[];
  /** Shards (JSON) of the provinces that the reader asked for, with those of their parents. */
  readonly shards: readonly Uint8Array[];
  readonly members: readonly Uint8Array[];
  readonly epochs: readonly Uint8Array[];
  readonly revocations: readonly Uint8Array[];
}

const MAGIC = 'TK1D';
const VERSION = 1;
/** The same with packed statements. */
const PACKED = 2;
/** Largest bundle, in bytes. */
export const MAX_BUNDLE_BYTES = 16 * 1024 * 1024;
const MAX_ITEMS = 20_000;

/** The bundle on the wire: magic `TK1D`, version 1, seven sections, each a list of length-prefixed statements. */
export const encodeBundle = (bundle: DirectoryBundle): Uint8Array => encode(VERSION, bundle);

/** The bundle in version 2, a fifth smaller: every statement packed. What comes out of `decodeBundle` is the same. Throws `statement_malformed`. */
export const packBundle = (bundle: DirectoryBundle): Uint8Array =>
  encode(PACKED, {
    keySets: bundle.keySets.map(packStatement),
    directory: packStatement(bundle.directory),
    previous: bundle.previous.map(packStatement),
    shards: bundle.shards,
    members: bundle.members.map(packStatement),
    epochs: bundle.epochs.map(packStatement),
    revocations: bundle.revocations.map(packStatement),
  });

const encode = (version: number, bundle: DirectoryBundle): Uint8Array =>
  encodeFrame(MAGIC, version, [
    lengthPrefixed(...bundle.keySets),
    lengthPrefixed(bundle.directory),
    lengthPrefixed(...bundle.previous),
    lengthPrefixed(...bundle.shards),
    lengthPrefixed(...bundle.members),
    lengthPrefixed(...bundle.epochs),
    lengthPrefixed(...bundle.revocations),
  ]);

/**
 * Decodes a bundle of either version (attacker-controlled); its statements are views into it where they are not packed. Throws `frame_too_large`,
 * `frame_malformed`.
 */
export function decodeBundle(bytes: Uint8Array): DirectoryBundle {
  ensure(bytes.length <= MAX_BUNDLE_BYTES, 'frame_too_large');
  const limits = Array.from({ length: 7 }, () => MAX_BUNDLE_BYTES);
  const version = bytes[4] === PACKED ? PACKED : VERSION;
  const lists = decodeFrame(bytes, MAGIC, version, limits, 'frame_malformed').map(decodeList);
  const plain = version === PACKED ? lists.map((list) => list.map(unpackStatement)) : lists;
  const [keySets = [], directories = [], previous = [], shards = [], members = [], epochs = []] = plain;
  const [directory] = directories;
  ensure(directory !== undefined && directories.length === 1, 'frame_malformed', 'directory');
  return { keySets, directory, previous, shards, members, epochs, revocations: plain[6] ?? [] };
}

function decodeList(section: Uint8Array): readonly Uint8Array[] {
  const items: Uint8Array[] = [];
  let at = 0;
  while (at < section.length) {
    ensure(at + 4 <= section.length && items.length < MAX_ITEMS, 'frame_malformed');
    const end = at + 4 + readU32(section, at);
    ensure(end <= section.length, 'frame_malformed');
    items.push(section.subarray(at + 4, end));
    at = end;
  }
  return items;
}
