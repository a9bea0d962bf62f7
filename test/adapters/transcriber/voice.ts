/** A WAV file of 16 kHz mono 16-bit samples, or of what is changed. */
export function voiceWav(
  samples: number,
  change: {
    readonly rate?: number;
    readonly channels?: number;
    readonly bits?: number;
    readonly kind?: number;
  } = {},
): Uint8Array<ArrayBuffer> {
  const { rate = 16_000, channels = 1, bits = 16, kind = 1 } = change;
  const frame = (channels * bits) / 8;
  const wav = new Uint8Array(44 + samples * frame);
  const data = new DataView(wav.buffer);
  const text = (at: number, value: string): void => wav.set(new TextEncoder().encode(value), at);
  text(0, 'RIFF');
  data.setUint32(4, wav.length - 8, true);
  text(8, 'WAVEfmt ');
  data.setUint32(16, 16, true);
  data.setUint16(20, kind, true);
  data.setUint16(22, channels, true);
  data.setUint32(24, rate, true);
  data.setUint32(28, rate * frame, true);
  data.setUint16(32, frame, true);
  data.setUint16(34, bits, true);
  text(36, 'data');
  data.setUint32(40, samples * frame, true);
  for (let i = 0; i < samples; i++)
    if (frame === 2) data.setInt16(44 + i * 2, ((i * 37) % 2000) - 1000, true);
  return wav;
}
