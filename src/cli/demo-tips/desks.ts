import { desk } from './story.ts';

/** The units of the demonstration that have something to do, with who works there. */
export const TO_HIEU = desk(
  '14-03646-ca',
  'tohieu.canbo',
  'tohieu.truong',
  '14',
  '03646',
  'Phường Tô Hiệu, tỉnh Sơn La',
);
export const THUAN_CHAU = desk(
  '14-03721-ca',
  'thuanchau.canbo',
  'thuanchau.truong',
  '14',
  '03721',
  'Xã Thuận Châu, tỉnh Sơn La',
);
export const SON_LA = desk('14-ca', 'sonla.canbo', 'sonla.truong', '14', null, 'Tỉnh Sơn La');
export const THANH_TRA = desk(
  '14-ttca',
  'sonla.thanhtra2',
  'sonla.thanhtra',
  '14',
  '03646',
  'Phường Tô Hiệu, tỉnh Sơn La',
);
export const HO_TRO = desk(
  '14-hotro',
  'sonla.hotro2',
  'sonla.hotro',
  '14',
  '03646',
  'Phường Tô Hiệu, tỉnh Sơn La',
);
export const HOA_LU = desk(
  '37-14329-ca',
  'hoalu.canbo',
  'hoalu.truong',
  '37',
  '14329',
  'Phường Hoa Lư, tỉnh Ninh Bình',
);
export const PHAT_DIEM = desk(
  '37-14620-ca',
  'phatdiem.canbo',
  'phatdiem.truong',
  '37',
  '14620',
  'Xã Phát Diệm, tỉnh Ninh Bình',
);
