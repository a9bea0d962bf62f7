import type { RecordingReaders, SealedPart, SealedRecording } from '../../ports/recording-sealer.ts';

/** What a thread is started with. */
export interface RecordingTask {
  readonly id: string;
  readonly readers: RecordingReaders;
}

/** What it is asked, one at a time. */
export type RecordingJob =
  | { readonly kind: 'push'; readonly bytes: Uint8Array<ArrayBuffer> }
  | {
      readonly kind: 'finish';
      readonly type: string;
      readonly seconds: number;
      readonly line: string;
    };

export type RecordingReply =
  | { readonly kind: 'parts'; readonly parts: readonly SealedPart[] }
  | { readonly kind: 'sealed'; readonly sealed: SealedRecording }
  | { readonly kind: 'failed' };
