import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock/system.ts';
import { readPins } from '../../src/instance/folder.ts';
import { openInstance } from '../../src/instance/open-instance.ts';
import { createRecorder, eventDeps } from '../../src/instance/recorder.ts';
import { verifyWhole } from '../../src/instance/verified.ts';
import { isActive } from '../../src/protocol/membership.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import { type Founded, foundedOnce, withKeys } from './founded.ts';
import { admitted } from './staffed.ts';

const found = foundedOnce();

const roles = (founded: Founded, account: string, ...named: readonly string[]) =>
  withKeys(founded, 'staff', 'roles', account, ...named.flatMap((role) => ['--role', role]));

/** What account and verified directory say that a person is. */
async function standing({ folder }: Founded, account: string) {
  const instance = await openInstance(folder);
  try {
    const row = await instance.store.accounts.byAccount(account);
    const now = Math.floor(Date.now() / 1000) + 60;
    const { members } = await verifyWhole(instance, await loadSodiumSuite(), await readPins(folder), now);
    const proven = members.filter((member) => member.person === row?.id && isActive(member, now));
    return { account: row?.roles, proven: proven.map((member) => member.roles) };
  } finally {
    await instance.close();
  }
}

describe('tinkin staff roles', () => {
  it('gives a member other roles with the directory keys, in the account and in the directory', async () => {
    const founded = found();
    await admitted(founded, 'tohieu.canbo', 'officer');
    expect((await roles(founded, 'tohieu.canbo', 'head', 'officer')).json()).toMatchObject({
      account: 'tohieu.canbo',
      roles: ['head', 'officer'],
    });
    expect(await standing(founded, 'tohieu.canbo')).toEqual({
      account: ['head', 'officer'],
      proven: [['head', 'officer']],
    });
  });

  it('refuses what would leave the unit without a leader, a person without tips, or roles of another kind', async () => {
    const founded = found();
    await admitted(founded, 'tohieu.truong', 'head');
    for (const [named, reason] of [
      [['officer'], 'Nobody would be left to lead'],
      [['operator'], 'nobody reads tips'],
      [['inspector'], 'do not have these roles'],
      [['king'], 'king is no role'],
    ] as const) {
      const run = await roles(founded, 'tohieu.truong', ...named);
      expect(run.exit).toBe(2);
      expect(run.json<{ error: { message: string } }>().error.message).toContain(reason);
    }
    expect((await roles(founded, 'nobody', 'head')).exit).toBe(2);
    expect(await standing(founded, 'tohieu.truong')).toEqual({ account: ['head'], proven: [['head']] });
  });

  it('finishes a change of which the account heard nothing, without a second statement', async () => {
    const founded = found();
    await admitted(founded, 'tohieu.canbo', 'officer');
    await roles(founded, 'tohieu.canbo', 'deputy');
    const instance = await openInstance(founded.folder);
    const row = await instance.store.accounts.byAccount('tohieu.canbo');
    if (row === null) throw new Error('the account is missing');
    const deps = eventDeps(instance.store, instance.facts.id, instance.secrets.ledgerSeed, systemClock());
    await createRecorder(deps, 'test').staff({ ...row, roles: ['officer'] });
    const { no } = await instance.store.triage.head('directory');
    await instance.close();
    expect((await roles(founded, 'tohieu.canbo', 'deputy')).exit).toBe(0);
    expect(await standing(founded, 'tohieu.canbo')).toEqual({ account: ['deputy'], proven: [['deputy']] });
    const after = await openInstance(founded.folder);
    expect((await after.store.triage.head('directory')).no).toBe(no);
    await after.close();
  });
});
