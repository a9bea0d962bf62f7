import { expect } from 'vitest';
import type { TipId } from '../../src/domain/ids.ts';
import type { Submission } from '../../src/ports/store/intake-store.ts';
import type { Shredding } from '../../src/ports/store/retention-store.ts';
import type { Store } from '../../src/ports/store/store.ts';
import {
  AWAY,
  bytes,
  change,
  clockStop,
  dayAt,
  envelope,
  givenStaff,
  HOME,
  hex,
  newHash,
  newStaff,
  nextEvent,
  step,
  T0_SECONDS,
} from './store-fixture.ts';
import { carrying, claimOf, finished } from './upload-fixture.ts';

const DAY = 86_400;
export const RULE = 'crime-unproven-120m';

/** A tip that was led to its end, with something in every place that a tip's words or keys can be in. */
export interface Concluded {
  readonly tip: TipId;
  readonly submission: Submission;
  /** Ids of its attachment and of its copy's picture. */
  readonly files: readonly string[];
  /** Staff who proposed to empty it. */
  readonly proposer: string;
}

/** Leads a tip through calls, messages, a hand-over, a changed code and a working copy to `archived`. */
export async function concluded(store: Store): Promise<Concluded> {
  const attachment = await finished(store);
  const operator = await givenStaff(store, { roles: ['operator'] });
  const submission: Submission = {
    ...carrying(claimOf(attachment)),
    taken: { staff: operator.id, unit: HOME },
  };
  const [accepted] = await store.intake.accept([submission]);
  expect(accepted).toMatchObject({ kind: 'accepted' });
  const { tip } = submission;
  await step(store, tip, { step: 'registered', stage: 'received', register: { unit: HOME, year: 2026 } });
  await step(store, tip, { stage: 'received', legalKind: 'crime_report', conduct: 'harbouring' });
  await step(
    store,
    tip,
    { stage: 'received', legalKind: 'crime_report', custody: { kind: 'offer', to: AWAY } },
    { wraps: [{ no: 1, wraps: bytes(180) }] },
  );
  await step(store, tip, { stage: 'received', legalKind: 'crime_report', custody: { kind: 'return' } });
  await message(store, tip);
  await changedCode(store, tip);
  const picture = await workingCopy(store, tip);
  await resolved(store, tip);
  return { tip, submission, files: [attachment.id, picture], proposer: await proposed(store, tip) };
}

const held = { legalKind: 'crime_report', conduct: 'harbouring' } as const;

async function message(store: Store, tip: TipId): Promise<void> {
  const day = dayAt(T0_SECONDS + DAY);
  const sent = await store.thread.receive({
    tip,
    key: newHash(),
    event: await nextEvent(store, `tip:${tip}`, { type: 'message_received', time: { day } }),
    change: change({ ...held, step: 'message_received', stage: 'received' }),
    envelope: envelope(tip, 2),
    attachments: [],
    challenge: null,
    answer: bytes(150),
    mailbox: null,
  });
  expect(sent).toEqual({ kind: 'accepted' });
}

async function changedCode(store: Store, tip: TipId): Promise<void> {
  const day = dayAt(T0_SECONDS + DAY);
  const sent = await store.thread.receive({
    tip,
    key: newHash(),
    event: await nextEvent(store, `tip:${tip}`, { type: 'mailbox_changed', time: { day } }),
    change: change({ ...held, step: 'mailbox_changed', stage: 'received' }),
    envelope: null,
    attachments: [],
    challenge: null,
    answer: bytes(150),
    mailbox: {
      registration: { locator: hex(16), loginKey: bytes(32), mailboxKey: bytes(1216) },
      authorKey: bytes(32),
      facts: bytes(300),
      wraps: [],
    },
  });
  expect(sent).toEqual({ kind: 'accepted' });
}

async function workingCopy(store: Store, tip: TipId): Promise<string> {
  const picture = await finished(store);
  const made = await store.copies.make({
    event: await nextEvent(store, `tip:${tip}`, { type: 'copy_made' }),
    change: change({ ...held, step: 'copy_made', stage: 'received' }),
    copy: {
      ...{ tip, no: 1, unit: HOME, toUnit: AWAY },
      core: bytes(100),
      body: bytes(400),
      seal: bytes(80),
      wraps: bytes(200),
      manifest: bytes(150),
    },
    pictures: [claimOf(picture)],
  });
  expect(made).toBe('made');
  return picture.id;
}

/** An outcome of two people, the answer and the file closed: no clock runs any more. */
async function resolved(store: Store, tip: TipId): Promise<void> {
  const officer = await givenStaff(store);
  const data = { outcome: 'unfounded', documentNumber: '12/KL', ground: `lời cán bộ ${hex(20)}` };
  const openDecision = { kind: 'resolution', data, proposedBy: officer.id } as const;
  await step(store, tip, { ...held, stage: 'verifying', openDecision });
  const id = (await store.triage.tip(tip))?.state.pending?.id ?? 0;
  const at = T0_SECONDS + 5 * DAY;
  const stopClocks = (['register', 'classify', 'verify', 'settle'] as const).map((clock) =>
    clockStop(clock, at),
  );
  const outcome = 'unfounded';
  await step(
    store,
    tip,
    {
      ...{ ...held, step: 'resolved', stage: 'resolved', outcome, stopClocks },
      closeDecision: { id, approvedBy: newStaff(), result: 'approved' },
    },
    { at },
  );
  await step(
    store,
    tip,
    { ...held, step: 'notified', stage: 'notified', outcome, stopClocks: [clockStop('handle', at)] },
    { at, message: envelope(tip, 3) },
  );
  await step(store, tip, { ...held, step: 'archived', stage: 'archived', outcome });
}

async function proposed(store: Store, tip: TipId): Promise<string> {
  const leader = await givenStaff(store, { roles: ['head'] });
  const head = (await store.triage.head(`tip:${tip}`)).no;
  const data = { rule: RULE, audited: newHash(), upTo: String(head) };
  await step(store, tip, {
    ...{ ...held, step: 'shredding_proposed', stage: 'archived', outcome: 'unfounded' },
    openDecision: { kind: 'shredding', data, proposedBy: leader.id },
  });
  return leader.id;
}

/** The second leader's approval, as the service hands it to the store. */
export async function approval(store: Store, tip: TipId, set: Partial<Shredding> = {}): Promise<Shredding> {
  const pending = (await store.triage.tip(tip))?.state.pending;
  const event = await nextEvent(store, `tip:${tip}`, { type: 'shredded' });
  return {
    tip,
    event,
    change: change({
      ...{ ...held, step: 'shredded', stage: 'archived', outcome: 'unfounded' },
      closeDecision: { id: pending?.id ?? 0, approvedBy: newStaff(), result: 'approved' },
    }),
    upTo: event.no - 2,
    rule: RULE,
    ...set,
  };
}
