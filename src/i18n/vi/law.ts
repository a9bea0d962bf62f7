import type {
  DivertGround,
  NoCaseGround,
  NoNotice,
  ReopenGround,
  ReturnGround,
  SuspensionGround,
  TransferGround,
} from '../../domain/life-cycle-types.ts';
import type { Circumstance, IdentityMode } from '../../domain/terms.ts';

/** Words of the law's forms, by identifier. */
export interface LawTexts {
  readonly circumstance: Readonly<Record<Exclude<Circumstance, 'checkable'>, string>>;
  readonly identity: Readonly<Record<IdentityMode, string>>;
  /** The three questions of Luật Tố cáo 2018 Đ25. */
  readonly evidence: Readonly<Record<'violator' | 'proof' | 'basis', string>>;
  readonly transferGround: Readonly<Record<TransferGround, string>>;
  readonly returnGround: Readonly<Record<ReturnGround, string>>;
  readonly reopenGround: Readonly<Record<ReopenGround, string>>;
  readonly divertGround: Readonly<Record<DivertGround, string>>;
  readonly suspensionGround: Readonly<Record<SuspensionGround, string>>;
  readonly noCase: Readonly<Record<NoCaseGround, string>>;
  readonly noNotice: Readonly<Record<NoNotice, string>>;
  readonly checkKind: Readonly<Record<'sanction' | 'hotspot', string>>;
  readonly checkResult: Readonly<Record<'clean' | 'again' | 'not_found', string>>;
}

export const lawVi: LawTexts = {
  circumstance: {
    caught_in_act: 'Phạm tội quả tang',
    serious: 'Tội phạm nghiêm trọng',
    very_serious: 'Tội phạm rất nghiêm trọng',
    especially_serious: 'Tội phạm đặc biệt nghiêm trọng',
    public_concern: 'Dư luận xã hội quan tâm',
    may_flee: 'Người vi phạm có thể bỏ trốn',
    minor: 'Nạn nhân dưới 18 tuổi',
  },
  identity: {
    anonymous: 'Nặc danh',
    refused: 'Từ chối cung cấp nhân thân',
    confidential: 'Yêu cầu giữ bí mật',
    named: 'Có nêu tên',
  },
  evidence: {
    violator: 'Nêu rõ người có hành vi vi phạm?',
    proof: 'Có tài liệu, chứng cứ cụ thể?',
    basis: 'Có cơ sở để thẩm tra, xác minh?',
  },
  transferGround: {
    not_competent: 'Không thuộc thẩm quyền',
    other_place: 'Xảy ra ở địa bàn khác',
    above_level: 'Vượt thẩm quyền của cấp mình',
    victim_minor: 'Nạn nhân dưới 18 tuổi',
    caught_in_act: 'Phạm tội quả tang',
    other: 'Lý do khác',
  },
  returnGround: {
    not_competent: 'Không thuộc thẩm quyền của đơn vị nhận',
    incomplete: 'Hồ sơ chưa đủ',
    wrong_unit: 'Gửi nhầm đơn vị',
  },
  reopenGround: {
    new_facts: 'Có tình tiết mới',
    decision_annulled: 'Quyết định bị huỷ bỏ',
    follow_up: 'Kiểm tra lại thấy tái diễn',
  },
  divertGround: {
    conflict: 'Xung đột lợi ích: tin nói về người của đơn vị',
    capacity: 'Đơn vị không bảo đảm khách quan vì lý do khác',
  },
  suspensionGround: {
    expert_awaited: 'Chờ kết luận giám định, định giá, tương trợ tư pháp',
    papers_awaited: 'Chờ cơ quan, tổ chức, cá nhân cung cấp tài liệu',
    force_majeure: 'Thiên tai, dịch bệnh',
  },
  noCase: {
    no_event: 'Không có sự việc phạm tội (khoản 1)',
    no_crime: 'Hành vi không cấu thành tội phạm (khoản 2)',
    under_age: 'Chưa đến tuổi chịu trách nhiệm hình sự (khoản 3)',
    already_judged: 'Đã có bản án hoặc quyết định đình chỉ có hiệu lực (khoản 4)',
    time_barred: 'Đã hết thời hiệu truy cứu trách nhiệm hình sự (khoản 5)',
    amnestied: 'Tội phạm đã được đại xá (khoản 6)',
    deceased: 'Người thực hiện hành vi đã chết (khoản 7)',
    no_request: 'Bị hại không yêu cầu khởi tố (khoản 8)',
  },
  noNotice: {
    no_code: 'Người báo tin không nhận mã nên không có hộp thư',
    refused: 'Người báo tin từ chối cung cấp nhân thân và không có hộp thư',
  },
  checkKind: { sanction: 'Sau xử phạt', hotspot: 'Tụ điểm đã giải toả' },
  checkResult: {
    clean: 'Không tái diễn',
    again: 'Tái diễn',
    not_found: 'Không còn ở địa chỉ đó',
  },
};
