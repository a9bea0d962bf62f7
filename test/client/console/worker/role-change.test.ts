import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WireUnit } from '../../../../src/client/console/wire.ts';
import { changeRoles } from '../../../../src/client/console/worker/role-change.ts';
import { unitView } from '../../../../src/client/console/worker/unit.ts';
import { toBase64Url } from '../../../../src/protocol/base64.ts';
import { type Instance, openInstance } from '../../../fixtures/instance.ts';
import { memberRecord } from '../../../fixtures/people.ts';
import { openConsole, sitAt, type TestConsole } from './console-world.ts';

let instance: Instance;
let head: TestConsole;
let above: TestConsole;

beforeEach(async () => {
  instance = await openInstance();
  // A newer statement is signed at a later moment than the founding one.
  instance.clock.pass(60);
  head = await openConsole(instance, 'tohieu.truong');
  above = await openConsole(instance, 'sonla.truong');
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await instance.close();
});

const officer = () => instance.person('tohieu.canbo');
const asked = (at: TestConsole, roles: readonly ['deputy' | 'head' | 'officer'], cosign: boolean) => {
  sitAt(at);
  return changeRoles(at.state, { staff: officer().id, roles, cosign });
};
const viewOf = async (at: TestConsole, list: 'members' | 'below') => {
  sitAt(at);
  return (await unitView(at.state))[list].find(({ staff }) => staff === officer().id);
};

describe('other roles in the console', () => {
  test('are offered to the other leader with what they would be, and to the proposer no more', async () => {
    expect(await viewOf(head, 'members')).toMatchObject({ state: 'active', changeable: true });
    expect(await asked(head, ['deputy'], false)).toMatchObject({ state: 'pending' });
    expect(await viewOf(head, 'members')).toMatchObject({
      state: 'changing',
      nextRoles: ['deputy'],
      mySignature: false,
      removable: true,
    });
    expect(await viewOf(above, 'below')).toMatchObject({
      state: 'changing',
      nextRoles: ['deputy'],
      mySignature: true,
      changeable: false,
    });
  });

  test('are in force when the other leader has signed what was shown', async () => {
    await asked(head, ['deputy'], false);
    expect(await asked(above, ['deputy'], true)).toEqual({ state: 'accepted' });
    expect(await viewOf(head, 'members')).toMatchObject({ state: 'active', roles: ['deputy'] });
  });

  test('are not signed when the statement that waits gives others than were shown', async () => {
    await asked(head, ['head'], false);
    above.calls.length = 0;
    await expect(asked(above, ['deputy'], true)).rejects.toMatchObject({ code: 'stale' });
    expect(above.calls.filter((call) => call.startsWith('POST'))).toEqual([]);
  });

  test('are not signed for other keys than those of the proven statement', async () => {
    await asked(head, ['deputy'], false);
    const signKey = instance.suite.ed25519KeyPair(instance.suite.randomBytes(32)).publicKey;
    const forged = memberRecord(instance, officer(), [head.staff.person.secrets.sign], {
      roles: ['deputy'],
      signKey,
    });
    above.tamper((path, answer) => {
      if (path !== '/api/staff/members') return answer;
      const told = answer as WireUnit;
      return { ...told, pending: told.pending.map((one) => ({ ...one, record: forged })) };
    });
    await expect(asked(above, ['deputy'], true)).rejects.toMatchObject({ code: 'stale' });
  });

  test('are not signed when nobody who counts has proposed them', async () => {
    await asked(head, ['deputy'], false);
    const stranger = instance.suite.ed25519KeyPair(instance.suite.randomBytes(32));
    const forged = memberRecord(instance, officer(), [stranger], { roles: ['deputy'] });
    above.tamper((path, answer) => {
      if (path !== '/api/staff/members') return answer;
      const told = answer as WireUnit;
      return { ...told, pending: told.pending.map((one) => ({ ...one, record: forged })) };
    });
    await expect(asked(above, ['deputy'], true)).rejects.toMatchObject({ code: 'member_signers' });
  });

  test('are signed for the proven keys, whatever the server tells of them', async () => {
    const other = toBase64Url(instance.suite.ed25519KeyPair(instance.suite.randomBytes(32)).publicKey);
    head.tamper((path, answer) => {
      if (path !== '/api/staff/members') return answer;
      const told = answer as WireUnit;
      const lied = (person: WireUnit['members'][number]) =>
        person.staff === officer().id ? { ...person, signKey: other } : person;
      return { ...told, members: told.members.map(lied) };
    });
    // The service compares with the true keys.
    expect(await asked(head, ['deputy'], false)).toMatchObject({ state: 'pending' });
  });
});
