import type { Around } from './book.ts';
import type { Person } from './people.ts';

/** A small country: three communes (one remote), two units of the province, the inspectorates, the procuracies, a support unit. */
export interface CastUnit {
  readonly code: string;
  readonly parent: string | null;
  readonly kind: string;
  readonly remote: boolean;
}

const unit = (code: string, parent: string | null, kind: string, remote = false): CastUnit => ({
  ...{ code, parent, kind, remote },
});

export const UNITS: readonly CastUnit[] = [
  unit('vn-ttb', null, 'ministry_inspectorate'),
  unit('vn-vks', null, 'procuracy'),
  unit('14-ca', 'vn-ttb', 'provincial_police'),
  unit('14-ttca', 'vn-ttb', 'inspectorate'),
  unit('14-vks', 'vn-vks', 'procuracy'),
  unit('14-ubnd', null, 'peoples_committee'),
  unit('14-tt', '14-ubnd', 'provincial_inspectorate'),
  unit('14-hotro', '14-ubnd', 'social_support'),
  unit('14-03646-ca', '14-ca', 'commune_police'),
  unit('14-03980-ca', '14-ca', 'commune_police'),
  unit('14-03664-ca', '14-ca', 'commune_police', true),
];

const byCode = new Map(UNITS.map((one) => [one.code, one]));

/** Account, unit and role of everybody. */
export const STAFF: readonly (readonly [account: string, unit: string, role: string])[] = [
  ['bo.truong', 'vn-ttb', 'head'],
  ['bo.thanhtra', 'vn-ttb', 'inspector'],
  ['toicao.truong', 'vn-vks', 'head'],
  ['toicao.vien', 'vn-vks', 'prosecutor'],
  ['tinh.truong', '14-ca', 'head'],
  ['tinh.pho', '14-ca', 'deputy'],
  ['tinh.mot', '14-ca', 'officer'],
  ['tinh.hai', '14-ca', 'officer'],
  ['thanhtra.truong', '14-ttca', 'head'],
  ['thanhtra.vien', '14-ttca', 'inspector'],
  ['vks.truong', '14-vks', 'head'],
  ['vks.vien', '14-vks', 'prosecutor'],
  ['tt.truong', '14-tt', 'head'],
  ['tt.vien', '14-tt', 'inspector'],
  ['hotro.truong', '14-hotro', 'head'],
  ['hotro.vien', '14-hotro', 'support_worker'],
  ['a.truong', '14-03646-ca', 'head'],
  ['a.pho', '14-03646-ca', 'deputy'],
  ['a.canbo', '14-03646-ca', 'officer'],
  ['b.truong', '14-03980-ca', 'head'],
  ['b.pho', '14-03980-ca', 'deputy'],
  ['b.canbo', '14-03980-ca', 'officer'],
  ['c.truong', '14-03664-ca', 'head'],
  ['c.canbo', '14-03664-ca', 'officer'],
  ['quantri', '14-ubnd', 'administrator'],
  ['kiemtra', '14-ubnd', 'auditor'],
];

/** Units above one, nearest first. */
export const above = (code: string): readonly string[] => {
  const parent = byCode.get(code)?.parent ?? null;
  return parent === null ? [] : [parent, ...above(parent)];
};

export const kindOf: Around['kindOf'] = (code) => byCode.get(code)?.kind ?? '';
export const isRemote = (code: string): boolean => byCode.get(code)?.remote === true;
export const exists = (code: string): boolean => byCode.has(code);

/** Where tips about a unit go: never to what stands under the same director or chairman. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  commune_police: ['14-ttca'],
  provincial_police: ['vn-ttb'],
  inspectorate: ['vn-ttb'],
  peoples_committee: ['14-vks'],
  social_support: ['14-tt'],
  provincial_inspectorate: ['14-vks'],
};
export const diverters = (code: string): readonly string[] => ABOUT[kindOf(code)] ?? [];
export const takesDiverted = (code: string): boolean =>
  ['14-ttca', 'vn-ttb', '14-vks', '14-tt'].includes(code);

/** The procuracy of the unit's province or the supreme one; that over a procuracy is the supreme one. */
export const supervises = (procuracy: string, code: string): boolean =>
  procuracy !== code && (procuracy === 'vn-vks' || (procuracy === '14-vks' && !code.startsWith('vn')));

/** Units to which citizens send. */
export const DOORS = ['14-03646-ca', '14-03980-ca', '14-03664-ca', '14-ca', '14-hotro'];

export const castOf = (id: (account: string) => string): readonly Person[] =>
  STAFF.map(([account, code, role]) => ({ id: id(account), unit: code, roles: [role] }));
