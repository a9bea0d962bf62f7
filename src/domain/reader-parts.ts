import type { StaffId, TipId, UnitId } from './ids.ts';

/** Type of the event that records which attachment a member of staff opens; its subject is `reader:<staff>`. */
export const ATTACHMENT_EVENT = 'attachment_opened';
/** Type of the event that records up to which envelope of a thread a member of staff has read; the same subject. */
export const SEEN_EVENT = 'messages_seen';

interface Reader {
  readonly staff: StaffId;
  readonly unit: UnitId;
}

/**
 * Parts of the event of an opened attachment. The console builds and signs them, the server builds them again and takes only equal
 * bytes; the order of the keys is part of the format. The citizen's part is empty: nobody's mailbox tells who reads what.
 */
export const attachmentPartsOf = (
  { staff, unit }: Reader,
  tip: TipId,
  attachment: string,
): {
  readonly citizen: { readonly v: 1 };
  readonly restricted: {
    readonly v: 1;
    readonly actor: { readonly staff: StaffId; readonly unit: UnitId };
    readonly tip: TipId;
    readonly attachments: readonly string[];
  };
} => ({ citizen: { v: 1 }, restricted: { v: 1, actor: { staff, unit }, tip, attachments: [attachment] } });

/** Parts of the event that says up to which envelope a thread has been on somebody's screen; as above. */
export const seenPartsOf = (
  { staff, unit }: Reader,
  tip: TipId,
  no: number,
): {
  readonly citizen: { readonly v: 1 };
  readonly restricted: {
    readonly v: 1;
    readonly actor: { readonly staff: StaffId; readonly unit: UnitId };
    readonly tip: TipId;
    readonly no: number;
  };
} => ({ citizen: { v: 1 }, restricted: { v: 1, actor: { staff, unit }, tip, no } });

/** Types of the events that record who opens a recording and how it ended; the same subject. No event names tip and recording together. */
export const RECORDING_OPENED_EVENT = 'recording_opened';
export const RECORDING_ENDED_EVENT = 'recording_ended';

/** Parts of the event of an opened recording; as above. */
export const recordingPartsOf = (
  { staff, unit }: Reader,
  recording: string,
): {
  readonly citizen: { readonly v: 1 };
  readonly restricted: {
    readonly v: 1;
    readonly actor: { readonly staff: StaffId; readonly unit: UnitId };
    readonly recording: string;
  };
} => ({ citizen: { v: 1 }, restricted: { v: 1, actor: { staff, unit }, recording } });

/** Parts of the event with which a recording's keys are deleted. `nothing` has a reason, `transcribed` an empty one. */
export const recordingEndPartsOf = (
  { staff, unit }: Reader,
  recording: string,
  end: 'transcribed' | 'nothing',
  reason: string,
): {
  readonly citizen: { readonly v: 1 };
  readonly restricted: {
    readonly v: 1;
    readonly actor: { readonly staff: StaffId; readonly unit: UnitId };
    readonly recording: string;
    readonly end: 'transcribed' | 'nothing';
    readonly reason: string;
  };
} => ({ citizen: { v: 1 }, restricted: { v: 1, actor: { staff, unit }, recording, end, reason } });
