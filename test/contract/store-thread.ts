import { expect, it } from 'vitest';
import type { Day, Seconds, TipId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store/store.ts';
import type { CitizenCommit } from '../../src/ports/store/thread-store.ts';
import {
  AWAY,
  bytes,
  change,
  clockStart,
  clockStop,
  dayAt,
  envelope,
  event,
  FIRST_CLOCKS,
  given,
  HOME,
  hex,
  isStale,
  type MakeStore,
  newHash,
  newStaff,
  newTip,
  nextEvent,
  step,
  submission,
  T0_SECONDS,
} from './store-fixture.ts';
import { finished } from './upload-fixture.ts';
import { withStore } from './with-store.ts';

const TODAY = dayAt(T0_SECONDS + 86_400);

/** A message of the citizen that joins the tip's chain and thread now. */
async function message(
  store: Store,
  tip: TipId,
  no: number,
  set: Partial<CitizenCommit> = {},
  day: Day = TODAY,
): Promise<CitizenCommit> {
  return {
    tip,
    key: newHash(),
    event: await nextEvent(store, `tip:${tip}`, { type: 'message_received', time: { day } }),
    change: change({ step: 'message_received' }),
    envelope: envelope(tip, no),
    attachments: [],
    challenge: { id: hex(16), expires: (T0_SECONDS + 90_000) as Seconds },
    answer: bytes(150),
    mailbox: null,
    ...set,
  };
}

async function accepted(store: Store, commit: CitizenCommit): Promise<CitizenCommit> {
  expect(await store.thread.receive(commit)).toEqual({ kind: 'accepted' });
  return commit;
}

const ofReader = (store: Store) =>
  nextEvent(store, `reader:${newStaff()}`, { type: 'messages_seen', time: { at: T0_SECONDS } });

/** A code change that joins the tip's chain now, with these new wraps of the unit's messages. */
const codeChange = async (
  store: Store,
  tip: TipId,
  wraps: NonNullable<CitizenCommit['mailbox']>['wraps'] = [],
  locator = hex(16),
): Promise<CitizenCommit> =>
  message(store, tip, 0, {
    envelope: null,
    change: change({ step: 'mailbox_changed' }),
    mailbox: {
      registration: { locator, loginKey: bytes(32), mailboxKey: bytes(1216) },
      authorKey: bytes(32),
      facts: bytes(300),
      wraps,
    },
  });

export function threadContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'takes a message with its event, marks it unseen for the unit and keeps it out of the mailbox',
    test(async (store) => {
      const { tip } = await given(store);
      const sent = await accepted(store, await message(store, tip, 2));
      expect(await store.triage.head(`tip:${tip}`)).toEqual({ no: 2, leaf: sent.event.leaf });
      expect(await store.thread.marks(tip)).toEqual({ arrived: 2, seen: 0 });
      const view = await store.mailbox.view(tip);
      expect(view?.messages).toEqual([]);
      expect(view?.steps.at(-1)).toMatchObject({ no: 2, type: 'message_received', day: TODAY });
    }),
  );

  it(
    "gives the unit's reader the message among the tip's envelopes, named as the citizen's",
    test(async (store) => {
      const { tip } = await given(store);
      const sent = await accepted(store, await message(store, tip, 2));
      const read = await store.triage.readBatch(await ofReader(store), HOME, [tip]);
      if (isStale(read)) throw new Error('stale');
      expect(read.envelopes[1]).toEqual({ ...sent.envelope, fromCitizen: true });
    }),
  );

  it(
    'answers a replay with the stored bytes and writes nothing more',
    test(async (store) => {
      const { tip } = await given(store);
      const sent = await accepted(store, await message(store, tip, 2));
      expect(await store.thread.receive(sent)).toEqual({ kind: 'replayed', answer: sent.answer });
      expect(await store.thread.answerFor(tip, sent.key)).toEqual(sent.answer);
      expect((await store.triage.head(`tip:${tip}`)).no).toBe(2);
    }),
  );

  it(
    'knows no answer to a step that was never taken, nor of another tip',
    test(async (store) => {
      const { tip } = await given(store);
      const other = await given(store);
      const sent = await accepted(store, await message(store, tip, 2));
      expect(await store.thread.answerFor(tip, newHash())).toBeNull();
      expect(await store.thread.answerFor(other.tip, sent.key)).toBeNull();
      expect(await store.thread.answerFor(newTip(), sent.key)).toBeNull();
    }),
  );

  it(
    'refuses a step that does not join the head, with nothing of it kept',
    test(async (store) => {
      const { tip } = await given(store);
      const late = await message(store, tip, 2);
      await step(store, tip, { step: 'prioritised' });
      const result = await store.thread.receive(late);
      expect(isStale(result) && result.head.no).toBe(2);
      expect(await store.thread.marks(tip)).toEqual({ arrived: 0, seen: 0 });
      // The proof of work was not spent: the same one serves the next try.
      await accepted(store, await message(store, tip, 2, { challenge: late.challenge }));
    }),
  );

  it(
    'refuses a spent proof of work and a tip that does not exist',
    test(async (store) => {
      const { tip } = await given(store);
      const first = await accepted(store, await message(store, tip, 2));
      const again = await message(store, tip, 3, { challenge: first.challenge });
      expect(await store.thread.receive(again)).toEqual({ kind: 'refused', code: 'challenge_spent' });
      expect((await store.triage.head(`tip:${tip}`)).no).toBe(2);
      const nobody = newTip();
      const lost = {
        ...again,
        tip: nobody,
        event: event(`tip:${nobody}`, { no: 1, leaf: newHash() }, { time: { day: TODAY } }),
        envelope: envelope(nobody, 2),
      };
      expect(await store.thread.receive(lost)).toEqual({ kind: 'refused', code: 'tip_unknown' });
    }),
  );

  it(
    'takes a message whole with its attachments or not at all',
    test(async (store) => {
      const { tip } = await given(store);
      const { hashes: _, ...file } = await finished(store);
      const foreign = await message(store, tip, 2, { attachments: [file, { ...file, id: hex(16) }] });
      expect(await store.thread.receive(foreign)).toEqual({ kind: 'refused', code: 'attachment_missing' });
      expect(await store.thread.marks(tip)).toEqual({ arrived: 0, seen: 0 });
      await accepted(store, { ...foreign, attachments: [file] });
      expect((await store.uploads.upload(file.id))?.state).toBe('attached');
    }),
  );

  it(
    'counts messages by day and in all, and no other step',
    test(async (store) => {
      const { tip } = await given(store);
      const tomorrow = dayAt(T0_SECONDS + 2 * 86_400);
      await accepted(store, await message(store, tip, 2));
      await accepted(store, await message(store, tip, 3));
      await accepted(store, await message(store, tip, 4, {}, tomorrow));
      await accepted(
        store,
        await message(store, tip, 0, { envelope: null, change: change({ step: 'consent_answered' }) }),
      );
      expect(await store.thread.sent(tip, TODAY)).toEqual({ today: 2, total: 3 });
      expect(await store.thread.sent(tip, tomorrow)).toEqual({ today: 1, total: 3 });
      expect(await store.thread.sent(newTip(), TODAY)).toEqual({ today: 0, total: 0 });
    }),
  );

  it(
    'stops the clock that waited for the answer',
    test(async (store) => {
      const { tip } = await given(store);
      await step(store, tip, {
        step: 'question_posted',
        startClocks: [clockStart('ask_back', null, 864_000)],
      });
      const answered = T0_SECONDS + 100_000;
      await accepted(
        store,
        await message(store, tip, 2, {
          change: change({ step: 'message_received', stopClocks: [clockStop('ask_back', answered)] }),
        }),
      );
      const clocks = (await store.triage.tip(tip))?.state.clocks ?? [];
      expect(clocks.find(({ clock }) => clock === 'ask_back')?.stopped).toBe(answered);
    }),
  );

  it(
    'lists tips with unseen messages to the unit that holds them, the newest tip first, until they are seen',
    test(async (store) => {
      const [one, two] = [await given(store), await given(store)];
      await given(store);
      await accepted(store, await message(store, one.tip, 2));
      await accepted(store, await message(store, two.tip, 2));
      expect((await store.thread.unread(HOME)).map(({ tip }) => tip)).toEqual([two.tip, one.tip]);
      expect(await store.thread.unreadCount(HOME)).toBe(2);
      expect(await store.thread.unreadCount(AWAY)).toBe(0);
      expect(await store.thread.seen(await ofReader(store), HOME, two.tip, 2)).toBe('seen');
      expect((await store.thread.unread(HOME)).map(({ tip }) => tip)).toEqual([one.tip]);
    }),
  );

  it(
    'never marks more as seen than has arrived, and never moves a mark back',
    test(async (store) => {
      const { tip } = await given(store);
      await accepted(store, await message(store, tip, 2));
      await store.thread.seen(await ofReader(store), HOME, tip, 99);
      expect(await store.thread.marks(tip)).toEqual({ arrived: 2, seen: 2 });
      await accepted(store, await message(store, tip, 3));
      expect(await store.thread.unreadCount(HOME)).toBe(1);
      await store.thread.seen(await ofReader(store), HOME, tip, 3);
      await store.thread.seen(await ofReader(store), HOME, tip, 1);
      expect(await store.thread.marks(tip)).toEqual({ arrived: 3, seen: 3 });
    }),
  );

  it(
    'lets no other unit mark messages, and writes no event then',
    test(async (store) => {
      const { tip } = await given(store);
      await accepted(store, await message(store, tip, 2));
      const seen = await ofReader(store);
      expect(await store.thread.seen(seen, AWAY, tip, 2)).toBe('unknown');
      expect(await store.thread.seen(seen, HOME, newTip(), 2)).toBe('unknown');
      expect((await store.triage.head(seen.subject)).no).toBe(0);
      expect(await store.thread.marks(tip)).toEqual({ arrived: 2, seen: 0 });
    }),
  );

  it(
    'hands the unseen mark on with the tip',
    test(async (store) => {
      const { tip } = await given(store, submission({ change: change({ startClocks: FIRST_CLOCKS }) }));
      await accepted(store, await message(store, tip, 2));
      await step(store, tip, { step: 'transfer_sent', custody: { kind: 'offer', to: AWAY } });
      expect((await store.mailbox.view(tip))?.readers).toEqual([HOME, AWAY]);
      expect(await store.thread.unreadCount(AWAY)).toBe(0);
      await step(store, tip, { step: 'transfer_acknowledged', custody: { kind: 'accept', unit: AWAY } });
      expect(await store.thread.unreadCount(HOME)).toBe(0);
      expect((await store.thread.unread(AWAY)).map((row) => row.tip)).toEqual([tip]);
      expect((await store.mailbox.view(tip))?.readers).toEqual([AWAY]);
    }),
  );

  it(
    'names the key of the submission as the first author key, and none for an unknown tip',
    test(async (store) => {
      const made = await given(store);
      expect(await store.thread.authors(made.tip)).toEqual([{ from: 1, key: made.authorKey, facts: null }]);
      expect(await store.thread.authors(newTip())).toEqual([]);
    }),
  );

  it(
    "replaces keys, mailbox and the wraps of the unit's messages when the code changes",
    test(async (store) => {
      const made = await given(store);
      await step(store, made.tip, { step: 'message_posted' }, { message: envelope(made.tip, 2) });
      await accepted(store, await message(store, made.tip, 3));
      const wraps = bytes(90);
      const changed = await accepted(store, await codeChange(store, made.tip, [{ no: 2, wraps }]));
      const { registration, authorKey, facts } = changed.mailbox ?? {};
      expect(await store.mailbox.keys(made.mailbox.locator)).toBeNull();
      expect(await store.mailbox.keys(registration?.locator ?? '')).toEqual({
        tip: made.tip,
        loginKey: registration?.loginKey,
        mailboxKey: registration?.mailboxKey,
      });
      expect(await store.thread.authors(made.tip)).toEqual([
        { from: 1, key: made.authorKey, facts: null },
        { from: 4, key: authorKey, facts },
      ]);
      expect((await store.mailbox.view(made.tip))?.messages.map((one) => one.wraps)).toEqual([wraps]);
    }),
  );

  it(
    'leaves no former wraps that the old code opens, and keeps those of other envelopes',
    test(async (store) => {
      const { tip } = await given(store);
      await step(store, tip, { step: 'message_posted' }, { message: envelope(tip, 2) });
      const blocks = [1, 2].map((no) => ({ no, wraps: bytes(80) }));
      await step(store, tip, { step: 'rewrapped' }, { wraps: blocks });
      const former = (no: number) => store.triage.formerWraps(tip, no, 1000, 10);
      expect([(await former(1)).length, (await former(2)).length]).toEqual([1, 1]);
      await accepted(store, await codeChange(store, tip, [{ no: 2, wraps: bytes(80) }]));
      expect([(await former(1)).length, (await former(2)).length]).toEqual([1, 0]);
    }),
  );

  it(
    "refuses a new code that is another tip's, and a message that is not there, with nothing kept",
    test(async (store) => {
      const [made, other] = [await given(store), await given(store)];
      const taken = await codeChange(store, made.tip, [], other.mailbox.locator);
      expect(await store.thread.receive(taken)).toEqual({ kind: 'refused', code: 'mailbox_taken' });
      const absent = await codeChange(store, made.tip, [{ no: 5, wraps: bytes(80) }]);
      await expect(store.thread.receive(absent)).rejects.toMatchObject({ code: 'step_not_allowed' });
      expect((await store.thread.authors(made.tip)).length).toBe(1);
      expect((await store.mailbox.keys(made.mailbox.locator))?.tip).toBe(made.tip);
      expect((await store.triage.head(`tip:${made.tip}`)).no).toBe(1);
    }),
  );

  it(
    'refuses an envelope that is not the next of its thread',
    test(async (store) => {
      const { tip } = await given(store);
      for (const no of [1, 3])
        await expect(
          store.thread.receive(await message(store, tip, no, { envelope: { ...envelope(tip, 2), no } })),
        ).rejects.toThrow();
      expect((await store.triage.head(`tip:${tip}`)).no).toBe(1);
    }),
  );
}
