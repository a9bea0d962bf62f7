import type { Submission } from '../../../ports/store/intake-store.ts';

/** A batch of submissions in two pieces: all their bytes in one buffer, which is handed over without a copy, and the rest as JSON. */
export interface PackedBatch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly json: string;
}

type Change = Submission['change'];

/** One submission without its bytes; `change` is an index, because most of a batch share one. */
type Rest = Omit<Submission, 'authorKey' | 'mailbox' | 'envelope' | 'event' | 'answer' | 'change'> & {
  readonly change: number;
  readonly locator: string;
  readonly envelopeTip: Submission['tip'];
  readonly no: number;
  readonly kind: Submission['envelope']['kind'];
  readonly event: Omit<Submission['event'], 'record' | 'citizenPart' | 'restrictedPart' | 'openings'>;
  readonly lengths: readonly number[];
};

const bytesOf = ({ authorKey, mailbox, envelope, event, answer }: Submission): readonly Uint8Array[] => [
  authorKey,
  mailbox.loginKey,
  mailbox.mailboxKey,
  envelope.core,
  envelope.body,
  envelope.seal,
  envelope.wraps,
  event.record,
  event.citizenPart,
  event.restrictedPart,
  event.openings.leafSalt,
  event.openings.citizenSalt,
  event.openings.restrictedSalt,
  answer,
  ...(envelope.manifest === undefined ? [] : [envelope.manifest]),
];

/** Packs a batch for its way to another thread: one copy of its bytes, where structured cloning would visit every array of every row. */
export function packBatch(batch: readonly Submission[]): PackedBatch {
  const parts = batch.map(bytesOf);
  let length = 0;
  for (const part of parts) for (const one of part) length += one.length;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    for (const one of part) {
      bytes.set(one, at);
      at += one.length;
    }
  }
  const changes = [...new Set(batch.map(({ change }) => change))];
  const rest = batch.map((submission, i): Rest => {
    const { tip, sealHash, unit, t0, urgent, conductGroup, channel, assurance, challenge } = submission;
    const { attachments, taken } = submission;
    const { subject, no, prev, type, leaf, time } = submission.event;
    return {
      ...{ tip, sealHash, unit, t0, urgent, conductGroup, channel, assurance, challenge },
      ...(attachments === undefined ? {} : { attachments }),
      ...(taken === undefined ? {} : { taken }),
      change: changes.indexOf(submission.change),
      locator: submission.mailbox.locator,
      envelopeTip: submission.envelope.tip,
      no: submission.envelope.no,
      kind: submission.envelope.kind,
      event: { subject, no, prev, type, leaf, time },
      lengths: (parts[i] ?? []).map((part) => part.length),
    };
  });
  return { bytes, json: JSON.stringify({ changes, rest }) };
}

const NOTHING = new Uint8Array(0);

/** The batch again; its byte arrays are views into the one buffer. */
export function unpackBatch({ bytes, json }: PackedBatch): readonly Submission[] {
  const { changes, rest } = JSON.parse(json) as {
    readonly changes: readonly Change[];
    readonly rest: readonly Rest[];
  };
  let at = 0;
  return rest.map(({ lengths, locator, envelopeTip, no, kind, event, change, ...scalars }) => {
    const parts = lengths.map((length) => {
      at += length;
      return bytes.subarray(at - length, at);
    });
    const take = (i: number): Uint8Array => parts[i] ?? NOTHING;
    const manifest = parts[14];
    const chosen = changes[change];
    if (chosen === undefined) throw new TypeError('a packed submission names no change');
    return {
      ...scalars,
      authorKey: take(0),
      mailbox: { locator, loginKey: take(1), mailboxKey: take(2) },
      envelope: {
        ...{ tip: envelopeTip, no, kind, core: take(3), body: take(4), seal: take(5), wraps: take(6) },
        ...(manifest === undefined ? {} : { manifest }),
      },
      event: {
        ...event,
        record: take(7),
        citizenPart: take(8),
        restrictedPart: take(9),
        openings: { leafSalt: take(10), citizenSalt: take(11), restrictedSalt: take(12) },
      },
      change: chosen,
      answer: take(13),
    };
  });
}
