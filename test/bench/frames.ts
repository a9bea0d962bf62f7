import { readFileSync, writeFileSync } from 'node:fs';
import { readU32, writeU32 } from '../../src/protocol/bytes.ts';

/** Frames in one file, each preceded by its length. */
export function writeFrames(file: string, frames: readonly Uint8Array[]): void {
  const whole = new Uint8Array(frames.reduce((length, frame) => length + 4 + frame.length, 0));
  let at = 0;
  for (const frame of frames) {
    writeU32(whole, at, frame.length);
    whole.set(frame, at + 4);
    at += 4 + frame.length;
  }
  writeFileSync(file, whole);
}

export function readFrames(file: string): Uint8Array[] {
  const whole = new Uint8Array(readFileSync(file));
  const frames: Uint8Array[] = [];
  for (let at = 0; at < whole.length; ) {
    const end = at + 4 + readU32(whole, at);
    frames.push(whole.subarray(at + 4, end));
    at = end;
  }
  return frames;
}
