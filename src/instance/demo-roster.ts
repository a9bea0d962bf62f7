import type { UnitId } from '../domain/ids.ts';
import type { Role } from '../domain/terms.ts';

/** A member of staff of the demonstration. The people are invented; the units are real ones of two provinces. */
export interface RosterEntry {
  readonly account: string;
  readonly name: string;
  readonly unit: UnitId;
  readonly roles: readonly Role[];
}

/** Provinces that the demonstration serves: Sơn La and Ninh Bình. */
export const DEMO_PROVINCES: readonly string[] = ['14', '37'];

type Row = readonly [account: string, name: string, role: Role];

const unit = (code: string, rows: readonly Row[]): RosterEntry[] =>
  rows.map(([account, name, role]) => ({ account, name, unit: code as UnitId, roles: [role] }));

/**
 * Everybody who has a login in the demonstration. A unit that receives tips has at least two members, a head among them; every
 * other unit of the two provinces is in the directory without members, so that its tips go to its parent.
 */
export const DEMO_ROSTER: readonly RosterEntry[] = [
  ...unit('vn-ttb', [
    ['ttb.truong', 'Phan Đức Thịnh', 'head'],
    ['ttb.thanhtra', 'Lương Thị Hạnh', 'inspector'],
    ['ttb.kiemtra', 'Hoàng Minh Tuệ', 'auditor'],
  ]),

  ...unit('14-ca', [
    ['sonla.truong', 'Nguyễn Văn Khánh', 'head'],
    ['sonla.pho', 'Lò Thị Xuân', 'deputy'],
    ['sonla.canbo', 'Cầm Văn Hặc', 'officer'],
    ['sonla.trucban', 'Quàng Thị Mai', 'operator'],
    ['sonla.trucban2', 'Lò Văn Inh', 'operator'],
  ]),
  ...unit('14-ttca', [
    ['sonla.thanhtra', 'Tòng Văn Dũng', 'head'],
    ['sonla.thanhtra2', 'Bùi Thị Lệ', 'inspector'],
  ]),
  ...unit('14-tt', [
    ['sonla.tt', 'Đỗ Quang Vinh', 'head'],
    ['sonla.tt2', 'Hà Thị Thoa', 'inspector'],
  ]),
  ...unit('14-vks', [
    ['sonla.vks', 'Trần Thị Nga', 'head'],
    ['sonla.vks2', 'Lường Văn Phúc', 'prosecutor'],
  ]),
  ...unit('14-hotro', [
    ['sonla.hotro', 'Mùa Thị Súa', 'head'],
    ['sonla.hotro2', 'Vì Thị Hiền', 'support_worker'],
  ]),
  ...unit('14-syt', [
    ['sonla.syt', 'Hà Văn Quyết', 'head'],
    ['sonla.syt2', 'Lò Thị Dung', 'officer'],
  ]),
  ...unit('14-ubnd', [
    ['sonla.ubnd', 'Lê Thị Thanh Bình', 'auditor'],
    ['quantri', 'Đặng Hữu Nghĩa', 'administrator'],
    // At home here, and named by the directory: this one sees the figures of every unit.
    ['kiem-toan-doc-lap', 'Nguyễn Thị Ngọc Ánh', 'auditor'],
  ]),
  ...unit('14-03646-ca', [
    ['tohieu.truong', 'Nguyễn Thành Trung', 'head'],
    ['tohieu.pho', 'Cà Thị Phương', 'deputy'],
    ['tohieu.canbo', 'Lò Văn Sơn', 'officer'],
  ]),
  ...unit('14-03721-ca', [
    ['thuanchau.truong', 'Hoàng Văn Lâm', 'head'],
    ['thuanchau.canbo', 'Vàng A Tủa', 'officer'],
  ]),

  ...unit('37-ca', [
    ['ninhbinh.truong', 'Phạm Quốc Hưng', 'head'],
    ['ninhbinh.pho', 'Đinh Thị Lan', 'deputy'],
    ['ninhbinh.canbo', 'Vũ Đình Toàn', 'officer'],
    ['ninhbinh.trucban', 'Tạ Thị Hoa', 'operator'],
    ['ninhbinh.trucban2', 'Đặng Văn Lộc', 'operator'],
  ]),
  ...unit('37-ttca', [
    ['ninhbinh.thanhtra', 'Trịnh Xuân Hải', 'head'],
    ['ninhbinh.thanhtra2', 'Ngô Thị Yến', 'inspector'],
  ]),
  ...unit('37-tt', [
    ['ninhbinh.tt', 'Mai Văn Thông', 'head'],
    ['ninhbinh.tt2', 'Lã Thị Dung', 'inspector'],
  ]),
  ...unit('37-vks', [
    ['ninhbinh.vks', 'Tống Thị Hòa', 'head'],
    ['ninhbinh.vks2', 'Phạm Văn Chiến', 'prosecutor'],
  ]),
  ...unit('37-hotro', [
    ['ninhbinh.hotro', 'Nguyễn Thị Hậu', 'head'],
    ['ninhbinh.hotro2', 'Bùi Văn Thiện', 'support_worker'],
  ]),
  ...unit('37-syt', [
    ['ninhbinh.syt', 'Đỗ Thị Minh', 'head'],
    ['ninhbinh.syt2', 'Lê Văn Chung', 'officer'],
  ]),
  ...unit('37-ubnd', [['ninhbinh.ubnd', 'Dương Thị Kim Oanh', 'auditor']]),
  ...unit('37-14329-ca', [
    ['hoalu.truong', 'Đinh Công Tráng', 'head'],
    ['hoalu.canbo', 'Nguyễn Thị Thu', 'officer'],
  ]),
  ...unit('37-14620-ca', [
    ['phatdiem.truong', 'Trần Văn Đạo', 'head'],
    ['phatdiem.canbo', 'Phạm Thị Nhàn', 'officer'],
  ]),
];
