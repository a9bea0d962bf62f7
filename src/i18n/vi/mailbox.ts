import type { Step } from '../../domain/life-cycle-types.ts';
import type { PlainOutcome, PlainState } from '../../domain/plain-state.ts';
import { mailboxProof } from './mailbox-proof.ts';
import { mailboxWriting } from './mailbox-writing.ts';

const states: Readonly<Record<PlainState, string>> = {
  arrived: 'Tin đã đến đơn vị và đang chờ vào sổ.',
  registered: 'Tin đã được vào sổ tiếp nhận.',
  sorted: 'Đơn vị đã đọc và phân loại tin.',
  looking_into: 'Đơn vị đang xác minh.',
  taking_longer: 'Đơn vị đang xác minh và được gia hạn: việc cần thêm thời gian.',
  resting:
    'Đơn vị phải tạm dừng theo luật để chờ kết quả cần thiết. Tin của bạn vẫn được giữ và sẽ được giải quyết tiếp.',
  passing_on: 'Tin đang được chuyển sang đơn vị có thẩm quyền.',
  decided: 'Đã có kết quả. Câu trả lời đang được viết.',
  answered: 'Đã có kết quả và câu trả lời.',
  closed: 'Việc đã xong, hồ sơ đã được lưu.',
};

const outcomes: Readonly<Record<PlainOutcome, string>> = {
  case_opened: 'Đã khởi tố vụ án.',
  no_case: 'Không khởi tố vụ án.',
  paused: 'Tạm dừng giải quyết, chờ thêm căn cứ.',
  fined: 'Đã xử phạt hành chính.',
  passed_to_competent: 'Đã chuyển cho cơ quan có thẩm quyền.',
  inspected: 'Đã kiểm tra tại chỗ.',
  nothing_found: 'Đã xác minh, không thấy vi phạm.',
  too_little: 'Chưa đủ thông tin để xác minh. Bạn có thể gửi một tin mới kể rõ hơn.',
  joined_to_other: 'Đã nhập vào một tin khác về cùng việc.',
  help_arranged: 'Đã kết nối với nơi trợ giúp.',
  kept_on_file: 'Đã lưu lại để theo dõi.',
  taken_back: 'Tin đã được rút lại.',
  could_not_open: 'Không mở được tin. Xin gửi lại một tin mới.',
  not_a_tip: 'Được xác định không phải là một tin báo.',
};

const steps: Readonly<Partial<Record<Step, string>>> = {
  submitted: 'Tin đến nơi',
  registered: 'Vào sổ tiếp nhận',
  classified: 'Phân loại',
  assigned: 'Giao người xử lý',
  verification_started: 'Bắt đầu xác minh',
  resolved: 'Có kết quả, hai người ký',
  notified: 'Trả lời bạn',
  archived: 'Lưu hồ sơ',
  transfer_sent: 'Chuyển sang đơn vị khác',
  transfer_acknowledged: 'Đơn vị mới nhận tin',
  transfer_returned: 'Đơn vị được chuyển trả lại',
  message_posted: 'Nhắn cho bạn',
  message_received: 'Bạn nhắn thêm',
  question_posted: 'Hỏi thêm bạn',
  consent_asked: 'Hỏi bạn có đồng ý chuyển tin không',
  consent_answered: 'Bạn trả lời về việc chuyển tin',
  mailbox_changed: 'Bạn đổi mã',
  thread_muted: 'Đơn vị ngừng nhận tin nhắn',
  thread_unmuted: 'Đơn vị nhận tin nhắn trở lại',
  receipt_noticed: 'Báo cho bạn biết đã tiếp nhận',
  extended: 'Được gia hạn, hai người ký',
  suspended: 'Tạm dừng để chờ kết quả cần thiết, hai người ký',
  suspension_noticed: 'Báo cho bạn biết việc tạm dừng',
  suspension_annulled: 'Viện kiểm sát yêu cầu làm tiếp',
  resumed: 'Làm tiếp',
  diverted: 'Chuyển tới đơn vị khác để bảo đảm khách quan',
  file_passed: 'Chuyển hồ sơ cho cơ quan khác',
  reopened: 'Mở lại để xem xét',
  post_check_done: 'Kiểm tra lại sau khi xong việc',
  shredded: 'Huỷ nội dung theo thời hạn lưu giữ, hai người ký',
};

/** Coming back with the code, with script and without. Plain strings with {placeholders}. */
export const mailbox = {
  title: 'Đọc trả lời',
  lead: 'Nhập mã 28 chữ số bạn đã nhận khi gửi tin.',
  code: 'Mã của bạn',
  codeHint: 'Bảy nhóm, mỗi nhóm bốn chữ số. Dấu cách không quan trọng.',
  open: 'Mở',
  working: 'Đang mở trên máy của bạn…',
  workingSlow: 'Đang mở trên máy của bạn. Trình duyệt này tính chậm, có thể mất một phút…',
  typed: '{n} trên 28 chữ số',
  mistyped: 'Có chữ số gõ nhầm. Xin dò lại từng nhóm với mã bạn đã ghi.',
  notDigits: 'Mã chỉ gồm chữ số.',
  tooLong: 'Nhiều hơn 28 chữ số. Xin dò lại.',
  refused: 'Không có tin nào ứng với mã này. Mã đúng kiểu, nhưng có thể là của một hệ thống khác.',
  offline: 'Chưa kết nối được. Xin kiểm tra mạng rồi thử lại; mã vẫn ở trong ô.',
  failed: 'Không mở được ({code}). Xin thử lại.',
  noWorker: 'Trình duyệt này không mở được trên máy. Hãy dùng trình duyệt mới hơn hoặc trang rút gọn.',
  noscriptTitle: 'Trình duyệt của bạn không chạy mã lệnh (JavaScript)',
  noscript:
    'Có trang rút gọn không cần JavaScript. Xin biết trước: ở đó máy chủ thấy mã và câu trả lời trong chốc lát.',
  noscriptOff:
    'Trang này mở câu trả lời ngay trên máy bạn nên cần JavaScript. Xin bật JavaScript hoặc dùng trình duyệt khác.',
  noscriptLink: 'Mở trang rút gọn',
  lost: 'Tôi mất mã',
  plainTitle: 'Đọc trả lời (trang rút gọn)',
  plainWarnTitle: 'Trang này không niêm phong trên máy bạn',
  plainWarn:
    'Máy chủ thấy mã và câu trả lời trong chốc lát để hiện cho bạn, rồi xoá khỏi bộ nhớ. Nếu có thể, hãy dùng trang có JavaScript.',
  plainAgain: 'Muốn xem lại, xin nhập mã lần nữa: trang này không nhớ gì.',

  stateTitle: 'Tin của bạn đang ở đâu',
  unit: 'Đơn vị đang giữ tin',
  sent: 'Ngày gửi',
  outcome: 'Kết quả',
  answersTitle: 'Đơn vị trả lời bạn',
  noAnswers: 'Chưa có câu trả lời. Hãy quay lại sau vài ngày; trang này không tự báo cho bạn.',
  from: 'Từ {unit}',
  dated: 'ngày {day}',
  verified: 'Đã kiểm tra chữ ký của đơn vị',
  unsure: 'Chưa kiểm tra được chữ ký của đơn vị: xin đọc cẩn thận',
  broken: 'Một câu trả lời không mở được ({code}).',
  historyTitle: 'Các bước đã qua',
  historyHint: 'Mỗi bước có chữ ký của người làm và nối với bước trước, không ai xoá được.',
  stepInternal: 'Bước nội bộ của đơn vị',
  stepOn: '{step}, ngày {day}',
  shredded:
    'Đã hết thời hạn lưu giữ. Hai lãnh đạo của đơn vị đã ký, và nội dung tin cùng các câu trả lời không còn trên máy chủ. Kết quả ở trên được giữ.',
  inconsistent:
    'Trạng thái máy chủ nói không khớp với các bước đã ký. Hãy lưu lại màn hình này và báo cho cơ quan giám sát.',
  close: 'Xoá khỏi màn hình',
  closed: 'Đã xoá khỏi màn hình. Trang này không nhớ mã của bạn.',
  states,
  outcomes,
  steps,
  writing: mailboxWriting,
  proof: mailboxProof,
};

/** Texts of the mailbox. */
export type MailboxTexts = typeof mailbox;
