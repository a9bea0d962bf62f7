import { expect, it } from 'vitest';
import type { TipId } from '../../src/domain/ids.ts';
import {
  AWAY,
  change,
  clockStart,
  clockStop,
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
      await step(store, tip, {
        startClocks: [{ ...clockStart('verify', 'verified', 900), again: 'run_on' }],
      });
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
}
