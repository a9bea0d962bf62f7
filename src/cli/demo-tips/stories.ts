import type { UnitId } from '../../domain/ids.ts';
import type { Act } from '../../domain/life-cycle-types.ts';
import type { ConductGroup, LegalKind, Outcome, Priority } from '../../domain/terms.ts';

/** Days before now on which the demonstration was founded: its oldest tips are a little younger. */
export const HISTORY_DAYS = 27;

/** One act on a tip, so many hours after it was sent. A `resolved` without number decides the proposal that is open. */
export interface StoryAct {
  readonly after: number;
  readonly by: string;
  readonly act: Act | { readonly step: 'resolved' };
  readonly text?: string;
}

/** An invented tip and what became of it. */
export interface Story {
  readonly unit: UnitId;
  /** Hours before now at which it was sent. */
  readonly sent: number;
  readonly urgent: boolean;
  readonly group: ConductGroup;
  readonly conduct: string;
  readonly place: { readonly province: string; readonly commune: string | null; readonly name: string };
  readonly what: string;
  readonly where: string;
  readonly acts: readonly StoryAct[];
  /** Its code is kept, so that the answer can be read. */
  readonly keepCode: boolean;
}

/** Who works in a unit, by account. */
interface Desk {
  readonly unit: string;
  readonly officer: string;
  readonly head: string;
  readonly place: Story['place'];
}

const desk = (
  unit: string,
  officer: string,
  head: string,
  province: string,
  commune: string | null,
  name: string,
): Desk => ({
  unit,
  officer,
  head,
  place: { province, commune, name },
});

const TO_HIEU = desk(
  '14-03646-ca',
  'tohieu.canbo',
  'tohieu.truong',
  '14',
  '03646',
  'Phường Tô Hiệu, tỉnh Sơn La',
);
const THUAN_CHAU = desk(
  '14-03721-ca',
  'thuanchau.canbo',
  'thuanchau.truong',
  '14',
  '03721',
  'Xã Thuận Châu, tỉnh Sơn La',
);
const SON_LA = desk('14-ca', 'sonla.canbo', 'sonla.truong', '14', null, 'Tỉnh Sơn La');
const THANH_TRA = desk(
  '14-ttca',
  'sonla.thanhtra2',
  'sonla.thanhtra',
  '14',
  '03646',
  'Phường Tô Hiệu, tỉnh Sơn La',
);
const HO_TRO = desk('14-hotro', 'sonla.hotro2', 'sonla.hotro', '14', '03646', 'Phường Tô Hiệu, tỉnh Sơn La');
const HOA_LU = desk(
  '37-14329-ca',
  'hoalu.canbo',
  'hoalu.truong',
  '37',
  '14329',
  'Phường Hoa Lư, tỉnh Ninh Bình',
);
const PHAT_DIEM = desk(
  '37-14620-ca',
  'phatdiem.canbo',
  'phatdiem.truong',
  '37',
  '14620',
  'Xã Phát Diệm, tỉnh Ninh Bình',
);

/** Hours after sending at which each stage was reached; what is left out did not happen. */
interface Course {
  readonly registered?: number;
  readonly classified?: number;
  readonly verifying?: number;
  readonly proposed?: number;
  readonly resolved?: number;
  readonly notified?: number;
  readonly archived?: number;
}

interface Case {
  readonly desk: Desk;
  readonly sent: number;
  readonly group: ConductGroup;
  readonly conduct: string;
  readonly kind?: LegalKind;
  readonly priority?: Priority;
  readonly outcome?: Outcome;
  readonly document?: string;
  readonly what: string;
  readonly where?: string;
  readonly answer?: string;
  readonly urgent?: boolean;
  readonly keepCode?: boolean;
  readonly course: Course;
}

const ANSWER =
  'Cảm ơn bạn đã báo tin. Đơn vị đã kiểm tra và xử lý theo quy định. Nếu có thêm thông tin, xin gửi tin mới.';

function story(given: Case): Story {
  const { desk: place, course, kind = 'crime_report', priority = 'P3', outcome = 'inspected' } = given;
  const acts: StoryAct[] = [];
  const add = (after: number | undefined, by: string, act: StoryAct['act'], text?: string): void => {
    if (after !== undefined) acts.push({ after, by, act, ...(text === undefined ? {} : { text }) });
  };
  const { officer, head } = place;
  add(course.registered, officer, { step: 'registered' });
  const { conduct } = given;
  add(course.classified, officer, {
    step: 'classified',
    legalKind: kind,
    conduct,
    priority,
    competent: true,
  });
  add(course.verifying, officer, {
    step: 'verification_started',
    plan: 'Kiểm tra tại địa bàn, làm việc với chủ cơ sở',
  });
  const documentNumber = given.document ?? '';
  add(course.proposed, officer, {
    step: 'resolution_proposed',
    outcome,
    documentNumber,
    ground: 'Theo kết quả xác minh',
  });
  add(course.resolved, head, { step: 'resolved' });
  add(course.notified, officer, { step: 'notified' }, given.answer ?? ANSWER);
  add(course.archived, officer, { step: 'archived' });
  return {
    unit: place.unit as UnitId,
    sent: given.sent,
    urgent: given.urgent ?? false,
    group: given.group,
    conduct,
    place: place.place,
    what: given.what,
    where: given.where ?? '',
    acts,
    keepCode: given.keepCode ?? false,
  };
}

const day = 24;

/** What is in the demonstration when it is first opened: every stage, some in time and some not. All of it is invented. */
export const STORIES: readonly Story[] = [
  story({
    desk: TO_HIEU,
    sent: 25 * day,
    group: 'prostitution',
    conduct: 'harbouring',
    priority: 'P2',
    outcome: 'sanctioned',
    document: '41/QĐ-XPHC',
    what: 'Nhà nghỉ gần bến xe có nhiều người ra vào theo giờ suốt đêm, chủ nhà gọi điện thì có xe đưa người tới.',
    where: 'Dãy nhà nghỉ sau bến xe',
    answer: 'Cơ sở đã bị xử phạt hành chính. Cảm ơn bạn đã báo tin.',
    keepCode: true,
    course: {
      registered: 3,
      classified: 20,
      verifying: 30,
      proposed: 6 * day,
      resolved: 6.5 * day,
      notified: 7 * day,
      archived: 12 * day,
    },
  }),
  story({
    desk: TO_HIEU,
    sent: 24 * day,
    group: 'prostitution',
    conduct: 'venue_abuse',
    outcome: 'inspected',
    document: '07/BB-KT',
    what: 'Quán karaoke mở quá giờ, có tiếp viên ngồi cùng khách trong phòng kín.',
    course: {
      registered: 10,
      classified: 30,
      verifying: 50,
      proposed: 9 * day,
      resolved: 10 * day,
      notified: 21 * day,
    },
  }),
  story({
    desk: TO_HIEU,
    sent: 22 * day,
    group: 'pornography',
    conduct: 'online_solicitation',
    what: 'Một tài khoản mạng xã hội đăng số điện thoại và hẹn gặp ở khu chợ mỗi tối.',
    course: { registered: 5, classified: 22, verifying: 40 },
  }),
  story({
    desk: TO_HIEU,
    sent: 13 * day,
    group: 'prostitution',
    conduct: 'venue_abuse',
    outcome: 'unfounded',
    document: '12/BC-CAP',
    what: 'Tiệm gội đầu mới mở có rèm che kín cả ngày.',
    answer: 'Đơn vị đã kiểm tra, cơ sở hoạt động đúng đăng ký, không có căn cứ vi phạm.',
    keepCode: true,
    course: {
      registered: 2,
      classified: 12,
      verifying: 26,
      proposed: 5 * day,
      resolved: 5.2 * day,
      notified: 5.5 * day,
    },
  }),
  story({
    desk: TO_HIEU,
    sent: 6 * day,
    group: 'prostitution',
    conduct: 'brokering',
    priority: 'P2',
    outcome: 'sanctioned',
    document: '58/QĐ-XPHC',
    what: 'Có người đứng ở ngã tư chèo kéo khách rồi dẫn vào ngõ.',
    where: 'Ngã tư gần bưu điện',
    course: { registered: 4, classified: 18, verifying: 28, proposed: 5 * day },
  }),
  story({
    desk: TO_HIEU,
    sent: 3 * day,
    group: 'prostitution',
    conduct: 'venue_abuse',
    what: 'Cơ sở xông hơi quảng cáo một đằng làm một nẻo, khách toàn vào cửa sau.',
    course: { registered: 6, classified: 26 },
  }),
  story({
    desk: TO_HIEU,
    sent: 29,
    group: 'other',
    conduct: 'other',
    what: 'Nhà bên cạnh cho thuê phòng theo giờ, ồn ào đến khuya.',
    course: { registered: 5 },
  }),
  story({
    desk: TO_HIEU,
    sent: 7,
    group: 'pornography',
    conduct: 'pornography',
    what: 'Có nhóm chia sẻ ảnh nhạy cảm của người trong phường.',
    course: {},
  }),
  story({
    desk: THUAN_CHAU,
    sent: 18 * day,
    group: 'prostitution',
    conduct: 'venue_abuse',
    outcome: 'sanctioned',
    document: '19/QĐ-XPHC',
    what: 'Quán ăn ven quốc lộ có phòng nghỉ phía sau, tối nào cũng có xe tải đỗ lâu.',
    course: {
      registered: 4,
      classified: 20,
      verifying: 26,
      proposed: 6 * day,
      resolved: 6.2 * day,
      notified: 8 * day,
      archived: 10 * day,
    },
  }),
  story({
    desk: THUAN_CHAU,
    sent: 9 * day,
    group: 'trafficking',
    conduct: 'trafficking',
    priority: 'P1',
    what: 'Có người lạ đến bản rủ các cháu gái đi làm xa, hứa lương cao, không cho gia đình số điện thoại.',
    course: { registered: 1, classified: 3, verifying: 5 },
  }),
  story({
    desk: SON_LA,
    sent: 16 * day,
    group: 'prostitution',
    conduct: 'organising',
    priority: 'P2',
    outcome: 'prosecuted',
    document: '103/QĐ-CSĐT',
    what: 'Một đường dây điều người đi nhiều huyện, nhận đặt qua điện thoại.',
    course: {
      registered: 2,
      classified: 9,
      verifying: 20,
      proposed: 12 * day,
      resolved: 12.3 * day,
      notified: 13 * day,
    },
  }),
  story({
    desk: THANH_TRA,
    sent: 11 * day,
    group: 'official',
    conduct: 'official_collusion',
    priority: 'P1',
    what: 'Cơ sở nào cũng được báo trước khi có đoàn kiểm tra xuống.',
    course: { registered: 1, classified: 4, verifying: 10 },
  }),
  story({
    desk: HO_TRO,
    sent: 8 * day,
    group: 'support',
    conduct: 'support_needed',
    kind: 'support_request',
    priority: 'P2',
    outcome: 'referred_support',
    document: '05/CG-HT',
    what: 'Tôi muốn nghỉ làm ở quán nhưng họ giữ giấy tờ của tôi. Tôi cần nơi ở tạm và người tư vấn.',
    answer:
      'Chúng tôi đã xếp được chỗ ở an toàn và một cán bộ tư vấn. Không ai hỏi chuyện cũ của bạn. Khi sẵn sàng, hãy gọi 111.',
    keepCode: true,
    course: { registered: 1, classified: 4, proposed: 20, resolved: 22, notified: 23 },
  }),
  story({
    desk: HO_TRO,
    sent: 20,
    group: 'support',
    conduct: 'support_needed',
    what: 'Em cần khám bệnh mà không muốn ai biết tên.',
    course: { registered: 2 },
  }),
  story({
    desk: HOA_LU,
    sent: 23 * day,
    group: 'prostitution',
    conduct: 'harbouring',
    priority: 'P2',
    outcome: 'prosecuted',
    document: '77/QĐ-CSĐT',
    what: 'Khách sạn nhỏ gần khu du lịch có người môi giới ngồi sẵn ở quầy.',
    course: {
      registered: 2,
      classified: 10,
      verifying: 20,
      proposed: 6 * day,
      resolved: 6.1 * day,
      notified: 6.5 * day,
      archived: 9 * day,
    },
  }),
  story({
    desk: HOA_LU,
    sent: 15 * day,
    group: 'prostitution',
    conduct: 'venue_abuse',
    outcome: 'insufficient',
    document: '21/BC-CAP',
    what: 'Hình như quán cà phê đầu phố có gì đó không ổn.',
    course: {
      registered: 12,
      classified: 23,
      verifying: 3 * day,
      proposed: 6.8 * day,
      resolved: 8 * day,
      notified: 9 * day,
    },
  }),
  story({
    desk: HOA_LU,
    sent: 5 * day,
    group: 'child',
    conduct: 'minor_labour',
    priority: 'P1',
    what: 'Quán bia hơi thuê các em còn đi học phục vụ đến nửa đêm.',
    course: { registered: 1, classified: 5, verifying: 9 },
  }),
  story({
    desk: HOA_LU,
    sent: 16,
    group: 'prostitution',
    conduct: 'selling_sex',
    what: 'Tối nào cũng có người đứng dọc bờ sông mời khách.',
    course: { registered: 3 },
  }),
  story({
    desk: PHAT_DIEM,
    sent: 14 * day,
    group: 'pornography',
    conduct: 'pornography',
    outcome: 'sanctioned',
    document: '33/QĐ-XPHC',
    what: 'Có người bán thẻ nhớ chép sẵn phim đồi trụy ở chợ.',
    course: {
      registered: 6,
      classified: 20,
      verifying: 2 * day,
      proposed: 5 * day,
      resolved: 5.5 * day,
      notified: 6 * day,
      archived: 8 * day,
    },
  }),
];
