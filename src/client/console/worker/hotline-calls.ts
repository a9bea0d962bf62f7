import type { AttachmentForm } from '../../../domain/attachments.ts';
import type { StaffId, TipId, UnitId } from '../../../domain/ids.ts';
import type { ConductGroup } from '../../../domain/terms.ts';
import type { TipContent, TipExtras } from '../../../domain/tip-content.ts';
import type { ReadMailbox } from '../../../protocol/mailbox-reading.ts';

/** A file that goes with a call; it is sealed and uploaded by the Worker, part by part. */
export interface CallAttachment {
  readonly file: Blob;
  readonly name: string;
  readonly type: string;
  readonly form: AttachmentForm;
}

/** What an operator's page asks of the Worker about calls. */
export interface CallCalls {
  /** Seals and sends a tip; afterwards the Worker keeps the code's digits alone, until `forgetCode`. */
  sealCall: {
    readonly in: {
      readonly content: TipContent;
      readonly extras: Omit<TipExtras, 'attachments'>;
      readonly files: readonly CallAttachment[];
      readonly target: UnitId;
      readonly excluded: readonly UnitId[];
      readonly urgent: boolean;
      readonly conductGroup: ConductGroup;
    };
    readonly out: {
      readonly tip: TipId;
      /** 28 digits. */
      readonly code: string;
      /** Where it went: `target`, or the unit above when that one has no key now. */
      readonly unit: UnitId;
      readonly nameVi: string;
      readonly nameEn: string;
      /** False where the public log has published nothing yet, so that the key was not compared with it. */
      readonly logged: boolean;
    };
  };
  codeNotGiven: { readonly in: { readonly tip: TipId }; readonly out: null };
  forgetCode: { readonly in: Record<string, never>; readonly out: null };
  /** Opens a caller's mailbox with the caller's code. The keys end with `callerEnd`, or by themselves after ten idle minutes. */
  callerOpen: { readonly in: { readonly code: string }; readonly out: ReadMailbox };
  callerAnswer: { readonly in: { readonly text: string }; readonly out: null };
  callerEnd: { readonly in: Record<string, never>; readonly out: null };
}

/** What it asks about recordings. */
export interface RecordingCalls {
  /** Opens a recording; its plain parts follow one by one. `seconds` is its length. */
  openRecording: {
    readonly in: { readonly id: string };
    readonly out: {
      readonly type: string;
      readonly seconds: number;
      readonly line: string;
      readonly parts: number;
    };
  };
  recordingPart: { readonly in: { readonly id: string; readonly no: number }; readonly out: Uint8Array };
  endRecording: {
    readonly in: { readonly id: string; readonly end: 'transcribed' | 'nothing'; readonly reason: string };
    readonly out: null;
  };
}

/** What it asks about tip boxes. */
export interface BoxCalls {
  /** Signs that a tip box was opened, with whom, and how many letters lay in it. */
  signBox: {
    readonly in: {
      readonly box: string;
      readonly day: string;
      readonly letters: number;
      readonly second: StaffId;
    };
    readonly out: null;
  };
  cosignBox: { readonly in: { readonly id: string }; readonly out: null };
}

/** Everything that an operator's page asks of the Worker. */
export interface HotlineCalls extends CallCalls, RecordingCalls, BoxCalls {}
