import type { Involved } from '../../domain/routing.ts';

type Official = Exclude<Involved, 'none'>;

const officials: Readonly<Record<Official, string>> = {
  commune_police_officer: 'Một công an xã, phường',
  commune_police_head: 'Trưởng hoặc phó công an xã, phường',
  commune_police: 'Cả công an xã, phường',
  provincial_department: 'Một cán bộ phòng của công an tỉnh',
  provincial_department_head: 'Trưởng hoặc phó phòng của công an tỉnh',
  provincial_director: 'Giám đốc hoặc phó giám đốc công an tỉnh',
  provincial_police: 'Công an tỉnh nói chung',
  investigator: 'Người đang điều tra một vụ án',
  commune_official: 'Cán bộ Ủy ban nhân dân xã, phường',
  other_official: 'Cán bộ cơ quan khác',
};

/** The form's questions, as the server writes them: with script one after another, without script on one page. */
export const form = {
  title: 'Gửi một tin',
  titleSupport: 'Viết cho nơi trợ giúp',
  lead: 'Khoảng năm phút. Không ai hỏi tên bạn. Chưa có gì rời máy bạn cho tới khi bạn bấm gửi.',
  leadSupport: 'Lời bạn viết đến nơi trợ giúp xã hội, không đến công an. Không ai hỏi tên bạn.',
  noscript:
    'Trang này niêm phong tin ngay trên máy bạn nên cần JavaScript. Không có JavaScript, bạn vẫn gửi được bằng trang rút gọn, nhưng xin biết trước: ở đó máy chủ thấy lời bạn viết trong chốc lát rồi mới niêm phong.',
  noscriptTitle: 'Trình duyệt của bạn không chạy mã lệnh (JavaScript)',
  noscriptOff:
    'Trang này niêm phong tin ngay trên máy bạn nên cần JavaScript. Xin bật JavaScript, hoặc dùng trình duyệt khác. Việc gấp, xin gọi 113 hoặc 111.',
  noscriptLink: 'Mở trang rút gọn',
  loadFailed:
    'Chưa tải được phần niêm phong của trang. Hãy kiểm tra mạng rồi tải lại trang, trước khi viết gì ở đây.',

  place: {
    title: 'Việc xảy ra ở đâu?',
    titleSupport: 'Bạn đang ở đâu?',
    province: 'Tỉnh, thành phố',
    commune: 'Xã, phường',
    communeHint: 'Gõ vài chữ, không cần dấu. Tên cũ trước tháng 7 năm 2025 cũng tìm được.',
    unknown: 'Tôi không biết xã, phường nào',
    chooseProvince: 'Chọn tỉnh',
    elsewhere:
      'Việc ở tỉnh khác? Hệ thống này chỉ nhận tin của các tỉnh trên. Xin gọi 113, hoặc 111 nếu về trẻ em hay mua bán người.',
  },
  kind: {
    title: 'Đó là việc gì?',
    hint: 'Chọn điều gần nhất. Chọn chưa đúng cũng không sao.',
  },
  urgent: {
    title: 'Có gấp không?',
    hint: 'Đánh dấu mọi điều đúng. Không có thì bỏ qua.',
    now: 'Việc này đang xảy ra ngay lúc này',
    danger: 'Có người đang gặp nguy hiểm hoặc bị giữ lại',
    minor: 'Có người dưới 18 tuổi',
    supportTitle: 'Người trong cuộc có thể cần giúp đỡ',
    supportText:
      'Họ không bị coi là người vi phạm khi xin giúp. Có thể gọi 111, hoặc viết cho nơi trợ giúp xã hội ở trang “Tôi cần giúp đỡ”.',
    callTitle: 'Xin gọi ngay, đừng chỉ gửi tin',
    callText:
      'Gọi điện thì có người giúp ngay; tin gửi ở đây phải chờ người đọc. Gọi xong, bạn vẫn nên gửi tin này.',
  },
  official: {
    title: 'Có cán bộ hay công an liên quan không?',
    hint: 'Nếu có, tin sẽ không đến đơn vị của họ mà đến một cơ quan khác.',
    no: 'Không',
    unsure: 'Tôi không chắc',
    yes: 'Có',
    whoTitle: 'Người đó là ai?',
    unitTitle: 'Người đó ở đơn vị nào?',
    unitUnknown: 'Tôi không biết đơn vị nào',
    whoHint: 'Chỉ chọn nếu bạn vừa trả lời “Có”.',
    who: officials,
    excludeTitle: 'Đơn vị nào không được đọc tin này?',
    excludeHint:
      'Chọn nếu bạn không tin đơn vị nào. Danh sách này nằm trong phần niêm phong, máy chủ không thấy.',
    excludeMore: 'Tôi muốn tự loại một đơn vị',
  },
  what: {
    title: 'Chuyện gì đã xảy ra?',
    titleSupport: 'Bạn muốn nói điều gì?',
    hint: 'Kể như kể cho một người bạn: ai làm gì, mấy lần, vì sao bạn thấy sai.',
    hintSupport: 'Kể điều bạn đang gặp và điều bạn cần. Viết ngắn cũng được.',
    warnTitle: 'Đừng tự để lộ mình',
    warn: 'Đừng viết tên bạn, hay điều chỉ một mình bạn biết: người đọc có thể đoán ra ai đã kể.',
    label: 'Lời kể của bạn',
  },
  details: {
    title: 'Khi nào, ở đâu?',
    when: 'Khi nào',
    whenHint: 'Ví dụ: tối thứ bảy nào cũng có, từ tháng 9.',
    where: 'Chính xác ở chỗ nào',
    whereHint: 'Ví dụ: tầng 2 nhà nghỉ gần cầu, biển xanh.',
  },
  people: {
    title: 'Ai, và vì sao bạn biết?',
    who: 'Những ai có liên quan',
    whoHint: 'Tên, biệt danh, hình dáng, số xe, tài khoản mạng. Không biết thì bỏ trống.',
    how: 'Vì sao bạn biết',
    howHint: 'Ví dụ: tự thấy, nghe người khác kể, thấy trên mạng. Đừng viết điều làm lộ bạn là ai.',
  },
  review: {
    title: 'Xem lại trước khi gửi',
    lead: 'Đọc lại một lần. Sau khi gửi, không ai sửa được tin, kể cả bạn.',
    change: 'Sửa',
    none: 'bỏ trống',
    to: 'Tin sẽ đến',
    diverted: 'Tin không đến đơn vị của người bị nói tới.',
    send: 'Niêm phong và gửi',
    wait: 'Đang chuẩn bị niêm phong trên máy bạn…',
  },
};
