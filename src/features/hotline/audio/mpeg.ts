import { checkSeconds, cutShort, holds, type Parser, wrongFormat } from './parser.ts';

/** Kilobits a second by the header's index: MPEG 1, and MPEG 2 and 2.5, layer III. */
const RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const SAMPLING = [44_100, 48_000, 32_000];

interface Frame {
  readonly version: number;
  readonly rate: number;
  readonly samples: number;
  /** Bytes of the whole frame, its header among them. */
  readonly length: number;
  /** Bytes between header and the place where a first frame tells how many follow. */
  readonly side: number;
}

/**
 * MP3: an ID3 tag where there is one, frames without a gap, an old tag at the end. Errors: `recording_format`; `recording_cut` inside a frame and
 * where fewer frames come than the first one told; `recording_long`.
 */
export function* mpeg(): Parser {
  let head = yield { read: 4 };
  if (holds(head, 0, 'ID3')) {
    const rest = yield { read: 6 };
    const [flags = 0, a = 0, b = 0, c = 0, d = 0] = rest.subarray(1);
    if (((a | b | c | d) & 0x80) !== 0) wrongFormat();
    yield { skip: ((a << 21) | (b << 14) | (c << 7) | d) + ((flags & 0x10) === 0 ? 0 : 10) };
    head = yield { read: 4 };
  }
  const first = frameOf(head);
  const body = yield { read: first.length - 4 };
  const told = toldFrames(body, first);
  let frames = told === null ? 1 : 0;
  for (;;) {
    head = yield { read: 4, mayEnd: true };
    if (head.length === 0) break;
    if (holds(head, 0, 'TAG')) {
      yield { skip: 124 };
      break;
    }
    const frame = frameOf(head);
    if (frame.version !== first.version || frame.rate !== first.rate) wrongFormat();
    yield { skip: frame.length - 4 };
    frames++;
    checkSeconds((frames * first.samples) / first.rate);
  }
  if (told !== null && frames < told) cutShort();
  return (frames * first.samples) / first.rate;
}

function frameOf(head: Uint8Array): Frame {
  const [sync = 0, kind = 0, rates = 0, mode = 0] = head;
  const version = (kind >> 3) & 3;
  const layer = (kind >> 1) & 3;
  const sampling = SAMPLING[(rates >> 2) & 3];
  const kilobits = (version === 3 ? RATES_1 : RATES_2)[rates >> 4] ?? 0;
  const isFrame = sync === 0xff && kind >> 5 === 7 && version !== 1 && layer === 1;
  if (!isFrame || sampling === undefined || kilobits === 0) return wrongFormat();
  const rate = version === 3 ? sampling : version === 2 ? sampling / 2 : sampling / 4;
  const samples = version === 3 ? 1152 : 576;
  const length = Math.floor((samples / 8) * ((kilobits * 1000) / rate)) + ((rates >> 1) & 1);
  const mono = mode >> 6 === 3;
  const side = version === 3 ? (mono ? 17 : 32) : mono ? 9 : 17;
  return { version, rate, samples, length, side };
}

/** How many frames follow, where the first one is no sound but tells of them; null where it is sound. */
function toldFrames(body: Uint8Array, { side }: Frame): number | null {
  if (!holds(body, side, 'Xing') && !holds(body, side, 'Info')) return null;
  const fields = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const counts = side + 12 <= body.length && (fields.getUint32(side + 4) & 1) === 1;
  return counts ? fields.getUint32(side + 8) : 0;
}
