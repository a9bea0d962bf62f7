import type { Step } from '../../domain/life-cycle-types.ts';
import type {
  Assurance,
  ClockName,
  ConductGroup,
  IntakeChannel,
  LegalKind,
  Outcome,
  Overlay,
  Priority,
  Role,
  Stage,
  UnitKind,
} from '../../domain/terms.ts';
import type { Consequence, FocalStage } from '../../domain/transition-types.ts';

/** Labels of every fixed word of the field, by its identifier. */
export interface DomainTexts {
  readonly channel: Readonly<Record<IntakeChannel, string>>;
  readonly legalKind: Readonly<Record<LegalKind, string>>;
  readonly priority: Readonly<Record<Priority, string>>;
  readonly priorityHint: Readonly<Record<Priority, string>>;
  readonly assurance: Readonly<Record<Assurance, string>>;
  readonly assuranceHint: Readonly<Record<Assurance, string>>;
  readonly conductGroup: Readonly<Record<ConductGroup, string>>;
  readonly stage: Readonly<Record<Stage, string>>;
  readonly overlay: Readonly<Record<Overlay, string>>;
  readonly outcome: Readonly<Record<Outcome, string>>;
  readonly role: Readonly<Record<Role, string>>;
  readonly unitKind: Readonly<Record<UnitKind, string>>;
  readonly clock: Readonly<Record<ClockName, string>>;
  /** The step as it stands in a history: something that happened. */
  readonly stepDone: Readonly<Record<Step, string>>;
  /** The step as a button: something to do. */
  readonly stepDo: Readonly<Record<Step, string>>;
  /** What pressing the button does, written under it. */
  readonly consequence: Readonly<Record<Consequence, string>>;
  readonly focalStage: Readonly<Record<FocalStage, string>>;
}

export const domainVi: DomainTexts = {
  channel: {
    web: 'Môi trường mạng',
    hotline: 'Đường dây nóng',
    tip_box: 'Hộp thư tố giác',
    in_person: 'Trực tiếp',
    post: 'Bưu điện',
    email: 'Thư điện tử',
    zalo: 'Zalo',
    facebook: 'Facebook',
    vneid: 'VNeID',
    mass_media: 'Phương tiện thông tin đại chúng',
    hotline_111: 'Tổng đài 111',
    interagency: 'Cơ quan khác chuyển đến',
  },
  legalKind: {
    crime_denunciation: 'Tố giác về tội phạm',
    crime_report: 'Tin báo về tội phạm',
    prosecution_proposal: 'Kiến nghị khởi tố',
    admin_violation: 'Tin về vi phạm hành chính',
    denunciation: 'Tố cáo',
    denunciation_info: 'Thông tin có nội dung tố cáo',
    complaint: 'Khiếu nại',
    petition: 'Kiến nghị',
    feedback: 'Phản ánh',
    support_request: 'Yêu cầu hỗ trợ',
    out_of_scope: 'Không thuộc phạm vi',
  },
  priority: { P1: 'P1 Khẩn cấp', P2: 'P2 Trong 24 giờ', P3: 'P3 Trong 7 ngày', P4: 'P4 Chưa đủ thông tin' },
  priorityHint: {
    P1: 'Đang xảy ra, nguy hiểm, có người dưới 18 tuổi, cưỡng bức hoặc mua bán người: phải có người xem trong 15 phút.',
    P2: 'Phải xem xét trong 24 giờ.',
    P3: 'Phải xem xét trong 7 ngày.',
    P4: 'Thông tin còn ít: hỏi lại người báo tin, xem lại sau 10 ngày.',
  },
  assurance: {
    e2ee: 'Niêm phong đầu cuối',
    'server-sealed': 'Máy chủ niêm phong',
    operator: 'Người trực ghi hộ',
  },
  assuranceHint: {
    e2ee: 'Người báo tin niêm phong ngay trên máy của mình. Máy chủ chưa bao giờ thấy nội dung.',
    'server-sealed':
      'Trình duyệt không chạy được mã niêm phong. Máy chủ thấy nội dung trong bộ nhớ rồi niêm phong ngay.',
    operator: 'Người trực đường dây nóng nghe điện thoại, ghi lại rồi niêm phong.',
  },
  conductGroup: {
    prostitution: 'Mại dâm',
    trafficking: 'Mua bán người',
    child: 'Xâm hại trẻ em',
    pornography: 'Văn hoá phẩm khiêu dâm',
    official: 'Cán bộ bao che',
    support: 'Cần hỗ trợ',
    other: 'Việc khác',
  },
  stage: {
    submitted: 'Mới đến',
    received: 'Đã tiếp nhận',
    classified: 'Đã phân loại',
    assigned: 'Đã phân công',
    verifying: 'Đang xác minh',
    resolved: 'Đã có kết quả',
    notified: 'Đã trả lời',
    archived: 'Đã lưu hồ sơ',
  },
  overlay: {
    none: 'Không',
    transfer_sent: 'Đang chuyển đơn vị khác',
    extended_1: 'Gia hạn lần một',
    extended_2: 'Gia hạn lần hai',
    suspended: 'Tạm đình chỉ',
  },
  outcome: {
    prosecuted: 'Khởi tố vụ án',
    not_prosecuted: 'Không khởi tố vụ án',
    suspended: 'Tạm đình chỉ',
    sanctioned: 'Xử phạt vi phạm hành chính',
    transferred: 'Chuyển cơ quan có thẩm quyền',
    inspected: 'Đã kiểm tra cơ sở',
    unfounded: 'Không có cơ sở',
    insufficient: 'Không đủ thông tin',
    duplicate: 'Nhập vào tin khác',
    referred_support: 'Chuyển gửi hỗ trợ',
    kept: 'Lưu phục vụ quản lý',
    withdrawn: 'Người báo tin rút lại',
    unreadable: 'Không mở được',
    spam: 'Tin rác',
  },
  role: {
    officer: 'Cán bộ',
    head: 'Trưởng đơn vị',
    deputy: 'Phó trưởng đơn vị',
    operator: 'Trực đường dây nóng',
    inspector: 'Thanh tra viên',
    prosecutor: 'Kiểm sát viên',
    support_worker: 'Nhân viên công tác xã hội',
    auditor: 'Người giám sát',
    administrator: 'Quản trị viên',
  },
  unitKind: {
    commune_police: 'Công an cấp xã',
    provincial_police: 'Công an tỉnh',
    inspectorate: 'Thanh tra công an tỉnh',
    ministry_inspectorate: 'Thanh tra Bộ',
    provincial_inspectorate: 'Thanh tra tỉnh',
    procuracy: 'Viện kiểm sát nhân dân',
    team_178: 'Đội kiểm tra liên ngành 178',
    border_guard: 'Bộ đội Biên phòng',
    customs: 'Hải quan',
    health_department: 'Sở Y tế',
    culture_social_office: 'Phòng Văn hoá – Xã hội',
    fatherland_front: 'Mặt trận Tổ quốc',
    social_support: 'Cơ sở trợ giúp xã hội',
    peoples_committee: 'Ủy ban nhân dân',
  },
  clock: {
    register: 'Vào sổ tiếp nhận',
    classify: 'Phân loại',
    verify: 'Xác minh',
    settle: 'Giải quyết',
    handle: 'Xử lý và trả lời',
    notify_result: 'Thông báo kết quả',
    transfer: 'Chuyển đơn vị có thẩm quyền',
    transfer_ack: 'Đơn vị nhận xác nhận',
    archive: 'Lưu hồ sơ',
    ask_back: 'Chờ người báo tin trả lời',
  },
  stepDone: {
    submitted: 'Người báo tin gửi đến',
    registered: 'Vào sổ tiếp nhận',
    classified: 'Phân loại',
    prioritised: 'Đổi mức ưu tiên',
    assigned: 'Phân công',
    verification_started: 'Bắt đầu xác minh',
    resolution_proposed: 'Đề xuất kết quả',
    resolution_refused: 'Không duyệt kết quả',
    resolved: 'Duyệt kết quả',
    notified: 'Trả lời người báo tin',
    archived: 'Lưu hồ sơ',
    transfer_sent: 'Chuyển đơn vị khác',
    transfer_acknowledged: 'Đơn vị nhận xác nhận',
    transfer_returned: 'Đơn vị nhận trả lại',
    message_posted: 'Nhắn người báo tin',
    message_received: 'Người báo tin nhắn thêm',
    question_posted: 'Hỏi người báo tin',
    consent_asked: 'Hỏi ý người báo tin về việc chuyển tin',
    consent_answered: 'Người báo tin trả lời về việc chuyển tin',
    mailbox_changed: 'Người báo tin đổi mã',
    thread_muted: 'Ngừng nhận tin nhắn',
    thread_unmuted: 'Nhận lại tin nhắn',
    code_not_given: 'Người gọi không nhận mã',
    rewrapped: 'Đổi khoá của tin',
    printed: 'In tin',
  },
  stepDo: {
    submitted: 'Gửi tin',
    registered: 'Vào sổ tiếp nhận',
    classified: 'Phân loại',
    prioritised: 'Đổi mức ưu tiên',
    assigned: 'Phân công',
    verification_started: 'Bắt đầu xác minh',
    resolution_proposed: 'Đề xuất kết quả',
    resolution_refused: 'Không duyệt',
    resolved: 'Duyệt kết quả',
    notified: 'Trả lời người báo tin',
    archived: 'Lưu hồ sơ',
    transfer_sent: 'Chuyển đơn vị khác',
    transfer_acknowledged: 'Nhận tin này',
    transfer_returned: 'Trả lại',
    message_posted: 'Nhắn người báo tin',
    message_received: 'Nhắn thêm',
    question_posted: 'Hỏi người báo tin',
    consent_asked: 'Hỏi ý về việc chuyển tin',
    consent_answered: 'Trả lời về việc chuyển tin',
    mailbox_changed: 'Đổi mã',
    thread_muted: 'Ngừng nhận tin nhắn',
    thread_unmuted: 'Nhận lại tin nhắn',
    code_not_given: 'Người gọi không nhận mã',
    rewrapped: 'Đổi khoá',
    printed: 'In',
  },
  consequence: {
    promise_given: 'Máy chủ ký lời hứa đưa tin vào nhật ký.',
    number_taken: 'Tin nhận số tiếp nhận kế tiếp trong sổ của đơn vị. Thời hạn tiếp nhận dừng ở đây.',
    kind_set: 'Ghi loại nguồn tin, hành vi và mức ưu tiên. Thời hạn phân loại dừng ở đây.',
    kind_set_not_competent: 'Ghi là không thuộc thẩm quyền. Bạn có 24 giờ để chuyển tin đi.',
    kind_changed: 'Thay kết quả phân loại trước. Lần phân loại cũ vẫn nằm trong lịch sử.',
    priority_set: 'Mức ưu tiên mới có hiệu lực ngay, kèm lý do của bạn trong lịch sử.',
    assignee_set: 'Người được phân công chịu trách nhiệm về tin này từ bây giờ.',
    verification_open: 'Mở giai đoạn xác minh với kế hoạch bạn ghi.',
    second_person_asked: 'Chưa có hiệu lực. Trưởng hoặc phó trưởng đơn vị, là người khác, phải duyệt.',
    outside_person_asked: 'Chưa có hiệu lực. Trong hai người ký phải có đúng một người ở ngoài đơn vị.',
    proposal_dropped: 'Đề xuất bị bỏ, tin trở lại như trước. Lý do của bạn được lưu.',
    outcome_fixed: 'Kết quả là chính thức, mang hai chữ ký. Bạn có 3 ngày để trả lời người báo tin.',
    outcome_fixed_apart: 'Tin được kết thúc và thống kê riêng, không tính vào tỷ lệ.',
    answer_readable: 'Người báo tin đọc được câu trả lời bằng mã của họ. Thời hạn xử lý dừng ở đây.',
    file_closed: 'Hồ sơ được đóng. Chỉ mở lại khi có tình tiết mới.',
    other_unit_asked:
      'Đơn vị kia đọc được tin và phải xác nhận trong 24 giờ. Tới lúc đó đơn vị bạn vẫn chịu trách nhiệm.',
    custody_taken: 'Đơn vị bạn chịu trách nhiệm từ bây giờ. Đơn vị gửi không đọc được nữa.',
    custody_stays: 'Tin ở lại với đơn vị đã gửi. Đơn vị bạn không đọc được nữa.',
    citizen_can_read: 'Người báo tin đọc được bằng mã của họ. Không thể thu hồi.',
    unit_can_read: 'Đơn vị đang giữ tin đọc được.',
    answer_awaited:
      'Người báo tin đọc được câu hỏi bằng mã của họ. Sau 10 ngày chưa có trả lời, tin tự trở lại danh sách đến hạn.',
    consent_awaited:
      'Người báo tin được hỏi có đồng ý chuyển tin cho đơn vị này không. Chỉ chuyển được khi họ ký đồng ý.',
    consent_recorded: 'Đơn vị thấy bạn đồng ý hay không. Bạn có thể đổi ý cho tới khi tin được chuyển.',
    code_replaced: 'Mã cũ không mở được gì nữa. Chỉ mã mới đọc được câu trả lời.',
    thread_closed:
      'Người báo tin không nhắn thêm được nữa. Tin vẫn được giải quyết, và lý do của bạn được lưu.',
    thread_opened: 'Người báo tin lại nhắn thêm được. Lý do của bạn được lưu.',
    answer_unreadable: 'Đơn vị biết là không có ai cầm mã: câu trả lời sẽ không có người đọc.',
    keys_renewed: 'Tin được khoá lại bằng khoá mới, nội dung giữ nguyên.',
    paper_copy_logged: 'Bản in mang tên bạn và giờ in. Việc in được ghi vào lịch sử.',
  },
  focalStage: {
    intake: 'Tiếp nhận',
    classification: 'Phân loại',
    verification: 'Xác minh',
    resolution: 'Xử lý',
    answer: 'Trả lời',
  },
};
