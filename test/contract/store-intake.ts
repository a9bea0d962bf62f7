import { expect, it } from 'vitest';
import type { Seconds } from '../../src/domain/ids.ts';
import {
  bytes,
  change,
  clockStart,
  envelope,
  event,
  FIRST_CLOCKS,
  given,
  HOME,
  hex,
  type MakeStore,
  newHash,
  newTip,
  submission,
  T0_SECONDS,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

export function intakeContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'accepts a submission and can show every part of it',
    test(async (store) => {
      const made = await given(store);
      const detail = await store.triage.tip(made.tip);
      expect(detail).toMatchObject({
        tip: made.tip,
        unit: HOME,
        t0: made.t0,
        stage: 'submitted',
        registerNumber: null,
        due: T0_SECONDS + 86_400,
        head: { no: 1, leaf: made.event.leaf },
        mailboxKey: made.mailbox.mailboxKey,
        messageCount: 0,
        custody: [{ unit: HOME, from: T0_SECONDS, until: null, status: 'held' }],
      });
      expect(detail?.state.clocks.map((clock) => clock.clock).sort()).toEqual([
        'classify',
        'handle',
        'register',
        'settle',
        'verify',
      ]);
      expect(detail?.events).toEqual([
        {
          no: 1,
          type: 'submitted',
          leaf: made.event.leaf,
          record: made.event.record,
          citizenPart: made.event.citizenPart,
          restrictedPart: made.event.restrictedPart,
          ...made.event.openings,
        },
      ]);
    }),
  );

  it(
    'answers a batch in its order',
    test(async (store) => {
      const first = submission();
      const second = submission({ challenge: first.challenge });
      const third = submission();
      expect(await store.intake.accept([first, second, third])).toEqual([
        { kind: 'accepted' },
        { kind: 'refused', code: 'challenge_spent' },
        { kind: 'accepted' },
      ]);
    }),
  );

  it(
    'accepts an empty batch',
    test(async (store) => {
      expect(await store.intake.accept([])).toEqual([]);
    }),
  );

  it(
    'gives a replay the stored answer before looking at anything else',
    test(async (store) => {
      const made = await given(store);
      const replay = submission({
        tip: made.tip,
        sealHash: made.sealHash,
        challenge: made.challenge,
        answer: bytes(9),
      });
      expect(await store.intake.accept([replay])).toEqual([{ kind: 'replayed', answer: made.answer }]);
      expect((await store.triage.tip(made.tip))?.head).toEqual({ no: 1, leaf: made.event.leaf });
    }),
  );

  it(
    'recognises a replay within one batch',
    test(async (store) => {
      const made = submission();
      expect(await store.intake.accept([made, made])).toEqual([
        { kind: 'accepted' },
        { kind: 'replayed', answer: made.answer },
      ]);
    }),
  );

  it(
    'knows the answer of a committed submission by its seal',
    test(async (store) => {
      const made = await given(store);
      expect(await store.intake.answerFor(made.tip, made.sealHash)).toEqual(made.answer);
      expect(await store.intake.answerFor(made.tip, newHash())).toBeNull();
      expect(await store.intake.answerFor(newTip(), made.sealHash)).toBeNull();
    }),
  );

  it(
    'refuses another submission under the same tip id and keeps the first as it was',
    test(async (store) => {
      const made = await given(store);
      const other = submission({ tip: made.tip });
      expect(await store.intake.accept([other])).toEqual([{ kind: 'refused', code: 'tip_conflict' }]);
      expect((await store.triage.tip(made.tip))?.head.leaf).toBe(made.event.leaf);
    }),
  );

  it(
    'does not spend the challenge of a refused submission',
    test(async (store) => {
      const made = await given(store);
      const challenge = { id: hex(16), expires: T0_SECONDS };
      await store.intake.accept([submission({ tip: made.tip, challenge })]);
      expect(await store.intake.accept([submission({ challenge })])).toEqual([{ kind: 'accepted' }]);
    }),
  );

  it(
    'refuses a challenge that was spent',
    test(async (store) => {
      const made = await given(store);
      const other = submission({ challenge: made.challenge });
      expect(await store.intake.accept([other])).toEqual([{ kind: 'refused', code: 'challenge_spent' }]);
      expect(await store.triage.tip(other.tip)).toBeNull();
      expect(await store.intake.answerFor(other.tip, other.sealHash)).toBeNull();
    }),
  );

  it(
    'refuses a mailbox locator that is taken and stores nothing of the submission',
    test(async (store) => {
      const made = await given(store);
      const other = submission({ mailbox: { ...made.mailbox, loginKey: bytes(32) } });
      expect(await store.intake.accept([other])).toEqual([{ kind: 'refused', code: 'mailbox_taken' }]);
      expect(await store.triage.tip(other.tip)).toBeNull();
      expect((await store.mailbox.keys(made.mailbox.locator))?.tip).toBe(made.tip);
    }),
  );

  it(
    'lets one bad row fail alone',
    test(async (store) => {
      const bad = submission({ authorKey: bytes(31) });
      const good = [submission(), submission()];
      expect(await store.intake.accept([good[0]!, bad, good[1]!])).toEqual([
        { kind: 'accepted' },
        { kind: 'refused', code: 'internal', cause: expect.anything() },
        { kind: 'accepted' },
      ]);
      expect(await store.triage.tip(bad.tip)).toBeNull();
      for (const made of good) expect(await store.triage.tip(made.tip)).not.toBeNull();
    }),
  );

  it(
    'leaves nothing of a row that fails at its last statement',
    test(async (store) => {
      const tip = newTip();
      const twice = [clockStart('register', 'received', 10), clockStart('register', 'received', 20)];
      const bad = submission({ tip, change: change({ step: 'submitted', startClocks: twice }) });
      expect(await store.intake.accept([bad])).toEqual([
        { kind: 'refused', code: 'internal', cause: expect.anything() },
      ]);
      expect(await store.triage.head(`tip:${tip}`)).toEqual({ no: 0, leaf: null });
      expect(await store.mailbox.keys(bad.mailbox.locator)).toBeNull();
      expect(await store.oversight.verifyRollups()).toEqual([]);
      const retry = submission({
        tip,
        sealHash: bad.sealHash,
        challenge: bad.challenge,
        mailbox: bad.mailbox,
      });
      expect(await store.intake.accept([retry])).toEqual([{ kind: 'accepted' }]);
    }),
  );

  it(
    'refuses an event or envelope of another tip',
    test(async (store) => {
      const tip = newTip();
      const foreignEvent = submission({ tip, event: event(`tip:${newTip()}`, { no: 0, leaf: null }) });
      const foreignEnvelope = submission({ tip, envelope: envelope(newTip()) });
      for (const bad of [foreignEvent, foreignEnvelope]) {
        expect(await store.intake.accept([bad])).toEqual([
          { kind: 'refused', code: 'internal', cause: expect.anything() },
        ]);
      }
    }),
  );

  it(
    'refuses a first event that does not begin the chain',
    test(async (store) => {
      const tip = newTip();
      const bad = submission({ tip, event: event(`tip:${tip}`, { no: 1, leaf: newHash() }) });
      expect(await store.intake.accept([bad])).toEqual([
        { kind: 'refused', code: 'internal', cause: expect.anything() },
      ]);
      expect(await store.triage.tip(tip)).toBeNull();
    }),
  );

  it(
    'loses none of many concurrent submissions',
    test(async (store) => {
      const batches = Array.from({ length: 40 }, (_, index) =>
        Array.from({ length: 1 + (index % 7) }, () => submission()),
      );
      const results = await Promise.all(batches.map((batch) => store.intake.accept(batch)));
      expect(results.flat().every((result) => result.kind === 'accepted')).toBe(true);
      for (const made of batches.flat()) {
        expect(await store.intake.answerFor(made.tip, made.sealHash)).toEqual(made.answer);
      }
      expect((await store.triage.counts(HOME, T0_SECONDS)).open).toBe(batches.flat().length);
    }),
  );

  it(
    'lets exactly one of many concurrent submissions spend a challenge',
    test(async (store) => {
      const challenge = { id: hex(16), expires: T0_SECONDS };
      const results = await Promise.all(
        Array.from({ length: 20 }, () => store.intake.accept([submission({ challenge })])),
      );
      expect(results.flat().filter((result) => result.kind === 'accepted')).toHaveLength(1);
    }),
  );

  it(
    'forgets expired challenges only, at most as many as asked',
    test(async (store) => {
      const old = Array.from({ length: 3 }, () => ({ id: hex(16), expires: T0_SECONDS }));
      const fresh = { id: hex(16), expires: (T0_SECONDS + 100) as Seconds };
      await store.intake.accept([...old, fresh].map((challenge) => submission({ challenge })));
      const now = (T0_SECONDS + 50) as Seconds;
      expect(await store.intake.forgetExpiredChallenges(now, 2)).toBe(2);
      expect(await store.intake.forgetExpiredChallenges(now, 2)).toBe(1);
      expect(await store.intake.forgetExpiredChallenges(now, 2)).toBe(0);
      expect(await store.intake.accept([submission({ challenge: fresh })])).toEqual([
        { kind: 'refused', code: 'challenge_spent' },
      ]);
    }),
  );

  it(
    'hands out plain byte arrays that a caller may keep',
    test(async (store) => {
      const made = await given(store, { change: change({ startClocks: FIRST_CLOCKS }) });
      const answer = await store.intake.answerFor(made.tip, made.sealHash);
      expect(answer?.constructor).toBe(Uint8Array);
      expect(answer?.buffer.byteLength).toBe(answer?.byteLength);
    }),
  );
}
