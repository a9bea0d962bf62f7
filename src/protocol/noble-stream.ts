import { Poly1305 } from '@noble/ciphers/_poly1305.js';
import { chacha20, hchacha } from '@noble/ciphers/chacha.js';
import { equalBytes, u64, wipe } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import { SIZES, type StreamOpener, type StreamSealer } from './suite.ts';

const TAG_MESSAGE = 0;
const TAG_FINAL = 3;
const MAC_BYTES = 16;

/** Key and nonce of a stream: nonce = counter (4 bytes LE, from 1) ‖ inner nonce (8 bytes). */
interface StreamState {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

const words = (bytes: Uint8Array): Uint32Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i, true));
};

/** "expand 32-byte k" as words. */
const SIGMA = words(new TextEncoder().encode('expand 32-byte k'));

function begin(key: Uint8Array, header: Uint8Array): StreamState {
  const derived = new Uint32Array(8);
  hchacha(SIGMA, words(key), words(header.subarray(0, 16)), derived);
  const state = { key: new Uint8Array(32), nonce: new Uint8Array(12) };
  const view = new DataView(state.key.buffer);
  for (const [i, word] of derived.entries()) view.setUint32(4 * i, word, true);
  derived.fill(0);
  state.nonce[0] = 1;
  state.nonce.set(header.subarray(16, 24), 4);
  return state;
}

/** After each chunk the inner nonce takes the MAC in and the counter moves on. */
function advance(state: StreamState, mac: Uint8Array): void {
  for (let i = 0; i < 8; i++) state.nonce[4 + i] = (state.nonce[4 + i] ?? 0) ^ (mac[i] ?? 0);
  for (let i = 0; i < 4; i++) {
    const next = ((state.nonce[i] ?? 0) + 1) & 0xff;
    state.nonce[i] = next;
    if (next !== 0) break;
  }
}

/**
 * MAC of one chunk. `tagBlock` is the encrypted 64-byte block whose first byte carries the tag. The zeros after the ciphertext are
 * counted as libsodium counts them: length mod 16 of them.
 */
function authenticate(
  state: StreamState,
  ad: Uint8Array,
  tagBlock: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array {
  const macKey = chacha20(state.key, state.nonce, new Uint8Array(64), undefined, 0).subarray(0, 32);
  const zeros = new Uint8Array(16);
  const mac = new Poly1305(macKey)
    .update(ad)
    .update(zeros.subarray(0, (16 - (ad.length % 16)) % 16))
    .update(tagBlock)
    .update(ciphertext)
    .update(zeros.subarray(0, ciphertext.length % 16))
    .update(u64(ad.length))
    .update(u64(tagBlock.length + ciphertext.length))
    .digest();
  wipe(macKey);
  return mac;
}

/** Writing side of crypto_secretstream_xchacha20poly1305 with a given header. */
export function nobleStreamSealer(key: Uint8Array, header: Uint8Array): StreamSealer {
  const state = begin(key, header);
  let open = true;
  return {
    push(chunk, ad, last) {
      if (!open) throw new ProtocolError('body_malformed');
      const tagBlock = new Uint8Array(64);
      tagBlock[0] = last ? TAG_FINAL : TAG_MESSAGE;
      const sealedTag = chacha20(state.key, state.nonce, tagBlock, undefined, 1);
      const out = new Uint8Array(chunk.length + SIZES.streamTag);
      const ciphertext = out.subarray(1, 1 + chunk.length);
      out[0] = sealedTag[0] ?? 0;
      ciphertext.set(chacha20(state.key, state.nonce, chunk, undefined, 2));
      const mac = authenticate(state, ad, sealedTag, ciphertext);
      out.set(mac, 1 + chunk.length);
      advance(state, mac);
      return out;
    },
    end() {
      open = false;
      wipe(state.key, state.nonce);
    },
  };
}

/** Reading side. */
export function nobleStreamOpener(key: Uint8Array, header: Uint8Array): StreamOpener {
  const state = begin(key, header);
  let open = true;
  return {
    pull(chunk, ad) {
      if (!open || chunk.length < SIZES.streamTag) return null;
      const ciphertext = chunk.subarray(1, chunk.length - MAC_BYTES);
      const keystream = chacha20(state.key, state.nonce, new Uint8Array(64), undefined, 1);
      const tag = (chunk[0] ?? 0) ^ (keystream[0] ?? 0);
      keystream[0] = chunk[0] ?? 0;
      const mac = authenticate(state, ad, keystream, ciphertext);
      if (!equalBytes(mac, chunk.subarray(chunk.length - MAC_BYTES))) return null;
      const message = chacha20(state.key, state.nonce, ciphertext, undefined, 2);
      advance(state, mac);
      return { message, last: tag === TAG_FINAL };
    },
    end() {
      open = false;
      wipe(state.key, state.nonce);
    },
  };
}
