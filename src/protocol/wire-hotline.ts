/** JSON of the operators' routes. Bytes are base64url, ids and hashes hex. */

/** Answer of `POST /api/staff/hotline/challenge` {seal}: stands for a proof of work, once. */
export interface OperatorChallenge {
  readonly t0: number;
  readonly expires: number;
  /** The frame's solution section, base64url. */
  readonly solution: string;
}

/** Answer of `POST /api/hotline/recordings`. */
export interface RecordingTaken {
  readonly recording: string;
  readonly seconds: number;
}

export interface WireRecording {
  readonly id: string;
  /** Hour of arrival. */
  readonly hour: number;
  readonly bytes: number;
  readonly opened: boolean;
}

/** Answer of `POST /api/staff/hotline/recordings/:id/open`. */
export interface WireOpenRecording extends WireRecording {
  readonly parts: number;
  readonly root: string;
  readonly hashes: readonly string[];
  readonly meta: string;
  readonly wrap: string;
}

export interface WireBoxOpening {
  readonly id: string;
  readonly box: string;
  readonly day: string;
  readonly count: number;
  readonly entered: number;
  readonly pending: boolean;
  readonly openedBy: string;
  readonly statement: string;
}
