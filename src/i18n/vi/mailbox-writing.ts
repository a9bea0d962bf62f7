/** Writing back from the mailbox: messages, consent, a new code. Plain strings with {placeholders}. */
export const mailboxWriting = {
  title: 'Nhắn cho đơn vị',
  who: 'Lời bạn viết được niêm phong ngay trên máy này, chỉ {unit} mở được.',
  whoBoth: 'Tin đang được chuyển: lời bạn viết được niêm phong cho {unit} và cho đơn vị sẽ nhận.',
  notShown: 'Lời đã gửi không hiện lại ở đây: ai cầm được mã cũng không đọc được bạn đã viết gì.',
  label: 'Lời nhắn của bạn',
  send: 'Niêm phong và gửi',
  empty: 'Xin viết lời nhắn trước khi gửi.',
  tooLong: 'Lời nhắn dài quá 20.000 ký tự. Xin chia làm hai.',
  roomToday: 'Hôm nay còn gửi được {n} tin nhắn.',
  noRoomToday: 'Hôm nay bạn đã gửi đủ số tin nhắn. Ngày mai có thể gửi tiếp.',
  noRoom: 'Cuộc trao đổi này đã đến giới hạn. Nếu cần kể thêm, xin gửi một tin mới.',
  muted: 'Đơn vị đã ngừng nhận tin nhắn ở đây. Tin bạn đã gửi vẫn được giải quyết.',
  doubt: 'Có điều không khớp ở trên. Bạn vẫn gửi được, nhưng hãy cân nhắc.',

  filesTitle: 'Đính kèm ảnh, video hay giấy tờ',
  filesLoading: 'Đang tải phần đọc tệp…',
  filesNotLoaded: 'Chưa tải được phần đọc tệp. Bấm để thử lại.',
  sendingFiles: 'Đang niêm phong và gửi tệp…',

  nameTitle: 'Tôi muốn nói tên',
  nameLead:
    'Không bắt buộc. Tên nằm trong phần niêm phong, chỉ đơn vị đọc được. Đã nói tên thì không rút lại được: người tố giác, báo tin có tên được bảo vệ theo Bộ luật Tố tụng hình sự Điều 484.',
  name: 'Họ và tên',
  contact: 'Cách liên lạc (điện thoại hoặc địa chỉ), nếu muốn',
  secret: 'Xin giữ bí mật tên tôi',
  nameMissing: 'Xin viết họ tên, hoặc đóng phần “Tôi muốn nói tên”.',

  phases: {
    keys: 'Đang kiểm tra khoá của đơn vị…',
    proof: 'Máy bạn đang giải một bài toán nhỏ để chứng minh đây không phải thư rác…',
    sending: 'Đang gửi…',
    checking: 'Đang kiểm tra lời hứa của máy chủ…',
    waiting: 'Mất kết nối. Tự thử lại sau {seconds} giây, lời bạn viết vẫn còn đây…',
    again: 'Đơn vị vừa có bước mới. Đang niêm phong lại cho khớp…',
  },
  sent: 'Đã gửi. Lời nhắn đã được nhận và ghi thành một bước của tin.',
  answered: 'Đã ghi câu trả lời của bạn.',
  promiseClock: 'Lời hứa của máy chủ lệch ngày với máy bạn. Xin xem lại ngày giờ trên máy.',
  promiseBad:
    'Máy chủ đã nhận, nhưng lời hứa của máy chủ không kiểm tra được ({code}). Hãy quay lại xem trong vài ngày.',
  lost: 'Mất kết nối giữa chừng, có thể tin nhắn đã đến. Bấm “Gửi lại”: nó không bị ghi hai lần.',
  resend: 'Gửi lại',
  edit: 'Sửa lời nhắn',
  offline: 'Chưa kết nối được. Chưa có gì được gửi; lời bạn viết vẫn còn đây.',
  moved: 'Tin thay đổi liên tục nên chưa gửi được. Xin thử lại sau ít phút.',
  codeGone: 'Mã này không còn mở được tin: có thể nó đã được đổi ở nơi khác.',
  keysRefused: 'Khoá của đơn vị không qua được kiểm tra ({code}). Chưa có gì được gửi.',
  failed: 'Không gửi được ({code}). Xin thử lại.',

  askedBy: 'Đơn vị mong bạn trả lời trước ngày {day}.',
  askedAnswer: 'Viết trả lời',
  consentAsk: 'Đơn vị hỏi: bạn có đồng ý chuyển tin này cho một đơn vị khác không?',
  consentLook: 'Xem và trả lời',
  consentQuestion: 'Bạn có đồng ý để {unit} nhận và đọc tin này không?',
  consentWhy:
    'Không có chữ ký đồng ý của bạn thì không ai chuyển được. Bạn có thể đổi ý cho đến khi tin được chuyển.',
  consentYes: 'Tôi đồng ý',
  consentNo: 'Tôi không đồng ý',
  consentDone: 'Bạn đã trả lời câu hỏi này ngày {day}. Vẫn có thể trả lời lại.',
  unitUnproven: 'Danh bạ không chứng minh được tên của đơn vị {unit}. Xin đừng đồng ý lúc này.',

  rewardTitle: 'Bạn được thưởng',
  rewardHow:
    'Bạn nhận thưởng mà không cần nói tên: đến đúng nơi ghi trong lời nhắn, nói cụm từ ghi trong đó. Không nơi nào trong hệ thống ghi lại ai đã nhận.',

  gap: 'Thiếu một phần của cuộc trao đổi: có bước hoặc câu trả lời đã bị bỏ khỏi máy chủ. Hãy lưu lại màn hình này và báo cho cơ quan giám sát.',
  order:
    'Cuộc trao đổi không còn đúng thứ tự: có thứ đã bị chèn vào hoặc đổi chỗ. Chỉ tin lời có dấu đã kiểm tra chữ ký; hãy lưu lại màn hình này và báo cho cơ quan giám sát.',
  missing: 'Một câu trả lời của đơn vị có trong sổ nhưng máy chủ không đưa ra.',

  changeTitle: 'Đổi mã',
  changeOffer: 'Người trực điện thoại đã biết mã của bạn. Nên đổi sang mã mới mà chỉ bạn biết.',
  changeLead:
    'Mã mới thay mã cũ; từ lúc đó mã cũ không mở được gì. Người từng có mã cũ vẫn có thể giữ những câu trả lời họ đã xem.',
  changeMake: 'Tạo mã mới',
  changeWrite: 'Ghi lại mã mới này trước',
  changeBoth: 'Mã mới chưa có hiệu lực. Hãy giữ cả hai mã cho đến khi trang báo đã đổi xong.',
  changeGo: 'Tôi đã ghi lại, đổi sang mã mới',
  changeStop: 'Thôi, giữ mã cũ',
  changeStopped: 'Vẫn dùng mã cũ. Mã mới vừa hiện không có giá trị, hãy huỷ tờ ghi.',
  changeLost:
    'Mất kết nối giữa chừng, có thể mã đã đổi. Bấm “Thử lại”. Hãy giữ cả hai mã: nếu mã mới chưa mở được thì mã cũ còn mở được.',
  changeAgain: 'Thử lại',
  changed: 'Đã đổi. Từ giờ chỉ mã mới mở được tin này. Hãy huỷ mã cũ.',

  withdrawTitle: 'Rút tin',
  withdrawLead:
    'Bạn ký rút tin bằng mã của mình. Đơn vị thấy điều đó, nhưng không buộc phải dừng xác minh: nếu có dấu hiệu tội phạm, việc xác minh vẫn tiếp tục. Những gì đã gửi không mất đi.',
  withdrawForced: 'Nếu có ai ép bạn rút tin, hãy viết cho đơn vị biết thay vì bấm nút này, hoặc gọi 113.',
  withdrawGo: 'Tôi rút tin này',
  withdrawDone: 'Đã ghi việc bạn rút tin. Bạn vẫn đọc được trả lời bằng mã này.',
  withdrawn: 'Bạn đã ký rút tin ngày {day}. Đơn vị vẫn có thể tiếp tục xác minh.',

  idle: 'Đã lâu không thao tác nên mã được xoá khỏi máy này. Nhập lại mã để tiếp tục.',
  idleFiles: 'Tệp bạn đã chọn chưa được gửi và đã được gỡ khỏi trang này; mở lại rồi chọn lại tệp.',
  idleDraft: 'Lời bạn đang viết vẫn còn ở trang này và sẽ hiện lại khi mở.',
  readOnly:
    'Trang rút gọn chỉ để đọc. Muốn nhắn lại, hãy dùng trang có JavaScript: ở đó lời bạn được niêm phong trên máy bạn.',
};

/** Texts of writing back. */
export type MailboxWritingTexts = typeof mailboxWriting;
