import { concat, equalBytes, fromHex, fromUtf8, toHex, utf8 } from './bytes.ts';
import { encodeDsse, parseDsse } from './dsse.ts';
import { ensure, ProtocolError } from './errors.ts';

/** First byte of a packed statement; a plain one is JSON and begins with `{`. */
const PACKED = 1;
const SIGNATURE_BYTES = 16 + 64;

/**
 * A statement without the base64 in which an envelope holds payload and signatures: 1, number of signatures, each as key id (16 bytes) and signature (64),
 * length of the payload's type and the type, payload. What `unpackStatement` would not give back byte for byte stays as it is.
 */
export function packStatement(statement: Uint8Array): Uint8Array {
  const { payloadType, payload, signatures } = parseDsse(statement);
  const packed = concat(
    Uint8Array.of(PACKED, signatures.length),
    ...signatures.flatMap(({ keyid, sig }) => [fromHex(keyid), sig]),
    Uint8Array.of(payloadType.length),
    utf8(payloadType),
    payload,
  );
  return equalBytes(unpackStatement(packed), statement) ? packed : statement;
}

/** The exact bytes of a statement (attacker-controlled), packed or plain. Throws `frame_malformed`. */
export function unpackStatement(item: Uint8Array): Uint8Array {
  if (item[0] !== PACKED) return item;
  const count = item[1] ?? 0;
  const type = 2 + count * SIGNATURE_BYTES;
  const payload = type + 1 + (item[type] ?? 0);
  ensure(payload < item.length, 'frame_malformed');
  const signatures = Array.from({ length: count }, (_, i) => {
    const at = 2 + i * SIGNATURE_BYTES;
    return {
      keyid: toHex(item.subarray(at, at + 16)),
      sig: item.subarray(at + 16, at + SIGNATURE_BYTES),
    };
  });
  return encodeDsse({
    payloadType: text(item.subarray(type + 1, payload)),
    payload: item.subarray(payload),
    signatures,
  });
}

function text(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch {
    throw new ProtocolError('frame_malformed');
  }
}
