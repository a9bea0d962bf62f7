import { expect, it } from 'vitest';
import { envelope, given, HOME, hex, type MakeStore, newTip, step, T0 } from './store-fixture.ts';
import { withStore } from './with-store.ts';

export function mailboxContract(makeStore: MakeStore): void {
  const test = withStore(makeStore);

  it(
    'finds the keys of a mailbox by its locator',
    test(async (store) => {
      const made = await given(store);
      const { locator, loginKey, mailboxKey } = made.mailbox;
      expect(await store.mailbox.keys(locator)).toEqual({ tip: made.tip, loginKey, mailboxKey });
    }),
  );

  it(
    'knows no mailbox for another or a malformed locator',
    test(async (store) => {
      await given(store);
      for (const locator of [hex(16), '', 'zz', '../x', hex(40)])
        expect(await store.mailbox.keys(locator)).toBeNull();
    }),
  );

  it(
    'shows state, steps and messages of the unit, never what the citizen wrote',
    test(async (store) => {
      const made = await given(store);
      const answer = envelope(made.tip, 2);
      await step(
        store,
        made.tip,
        { step: 'notified', stage: 'notified', outcome: 'sanctioned' },
        { message: answer },
      );
      const view = await store.mailbox.view(made.tip);
      expect(view).toMatchObject({
        tip: made.tip,
        unit: HOME,
        t0: T0,
        stage: 'notified',
        overlay: 'none',
        outcome: 'sanctioned',
      });
      expect(view?.messages).toEqual([answer]);
      expect(view?.head).toEqual(await store.triage.head(`tip:${made.tip}`));
      expect(view?.steps.map(({ no, type }) => [no, type])).toEqual([
        [1, 'submitted'],
        [2, 'notified'],
      ]);
    }),
  );

  it(
    'gives of each step the citizen part with its salt and nothing of the restricted part',
    test(async (store) => {
      const made = await given(store);
      const [first] = (await store.mailbox.view(made.tip))?.steps ?? [];
      expect(first).toEqual({
        no: 1,
        type: 'submitted',
        citizenPart: made.event.citizenPart,
        citizenSalt: made.event.openings.citizenSalt,
        leaf: made.event.leaf,
      });
    }),
  );

  it(
    'shows nothing for a tip that does not exist',
    test(async (store) => {
      expect(await store.mailbox.view(newTip())).toBeNull();
    }),
  );
}
