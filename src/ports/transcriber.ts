/** What a program heard. A draft: somebody must compare it with the recording. */
export interface Transcript {
  readonly text: string;
  /** Milliseconds that it took. */
  readonly ms: number;
}

/**
 * Turns speech into text on the operator's own machine, after the recording was opened there, never on the server.
 * AppError: `unavailable` (program missing, failed or too slow), `field_invalid` (`audio`: not 16 kHz mono 16-bit WAV, or longer than 30 minutes).
 */
export interface Transcriber {
  /** Name of the program and model, for the operator's screen. */
  readonly name: string;
  /** `wav`: RIFF/WAVE, 16 kHz, mono, 16 bit. `lang`: `vi` or `en`. */
  transcribe(wav: Uint8Array, lang: 'vi' | 'en', signal: AbortSignal): Promise<Transcript>;
}
