import type { Seconds } from '../../domain/ids.ts';
import { CRIME_KINDS } from '../../domain/transition-row.ts';
import { signAssignment } from '../../protocol/assignment.ts';
import { toBase64Url } from '../../protocol/base64.ts';
import type { CitizenWorld } from '../canary/citizen.ts';
import type { StaffSession } from '../canary/staff-session.ts';
import { HOA_LU, TO_HIEU } from './desks.ts';

const DAY = 86_400;

/** Who gives the right to settle to whom of which unit, by which paper, and after how many days it ends; null: not yet. */
const GIVEN = [
  { unit: TO_HIEU.unit, by: 'sonla.truong', to: 'tohieu.truong', document: '15/QĐ-CSĐT', days: null },
  // Lapsed by now, so that the page has one.
  { unit: TO_HIEU.unit, by: 'sonla.truong', to: 'tohieu.pho', document: '16/QĐ-CSĐT', days: 7 },
  { unit: HOA_LU.unit, by: 'ninhbinh.truong', to: 'hoalu.truong', document: '09/QĐ-CSĐT', days: null },
] as const;

/**
 * Gives the demonstration's commune leaders the right to settle, through the service's own route, from now on.
 * @param units those that have a history; no other one needs the right.
 */
export async function giveDemoRights(
  world: CitizenWorld,
  desk: (account: string) => Promise<StaffSession>,
  units: readonly string[],
): Promise<void> {
  for (const { by, to, document, days } of GIVEN.filter(({ unit }) => units.includes(unit))) {
    const [giver, { me }] = [await desk(by), await desk(to)];
    const from = world.now() as Seconds;
    const record = signAssignment(
      world.suite,
      {
        ...{ instance: world.pins.instance, person: me.staff, unit: me.unit, grade: 'mid' },
        ...{ legalKinds: CRIME_KINDS, document, from },
        until: days === null ? null : ((from + days * DAY) as Seconds),
        ...{ by: giver.me.staff, byUnit: giver.me.unit },
      },
      giver.secrets.sign,
    );
    await giver.client.post('/api/staff/rights', { record: toBase64Url(record) });
  }
}
