import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Me, WireNote, WireUnit } from '../../../../src/client/console/wire.ts';
import { changePassphrase } from '../../../../src/client/console/worker/account.ts';
import { signEpochs, wrapMissing } from '../../../../src/client/console/worker/epochs.ts';
import { removeMember, signMember } from '../../../../src/client/console/worker/membership.ts';
import { openNotes, sealNote } from '../../../../src/client/console/worker/notes.ts';
import { rewrapOpen } from '../../../../src/client/console/worker/rewrap.ts';
import { accountName, keysOf, refresh } from '../../../../src/client/console/worker/session.ts';
import { openWhole } from '../../../../src/client/console/worker/tip.ts';
import { unitView } from '../../../../src/client/console/worker/unit.ts';
import { type Instance, openInstance } from '../../../fixtures/instance.ts';
import { withLog } from '../../../fixtures/ledger.ts';
import { contentOf, flipped, openConsole, send, sitAt, type TestConsole } from './console-world.ts';

const silent = (): void => undefined;

describe('keys of a unit', () => {
  let instance: Instance;
  let head: TestConsole;
  let officer: TestConsole;

  beforeEach(async () => {
    instance = await openInstance();
    officer = await openConsole(instance, 'tohieu.canbo');
    head = await openConsole(instance, 'tohieu.truong');
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await instance.close();
  });

  const idOf = (account: string) => instance.person(account).id;
  /** The consoles' clocks run on while they work and the service's stands still: lets it pass what they signed, and looks again. */
  const letClocksMeet = async (): Promise<void> => {
    instance.clock.pass(60);
    sitAt(head);
    await refresh(head.state);
  };
  /** Both leaders end the deputy's membership. */
  const removeDeputy = async (): Promise<void> => {
    // The deputy signed epochs in the very second of the foundation: what they signed before they left stands.
    instance.clock.pass(60);
    head = await openConsole(instance, 'tohieu.truong');
    const staff = idOf('tohieu.pho');
    expect(await removeMember(head.state, { staff })).toMatchObject({ state: 'pending' });
    const above = await openConsole(instance, 'sonla.truong');
    expect(await removeMember(above.state, { staff })).toMatchObject({ state: 'accepted' });
    await letClocksMeet();
  };

  test('what the page shows of the unit is verified: members in force, weeks ahead', async () => {
    const unit = await unitView(head.state);
    expect(unit.members.map(({ state }) => state)).toEqual(['active', 'active', 'active']);
    expect(unit.weeksAhead).toBeGreaterThanOrEqual(6);
    expect([unit.live, unit.proposed]).toEqual([true, 'none']);
  });

  test('nobody whose end the public log knows is given a new key, though the service keeps it back', async () => {
    const old = await head.state.directories.of(head.state.keyring.me.unit, head.state.keyring.now());
    await removeDeputy();
    await withLog(instance);
    await letClocksMeet();
    vi.spyOn(head.state.directories, 'of').mockResolvedValue(old);
    const bodies: string[] = [];
    const line = globalThis.fetch;
    vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
      if (path === '/api/staff/epochs') bodies.push(String(init.body));
      return line(path, init);
    });
    await signEpochs(head.state, {}, silent).catch(() => undefined);
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toContain(idOf('tohieu.canbo'));
    expect(bodies[0]).not.toContain(idOf('tohieu.pho'));
  });

  test('a wrap that does not open is reported by its recipient’s console, and a colleague’s replaces it', async () => {
    const sent = await send(instance, contentOf('Tin'));
    sitAt(officer);
    officer.tamper((path, answer) => {
      if (path !== '/api/staff/me') return answer;
      const me = answer as Me;
      return { ...me, epochWraps: me.epochWraps.map((one) => ({ ...one, wrap: flipped(one.wrap) })) };
    });
    await refresh(officer.state);
    officer.tamper(null);
    expect((await openWhole(officer.state, sent.tip)).code).toBe('key_broken');
    sitAt(head);
    const lacking = (await unitView(head.state)).members.find(({ staff }) => staff === idOf('tohieu.canbo'));
    expect(lacking?.missing).toBe(1);
    expect(await wrapMissing(head.state, {}, silent)).toEqual({ count: 1 });
    sitAt(officer);
    await refresh(officer.state);
    expect((await openWhole(officer.state, sent.tip)).content?.what).toBe('Tin');
  });

  test('the last weeks are signed by two members, and both can open them', async () => {
    instance.clock.pass(5 * 7 * 86_400);
    const state = async (at: TestConsole) => {
      const again = await openConsole(instance, at.staff.person.account);
      return again.state;
    };
    const first = await state(head);
    expect(await signEpochs(first, {}, silent)).toMatchObject({ state: 'pending' });
    const second = await state(officer);
    expect(await signEpochs(second, {}, silent)).toMatchObject({ state: 'accepted' });
    await refresh(second);
    const unit = await unitView(second);
    expect(unit.weeksAhead).toBeGreaterThanOrEqual(6);
    expect(unit.epochs.every(({ mine }) => mine)).toBe(true);
  });

  test('proposed epochs whose wrap does not open to what was signed are not signed by the second person', async () => {
    instance.clock.pass(5 * 7 * 86_400);
    const first = await openConsole(instance, 'tohieu.truong');
    await signEpochs(first.state, {}, silent);
    const second = await openConsole(instance, 'tohieu.canbo');
    second.tamper((path, answer) => {
      if (path !== '/api/staff/members') return answer;
      const unit = answer as WireUnit;
      const mine = unit.pending[0]?.wraps.find(({ member }) => member === second.staff.person.id)?.wrap ?? '';
      return {
        ...unit,
        pending: unit.pending.map((one) => ({
          ...one,
          wraps: [{ member: second.staff.person.id, wrap: mine }],
        })),
      };
    });
    await expect(signEpochs(second.state, {}, silent)).rejects.toMatchObject({ code: 'wrap_foreign' });
  });

  test('a person’s keys are signed only with the fingerprint that was compared', async () => {
    await expect(
      signMember(head.state, { staff: idOf('tohieu.pho'), fingerprint: '0000 0000 0000 0000 0000 0000' }),
    ).rejects.toMatchObject({ code: 'event_signature' });
  });

  test('a removal takes the unit’s keys with it: new ones are signed, and open tips are locked with them', async () => {
    const { tip } = await send(instance, contentOf('Tin đang mở'));
    await removeDeputy();
    expect((await unitView(head.state)).live).toBe(false);
    await expect(rewrapOpen(head.state, {}, silent)).rejects.toMatchObject({ code: 'epoch_missing' });
    await signEpochs(head.state, {}, silent);
    sitAt(officer);
    await refresh(officer.state);
    await signEpochs(officer.state, {}, silent);
    await letClocksMeet();
    const seen: number[] = [];
    expect(await rewrapOpen(head.state, {}, (done) => seen.push(done))).toEqual({ count: 1 });
    expect(seen).toEqual([0, 1]);
    expect(await rewrapOpen(head.state, {}, silent)).toEqual({ count: 0 });
    const opened = await openWhole(head.state, tip);
    expect(opened.content?.what).toBe('Tin đang mở');
    expect(opened.history.map(({ type, proven }) => [type, proven])).toEqual([
      ['submitted', true],
      ['rewrapped', true],
    ]);
  });

  test('nobody who has every key is wrapped for again', async () => {
    expect(await wrapMissing(head.state, {}, silent)).toEqual({ count: 0 });
  });

  test('a hand-over note opens for a colleague, and nothing of it is on the server', async () => {
    await sealNote(head.state, 'Chú ý bến xe tối nay');
    sitAt(officer);
    const { notes } = (await (await officer.staff.get('/api/staff/handover')).json()) as {
      notes: WireNote[];
    };
    expect(JSON.stringify(notes)).not.toContain('bến xe');
    expect((await openNotes(officer.state, notes))[0]?.text).toBe('Chú ý bến xe tối nay');
    const stranger = await openConsole(instance, 'mocchau.canbo');
    expect((await openNotes(stranger.state, notes))[0]?.text).toBeNull();
  });
});

describe('passphrases', () => {
  let instance: Instance;

  beforeEach(async () => {
    instance = await openInstance();
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await instance.close();
  });

  test('a server that asks for a cheaper derivation is refused', async () => {
    const { state } = await openConsole(instance, 'tohieu.canbo');
    const salt = 'A'.repeat(22);
    for (const cost of [
      { memoryKiB: 64 * 1024, passes: 3 },
      { memoryKiB: 256 * 1024, passes: 2 },
    ])
      expect(() => keysOf(state, 'ba be bi bo bu ca co', { salt, ...cost })).toThrow('weak_parameters');
  });

  test('a passphrase of one’s own choosing is not taken as a new one', async () => {
    const { state } = await openConsole(instance, 'tohieu.canbo');
    await expect(
      changePassphrase(state, { old: 'ba be bi bo bu ca co', fresh: 'mật khẩu dễ nhớ' }),
    ).rejects.toMatchObject({ code: 'passphrase_malformed' });
  });

  test('account names are compared in lower case and NFC', () => {
    expect(accountName('  ToHieu.CanBo ')).toBe('tohieu.canbo');
  });
});
