/** The script-less form: everything on one page, sent once. */
export const plain = {
  title: 'Gửi một tin (trang rút gọn)',
  titleSupport: 'Viết cho nơi trợ giúp (trang rút gọn)',
  warnTitle: 'Trang này không niêm phong trên máy bạn',
  warn: 'Máy chủ thấy lời bạn viết trong chốc lát rồi niêm phong ngay, không giữ bản nào đọc được. Nếu có thể, hãy dùng trang có JavaScript: ở đó không ai ngoài đơn vị nhận đọc được.',
  full: 'Mở trang có niêm phong trên máy',
  chooseProvince: 'Việc xảy ra ở tỉnh nào?',
  commune: 'Xã, phường',
  communeChoose: 'Chọn xã, phường',
  communeUnknown: 'Tôi không biết',
  communeFormer: 'Không thấy tên cũ? Chọn “Tôi không biết” và viết tên cũ ở mục “Chính xác ở chỗ nào”.',
  excludeHint: 'Chọn nếu bạn không tin đơn vị nào.',
  excludeCommune: 'Công an xã, phường nơi xảy ra việc',
  unitHint: 'Chỉ chọn nếu bạn vừa trả lời “Có”.',
  unitOwn: 'Công an nơi xảy ra việc',
  unitPolice: 'Công an xã, phường',
  unitOther: 'Đơn vị khác',
  reviewTitle: 'Xem lại rồi gửi',
  review:
    'Kéo lên đọc lại một lần. Sau khi gửi, không ai sửa được tin, kể cả bạn. Bấm gửi một lần rồi chờ vài giây. Nếu mạng đứt và không thấy mã, hãy tải lại trang ấy trong vài phút: tin không bị gửi hai lần.',
  send: 'Gửi',
  problems: 'Chưa gửi được: còn điều cần sửa. Lời bạn viết vẫn còn ở dưới.',
  again:
    'Trang này đã mở quá lâu nên lần này chưa gửi được gì. Lời bạn viết vẫn còn ở dưới; hãy bấm gửi lần nữa. Nếu trước đó bạn đã gửi từ trang này, tin ấy đã đến, và bấm nữa sẽ thành tin thứ hai.',
  arrived: 'Tin của trang này đã đến nơi rồi',
  arrivedText:
    'Đơn vị nhận vẫn xử lý tin đó. Máy chủ không giữ mã nên không hiện lại mã được: nếu bạn đã ghi mã thì cứ dùng mã ấy, nếu chưa thì không đọc được câu trả lời của tin đó nữa.',
  arrivedAgain:
    'Lần này chưa gửi gì. Lời bạn vừa viết vẫn còn ở dưới. Muốn có mã, hoặc muốn nói thêm, bạn có thể gửi thành tin thứ hai; xin viết rõ đây là tin gửi lại.',
  sendSecond: 'Gửi thành tin thứ hai',
  busy: 'Máy chủ đang bận. Lời bạn viết vẫn còn ở dưới; xin chờ một phút rồi bấm gửi lại.',
  quota:
    'Chưa gửi được: phút này đã có nhiều tin gửi qua trang rút gọn. Lời bạn viết vẫn còn ở dưới; xin chờ một phút rồi bấm gửi lại, hoặc dùng trang có JavaScript.',
  notSent: 'Chưa gửi được: {message}',
  emergency: 'Nếu có người đang gặp nguy hiểm, xin gọi ngay 113 (công an) hoặc 111 (trẻ em, mua bán người).',
  doneTitle: 'Tin đã đến. Hãy giữ mã này',
  sealed: 'Máy chủ đã niêm phong tin cho {unit}, dấu khoá {fingerprint}.',
  fallback:
    'Đơn vị bạn chọn chưa có khoá để nhận tin, nên tin được niêm phong cho {unit} để chuyển đến nơi cần thiết.',
  keep: 'Ghi mã ra giấy. Trang này không hiện lại lần nữa.',
  read: 'Đọc trả lời bằng mã',
};
