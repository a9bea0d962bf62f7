import type { NoNotice, ReturnGround, TransferGround } from '../../domain/life-cycle-types.ts';
import type { Circumstance, IdentityMode } from '../../domain/terms.ts';

/** What the forms of single steps ask, and what the law makes of each answer. */
export const consoleStepsVi = {
  classify: {
    circumstances: 'Tình tiết đã rõ',
    circumstancesHint:
      'Dưới mỗi tình tiết là việc luật bắt buộc. Chưa rõ thì để trống; sau này phân loại lại được.',
    circumstance: {
      caught_in_act: 'Phạm tội quả tang',
      serious: 'Thuộc loại nghiêm trọng',
      very_serious: 'Thuộc loại rất nghiêm trọng',
      especially_serious: 'Thuộc loại đặc biệt nghiêm trọng',
      public_concern: 'Dư luận đang quan tâm',
      may_flee: 'Có thể bỏ trốn hoặc huỷ chứng cứ',
      minor: 'Người bị hại dưới 18 tuổi',
      checkable: 'Đủ điều kiện phải kiểm tra',
    } satisfies Record<Circumstance, string> as Record<Circumstance, string>,
    /** What a circumstance means in law, after the unit: `grave` for a commune, which must pass the tip on. */
    grave: 'Công an cấp xã báo ngay và chuyển lên trong 24 giờ (vùng sâu, vùng xa: 48 giờ).',
    severity:
      'Ghi vào hồ sơ; người được giao thẩm quyền không giải quyết tin rất hoặc đặc biệt nghiêm trọng.',
    child: 'Phải có biện pháp bảo vệ trẻ em trong 12 giờ kể từ lúc nhận tin.',
    plain: 'Ghi vào hồ sơ, không đổi thời hạn.',
    happeningNow: 'Người báo tin nói việc đang xảy ra. Nếu bắt được quả tang, xin chọn “Phạm tội quả tang”.',
    saidMinor: 'Người báo tin nói có người dưới 18 tuổi nên đã chọn sẵn. Xin bỏ chọn nếu không đúng.',
    mustPassOn: 'Với tình tiết đã chọn, công an cấp xã không giải quyết mà chuyển lên.',
    passOnFirst: 'Với tình tiết này, đơn vị bạn phải chuyển tin lên: hãy dùng “Chuyển đơn vị khác”.',
    identity: 'Người báo tin cho biết mình là ai?',
    identityHint: 'Lấy từ nội dung đã mở. Tố cáo và khiếu nại cần có họ tên.',
    identities: {
      anonymous: 'Không cho biết',
      refused: 'Từ chối cho biết, có nêu lý do',
      confidential: 'Cho biết và xin giữ bí mật',
      named: 'Cho biết họ tên',
    } satisfies Record<IdentityMode, string> as Record<IdentityMode, string>,
    evidence: 'Thông tin có phải kiểm tra không (Luật Tố cáo Điều 25)',
    evidenceLead: 'Có đủ cả ba thì phải kiểm tra, không được lưu hoặc kết thúc khi chưa xác minh.',
    violator: 'Có nêu rõ người vi phạm không?',
    proof: 'Có tài liệu, chứng cứ cụ thể không?',
    basis: 'Có cơ sở để thẩm tra, xác minh không?',
    notOffered: 'Loại cần họ tên hoặc đơn trực tiếp không có trong danh sách này.',
  },
  transfer: {
    why: 'Vì sao chuyển',
    grounds: {
      not_competent: 'Không thuộc thẩm quyền của đơn vị',
      other_place: 'Xảy ra ở địa bàn khác',
      above_level: 'Vượt thẩm quyền của cấp này',
      victim_minor: 'Người bị hại dưới 18 tuổi',
      caught_in_act: 'Phạm tội quả tang',
      other: 'Lý do khác',
    } satisfies Record<TransferGround, string> as Record<TransferGround, string>,
    documentNumber: 'Số phiếu chuyển (mẫu 03)',
    documentDay: 'Ngày của phiếu',
    pages: 'Số tờ hồ sơ kèm theo',
    returnWhy: 'Vì sao trả lại',
    returns: {
      not_competent: 'Không thuộc thẩm quyền của đơn vị bạn',
      incomplete: 'Hồ sơ gửi kèm chưa đủ',
      wrong_unit: 'Gửi nhầm đơn vị',
    } satisfies Record<ReturnGround, string> as Record<ReturnGround, string>,
  },
  notice: {
    how: 'Báo cho người báo tin',
    write: 'Viết cho họ',
    none: {
      no_code: 'Không báo được: người gọi không nhận mã nên không ai đọc được',
      refused: 'Không báo được: người báo tin từ chối cho biết danh tính và không có hộp thư',
    } satisfies Record<NoNotice, string> as Record<NoNotice, string>,
  },
};
