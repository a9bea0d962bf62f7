import { expect, it } from 'vitest';
import type { TipId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store/store.ts';
import {
  AWAY,
  given,
  givenStaff,
  HOME,
  type MakeStore,
  newStaff,
  newTip,
  step,
  T0_SECONDS,
} from './store-fixture.ts';
import { withStore } from './with-store.ts';

export function decisionContract(makeStore: MakeStore): void {
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
    'merges a duplicate only into another tip that is still counted, and never two into each other',
    test(async (store) => {
      const [first, second, third] = [await given(store), await given(store), await given(store)];
      const merge = (tip: TipId, mergesInto: TipId) =>
        step(store, tip, { stage: 'resolved', outcome: 'duplicate', leavesRates: true, mergesInto });
      const refused = { code: 'step_not_allowed' };
      await expect(merge(first.tip, first.tip)).rejects.toMatchObject(refused);
      await expect(merge(first.tip, newTip())).rejects.toMatchObject(refused);
      await merge(first.tip, second.tip);
      await expect(merge(second.tip, first.tip)).rejects.toMatchObject(refused);
      await expect(merge(third.tip, first.tip)).rejects.toMatchObject(refused);
      expect((await store.triage.tip(third.tip))?.outcome).toBeNull();
      await merge(second.tip, third.tip);
    }),
  );

  it(
    'finds a tip by its number in its unit’s register',
    test(async (store) => {
      const { tip } = await given(store);
      await step(store, tip, { register: { unit: HOME, year: 2026 } });
      expect(await store.triage.registered(HOME, 2026, 1)).toBe(tip);
      expect(await store.triage.registered(HOME, 2026, 2)).toBeNull();
      expect(await store.triage.registered(AWAY, 2026, 1)).toBeNull();
    }),
  );

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
