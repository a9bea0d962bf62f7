import type { AttachmentForm } from '../../domain/attachments.ts';

/** What a file tells beside what is seen or heard in it. */
export type FindingKind =
  | 'place'
  | 'time'
  | 'device'
  | 'author'
  | 'title'
  | 'software'
  | 'preview'
  | 'comments'
  | 'after_end';

export interface Finding {
  readonly kind: FindingKind;
  /** As the file has it, at most 200 characters; empty where the kind says it all. */
  readonly text: string;
}

/** What was found in a file, and what can be done with it before it is sent. */
export interface Inspection {
  /** Media type by the bytes, lower case. */
  readonly type: string;
  /** True when name or declared type says that it is something else. */
  readonly lies: boolean;
  /** At most 30. */
  readonly findings: readonly Finding[];
  /** Best first; `original` is always the last. */
  readonly ways: readonly AttachmentForm[];
  /** Why there is no better way than `original`, or none was looked for. */
  readonly obstacle: 'none' | 'unknown_kind' | 'undecoded' | 'too_large' | 'bomb' | 'locked' | 'broken';
}

/** The file as the best way makes it. */
export interface MadeFile {
  readonly form: Exclude<AttachmentForm, 'original'>;
  readonly file: Blob;
  /** Media type of what was made. */
  readonly type: string;
}

/** All that comes of looking into one file. */
export interface Looked {
  readonly inspection: Inspection;
  /** Null when only the original can be sent. */
  readonly made: MadeFile | null;
}

/** What the Worker that looks into files tells: that it runs, that a part of it did not come through the line, what it saw. One file a Worker. */
export type InspectReply = 'ready' | 'not_loaded' | Looked;

/** What travels to it. */
export interface InspectRequest {
  readonly file: Blob;
  readonly name: string;
}
