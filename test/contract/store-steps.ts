import { expect, it } from 'vitest';
import type { Seconds, TipId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store/store.ts';
import {
  AWAY,
  bytes,
  change,
  clockStart,
  clockStop,
  envelope,
  event,
  given,
  givenStaff,
  HOME,
  isStale,
  type MakeStore,
  newStaff,
  newTip,
  nextEvent,
  step,
  T0_SECONDS,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

const REGISTER = { unit: HOME, year: 2026 };

export function stepContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'carries out a change with its event',
    test(async (store) => {
      const { tip } = await given(store);
      const answer = await step(store, tip, {
        step: 'registered',
        stage: 'received',
        register: REGISTER,
        stopClocks: [clockStop('register', T0_SECONDS + 3600)],
      });
      expect(answer).toEqual({ registerNumber: '1/2026' });
      const detail = await store.triage.tip(tip);
      expect(detail).toMatchObject({ stage: 'received', registerNumber: '1/2026', head: { no: 2 } });
      expect(detail?.events.map((one) => one.type)).toEqual(['submitted', 'registered']);
      expect(detail?.state.clocks.find((clock) => clock.clock === 'register')?.stopped).toBe(
        T0_SECONDS + 3600,
      );
    }),
  );

  it(
    'answers stale with the present head and writes nothing when another event came first',
    test(async (store) => {
      const { tip } = await given(store);
      const late = await nextEvent(store, `tip:${tip}`);
      await step(store, tip, { stage: 'received' });
      const head = await store.triage.head(`tip:${tip}`);
      const answer = await store.triage.step({
        tip,
        event: late,
        by: newStaff(),
        change: change({
          stage: 'archived',
          register: REGISTER,
          startClocks: [clockStart('archive', null, 5)],
        }),
      });
      expect(answer).toEqual({ stale: true, head });
      expect(await store.triage.tip(tip)).toMatchObject({ stage: 'received', registerNumber: null, head });
    }),
  );

  it(
    'refuses an event with the right number that names another predecessor',
    test(async (store) => {
      const { tip } = await given(store);
      const forged = event(`tip:${tip}`, { no: 1, leaf: event('x', { no: 0, leaf: null }).leaf });
      expect(isStale(await store.triage.step({ tip, event: forged, by: newStaff(), change: change() }))).toBe(
        true,
      );
    }),
  );

  it(
    'lets exactly one of two concurrent steps through',
    test(async (store) => {
      const { tip } = await given(store);
      const head = await store.triage.head(`tip:${tip}`);
      const steps = await Promise.all(
        ['P1', 'P2'].map((priority) =>
          store.triage.step({
            tip,
            event: event(`tip:${tip}`, head),
            by: newStaff(),
            change: change({ priority: priority as 'P1' }),
          }),
        ),
      );
      expect(steps.filter(isStale)).toHaveLength(1);
    }),
  );

  it(
    'knows no step on a tip that does not exist',
    test(async (store) => {
      const tip = newTip();
      await expect(
        store.triage.step({
          tip,
          event: event(`tip:${tip}`, { no: 0, leaf: null }),
          by: newStaff(),
          change: change(),
        }),
      ).rejects.toMatchObject({ code: 'tip_unknown' });
    }),
  );

  it(
    'refuses an event of another tip',
    test(async (store) => {
      const { tip } = await given(store);
      const other = await given(store);
      const foreign = await nextEvent(store, `tip:${other.tip}`);
      await expect(
        store.triage.step({ tip, event: foreign, by: newStaff(), change: change() }),
      ).rejects.toThrow();
      expect((await store.triage.head(`tip:${other.tip}`)).no).toBe(1);
    }),
  );

  it(
    'undoes the event too when the change does not fit what is stored',
    test(async (store) => {
      const { tip } = await given(store);
      const wrong = step(store, tip, { stage: 'archived', stopClocks: [clockStop('archive', T0_SECONDS)] });
      await expect(wrong).rejects.toMatchObject({ code: 'step_not_allowed' });
      expect(await store.triage.tip(tip)).toMatchObject({ stage: 'submitted', head: { no: 1 } });
    }),
  );

  it(
    'gives register numbers by unit and year without gaps or doubles under concurrency',
    test(async (store) => {
      const tips = await Promise.all(Array.from({ length: 30 }, () => given(store)));
      const register = (tip: TipId, year: number) =>
        step(store, tip, { stage: 'received', register: { unit: HOME, year } });
      const answers = await Promise.all(
        tips.map(({ tip }, index) => register(tip, index % 3 === 0 ? 2027 : 2026)),
      );
      const numbers = answers.map((answer) =>
        isStale(answer) ? 'stale' : (answer.registerNumber ?? 'none'),
      );
      const of = (year: number) =>
        numbers
          .filter((number) => number.endsWith(`/${year}`))
          .map((number) => Number(number.split('/')[0]))
          .sort((a, b) => a - b);
      expect(of(2026)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
      expect(of(2027)).toEqual(Array.from({ length: 10 }, (_, index) => index + 1));
    }),
  );

  it(
    'takes no register number for a step that fails',
    test(async (store) => {
      const [first, second] = [await given(store), await given(store)];
      await expect(
        step(store, first.tip, { register: REGISTER, stopClocks: [clockStop('archive', T0_SECONDS)] }),
      ).rejects.toThrow();
      expect(await step(store, second.tip, { register: REGISTER })).toEqual({ registerNumber: '1/2026' });
    }),
  );

  it(
    'remembers who holds the tip and drops the holder when it moves',
    test(async (store) => {
      const { tip } = await given(store);
      const officer = await givenStaff(store);
      await step(store, tip, { stage: 'assigned', assignee: officer.id });
      expect((await store.triage.tip(tip))?.assignee).toBe(officer.id);
      await step(store, tip, { overlay: 'transfer_sent', custody: { kind: 'offer', to: AWAY } });
      await step(store, tip, { custody: { kind: 'accept', unit: AWAY } });
      expect((await store.triage.tip(tip))?.assignee).toBeNull();
    }),
  );

  it(
    'takes a clock up as a new round and lets one that reopens run on',
    test(async (store) => {
      const { tip } = await given(store);
      await step(store, tip, { stopClocks: [clockStop('verify', T0_SECONDS + 10)] });
      await step(store, tip, { startClocks: [clockStart('verify', 'verified', 100)] });
      await step(store, tip, { stopClocks: [clockStop('verify', T0_SECONDS + 50)] });
      await step(store, tip, { startClocks: [{ ...clockStart('verify', 'verified', 900), reopens: true }] });
      const rounds = (await store.triage.tip(tip))?.state.clocks.filter((clock) => clock.clock === 'verify');
      expect(rounds?.map((clock) => clock.stopped)).toEqual([T0_SECONDS + 10, null]);
      expect(rounds?.at(-1)?.due).toBe(T0_SECONDS + 900);
    }),
  );

  it(
    'refuses to start a clock that runs',
    test(async (store) => {
      const { tip } = await given(store);
      await expect(
        step(store, tip, { startClocks: [clockStart('verify', 'verified', 100)] }),
      ).rejects.toThrow();
      expect((await store.triage.head(`tip:${tip}`)).no).toBe(1);
    }),
  );

  decisionTests(makeStore);
  transferTests(makeStore);
  envelopeTests(makeStore);
}

function decisionTests(makeStore: MakeStore): void {
  const test = withStore(makeStore);
  const data = { outcome: 'sanctioned', documentNumber: '12/QĐ-XPHC', ground: 'có căn cứ' };

  const propose = async (store: Store, tip: TipId) => {
    const officer = await givenStaff(store);
    await step(store, tip, { openDecision: { kind: 'resolution', data, proposedBy: officer.id } });
    const pending = (await store.triage.tip(tip))?.state.pending;
    if (!pending) throw new Error('nothing is pending');
    return { officer, pending };
  };

  it(
    'keeps an open decision with its proposer until a second person closes it',
    test(async (store) => {
      const { tip } = await given(store);
      const { officer, pending } = await propose(store, tip);
      expect(pending).toMatchObject({
        kind: 'resolution',
        outcome: 'sanctioned',
        documentNumber: '12/QĐ-XPHC',
        proposedBy: officer.id,
        proposerUnit: HOME,
      });
      expect((await store.triage.counts(HOME, T0_SECONDS)).pending_decision).toBe(1);
      await step(store, tip, {
        stage: 'resolved',
        outcome: 'sanctioned',
        closeDecision: { id: pending.id, approvedBy: newStaff(), result: 'approved' },
      });
      expect(await store.triage.tip(tip)).toMatchObject({ outcome: 'sanctioned', state: { pending: null } });
      expect((await store.triage.counts(HOME, T0_SECONDS)).pending_decision).toBe(0);
    }),
  );

  it(
    'never lets the proposer approve, whoever calls',
    test(async (store) => {
      const { tip } = await given(store);
      const { officer, pending } = await propose(store, tip);
      const alone = step(store, tip, {
        closeDecision: { id: pending.id, approvedBy: officer.id, result: 'approved' },
      });
      await expect(alone).rejects.toThrow();
      expect((await store.triage.tip(tip))?.state.pending?.id).toBe(pending.id);
    }),
  );

  it(
    'lets the proposer take a proposal back',
    test(async (store) => {
      const { tip } = await given(store);
      const { officer, pending } = await propose(store, tip);
      await step(store, tip, {
        closeDecision: { id: pending.id, approvedBy: officer.id, result: 'refused' },
      });
      expect((await store.triage.tip(tip))?.state.pending).toBeNull();
    }),
  );

  it(
    'refuses a second open decision and a decision of another tip',
    test(async (store) => {
      const { tip } = await given(store);
      const { officer, pending } = await propose(store, tip);
      await expect(
        step(store, tip, { openDecision: { kind: 'resolution', data, proposedBy: officer.id } }),
      ).rejects.toMatchObject({ code: 'step_not_allowed' });
      const other = await given(store);
      await expect(
        step(store, other.tip, {
          closeDecision: { id: pending.id, approvedBy: newStaff(), result: 'approved' },
        }),
      ).rejects.toMatchObject({ code: 'step_not_allowed' });
    }),
  );

  it(
    'lists decisions of other units for somebody outside them',
    test(async (store) => {
      const { tip } = await given(store);
      await propose(store, tip);
      await given(store, { unit: AWAY });
      expect((await store.triage.decisionsElsewhere([HOME, AWAY])).map((row) => row.tip)).toEqual([tip]);
      expect(await store.triage.decisionsElsewhere([AWAY])).toEqual([]);
    }),
  );
}

function transferTests(makeStore: MakeStore): void {
  const test = withStore(makeStore);
  const offer = { overlay: 'transfer_sent', custody: { kind: 'offer', to: AWAY } } as const;

  it(
    'shows an offered tip to both units until it is acknowledged',
    test(async (store) => {
      const { tip } = await given(store);
      await step(store, tip, offer);
      const incoming = {
        unit: AWAY,
        filter: { scope: 'incoming_transfer' },
        now: T0_SECONDS,
        limit: 10,
      } as const;
      expect((await store.triage.queue(incoming)).rows.map((row) => row.tip)).toEqual([tip]);
      expect((await store.triage.counts(AWAY, T0_SECONDS)).incoming_transfer).toBe(1);
      expect((await store.triage.counts(HOME, T0_SECONDS)).open).toBe(1);
      await step(store, tip, { custody: { kind: 'accept', unit: AWAY } }, { at: T0_SECONDS + 7200 });
      expect((await store.triage.queue(incoming)).rows).toEqual([]);
      expect((await store.triage.counts(AWAY, T0_SECONDS)).open).toBe(1);
      expect((await store.triage.counts(HOME, T0_SECONDS)).open).toBe(0);
      expect((await store.triage.tip(tip))?.custody.map(({ unit, status }) => [unit, status])).toEqual([
        [HOME, 'ended'],
        [AWAY, 'held'],
      ]);
    }),
  );

  it(
    'leaves a returned tip where it was',
    test(async (store) => {
      const { tip } = await given(store);
      await step(store, tip, offer);
      await step(store, tip, { custody: { kind: 'return' } });
      const detail = await store.triage.tip(tip);
      expect(detail).toMatchObject({ unit: HOME, state: { transferTo: null } });
      expect(detail?.custody.map(({ unit, status }) => [unit, status])).toEqual([
        [HOME, 'held'],
        [AWAY, 'returned'],
      ]);
    }),
  );

  it(
    'refuses an acknowledgement by a unit to which nothing was offered',
    test(async (store) => {
      const { tip } = await given(store);
      await expect(step(store, tip, { custody: { kind: 'accept', unit: AWAY } })).rejects.toMatchObject({
        code: 'step_not_allowed',
      });
      await step(store, tip, offer);
      await expect(step(store, tip, { custody: { kind: 'accept', unit: HOME } })).rejects.toThrow();
      await expect(step(store, tip, offer)).rejects.toThrow();
      expect((await store.triage.tip(tip))?.unit).toBe(HOME);
    }),
  );

  it(
    'gives the new unit a number of its own and shows each unit the number it gave',
    test(async (store) => {
      const { tip } = await given(store);
      await given(store, { unit: AWAY }).then((other) =>
        step(store, other.tip, { register: { unit: AWAY, year: 2026 } }),
      );
      await step(store, tip, { register: { unit: HOME, year: 2026 } });
      expect((await store.triage.tip(tip))?.registerNumber).toBe('1/2026');
      await step(store, tip, offer);
      await step(store, tip, {
        custody: { kind: 'accept', unit: AWAY },
        register: { unit: AWAY, year: 2026 },
      });
      expect((await store.triage.tip(tip))?.registerNumber).toBe('2/2026');
    }),
  );
}

function envelopeTests(makeStore: MakeStore): void {
  const test = withStore(makeStore);
  const reader = newStaff();
  const read = async (store: Store, unit: typeof HOME, tips: readonly TipId[]) =>
    store.triage.readBatch(await nextEvent(store, `reader:${reader}`, { type: 'batch_read' }), unit, tips);

  it(
    'serves ciphertexts only with a committed event of the reader',
    test(async (store) => {
      const made = await given(store);
      expect(await read(store, HOME, [made.tip])).toEqual({ envelopes: [made.envelope] });
      expect((await store.triage.head(`reader:${reader}`)).no).toBe(1);
      const stale = event(`reader:${reader}`, { no: 0, leaf: null });
      expect(await store.triage.readBatch(stale, HOME, [made.tip])).toEqual({
        stale: true,
        head: await store.triage.head(`reader:${reader}`),
      });
    }),
  );

  it(
    'leaves out tips that are unknown or of another unit, and serves one on offer to both units',
    test(async (store) => {
      const mine = await given(store);
      const foreign = await given(store, { unit: AWAY });
      expect(await read(store, HOME, [newTip(), foreign.tip, mine.tip, mine.tip])).toEqual({
        envelopes: [mine.envelope],
      });
      await step(store, foreign.tip, { custody: { kind: 'offer', to: HOME } });
      expect(await read(store, HOME, [foreign.tip])).toEqual({ envelopes: [foreign.envelope] });
      expect(await read(store, AWAY, [foreign.tip])).toEqual({ envelopes: [foreign.envelope] });
    }),
  );

  it(
    'replaces only the wraps of an envelope',
    test(async (store) => {
      const made = await given(store);
      const wraps = bytes(77);
      await step(store, made.tip, { step: 'rewrapped' }, { wraps: [{ no: 1, wraps }] });
      expect(await read(store, HOME, [made.tip])).toEqual({ envelopes: [{ ...made.envelope, wraps }] });
      await expect(step(store, made.tip, {}, { wraps: [{ no: 2, wraps }] })).rejects.toMatchObject({
        code: 'step_not_allowed',
      });
    }),
  );

  it(
    'adds a message only as the next of its thread',
    test(async (store) => {
      const { tip } = await given(store);
      await expect(step(store, tip, {}, { message: envelope(tip, 3) })).rejects.toThrow();
      await step(store, tip, { step: 'message_posted' }, { message: envelope(tip, 2) });
      await expect(step(store, tip, {}, { message: envelope(tip, 2) })).rejects.toThrow();
      expect((await store.triage.tip(tip))?.messageCount).toBe(1);
      expect((await store.triage.head(`tip:${tip}`)).no).toBe(2);
    }),
  );

  it(
    'pages through the wraps of open tips, whole threads at a time',
    test(async (store) => {
      const tips = [await given(store), await given(store), await given(store)];
      await step(store, tips[0]!.tip, {}, { message: envelope(tips[0]!.tip, 2) });
      await step(store, tips[1]!.tip, { stage: 'archived' });
      await given(store, { unit: AWAY });
      const first = await store.triage.openWraps(HOME, 0, 1);
      expect(first.rows.map((row) => [row.tip, row.no])).toEqual([
        [tips[0]!.tip, 1],
        [tips[0]!.tip, 2],
      ]);
      const second = await store.triage.openWraps(HOME, first.next ?? 0, 5);
      expect(second.rows.map((row) => row.tip)).toEqual([tips[2]!.tip]);
      expect(second.rows[0]?.wraps).toEqual(tips[2]!.envelope.wraps);
      expect(second.next).toBeNull();
    }),
  );

  it(
    'keeps hand-over notes with their event, newest first',
    test(async (store) => {
      const by = newStaff();
      for (const at of [5, 9]) {
        const note = { unit: HOME, by, at: at as Seconds, sealed: bytes(40) };
        await store.triage.addHandoverNote(await nextEvent(store, `unit:${HOME}`), note);
      }
      expect((await store.triage.handoverNotes(HOME)).map((note) => [note.by, note.at])).toEqual([
        [by, 9],
        [by, 5],
      ]);
      expect(await store.triage.handoverNotes(AWAY)).toEqual([]);
      const stale = event(`unit:${HOME}`, { no: 0, leaf: null });
      const note = { unit: HOME, by, at: 10 as Seconds, sealed: bytes(40) };
      expect(isStale(await store.triage.addHandoverNote(stale, note))).toBe(true);
      expect(await store.triage.handoverNotes(HOME)).toHaveLength(2);
    }),
  );
}
