import { Problem } from '../http.ts';

/** What the transcriber takes: 16 kHz, mono, 16 bit. */
const RATE = 16_000;
const HEADER = 44;

/** A WAV file (RIFF/WAVE, PCM) of samples between -1 and 1 at 16 kHz. */
export function wavOf(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const word = (at: number, text: string): void => bytes.set(new TextEncoder().encode(text), at);
  word(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  for (const [at, sample] of samples.entries()) {
    const held = Math.max(-1, Math.min(1, sample));
    view.setInt16(HEADER + at * 2, Math.round(held * (held < 0 ? 0x8000 : 0x7fff)), true);
  }
  return bytes;
}

/** All channels as one, each as loud as the others. */
export function mixed(channels: readonly Float32Array[]): Float32Array {
  const [first] = channels;
  if (first === undefined) return new Float32Array(0);
  return first.map(
    (_, at) => channels.reduce((sum, channel) => sum + (channel[at] ?? 0), 0) / channels.length,
  );
}

/** Any sound that the browser plays, as the transcriber takes it. Throws `Problem` (`field_invalid`, `audio`) for one that it does not play. */
export async function wavFrom(sound: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
  const context = new OfflineAudioContext(1, 1, RATE);
  // Decoding brings it to the context's rate.
  const buffer = await context.decodeAudioData(sound).catch(() => {
    throw new Problem('field_invalid', { field: 'audio' });
  });
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, at) => buffer.getChannelData(at));
  return wavOf(mixed(channels));
}

/**
 * Has the program on this computer listen. The sound goes to no other. Throws `Problem`: `unavailable` (not running, no transcriber, or it gave up),
 * `forbidden` (another token).
 */
export async function transcribe(request: {
  readonly port: number;
  readonly token: string;
  readonly lang: 'vi' | 'en';
  readonly wav: Uint8Array<ArrayBuffer>;
}): Promise<string> {
  const { port, token, lang, wav } = request;
  const response = await fetch(`http://127.0.0.1:${port}/transcribe?lang=${lang}`, {
    method: 'POST',
    credentials: 'omit',
    cache: 'no-store',
    headers: { 'content-type': 'audio/wav', authorization: `Bearer ${token}` },
    body: wav,
  }).catch(() => {
    throw new Problem('unavailable');
  });
  if (response.status === 401 || response.status === 403) throw new Problem('forbidden');
  if (!response.ok) throw new Problem('unavailable');
  // Some other program may listen at that port.
  const answer = (await response.json().catch(() => null)) as { readonly text?: unknown } | null;
  if (typeof answer?.text !== 'string') throw new Problem('unavailable');
  return answer.text.normalize('NFC').trim();
}
