import { expect, it } from 'vitest';
import { AWAY, given, HOME, type MakeStore, step, T0_SECONDS } from './store-fixture.ts';
import { withStore } from './with-store.ts';

export function transferContract(makeStore: MakeStore): void {
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
